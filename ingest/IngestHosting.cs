using System.Net;
using Homer.Search.Journal;
using Homer.Search.Store;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Homer.Search.Ingest;

/// <summary>Registers the way in.</summary>
public static class IngestHosting
{
    /// <summary>
    /// Adds the listeners and the indexer as hosted services. They use the registered <see cref="CaptureJournal"/>, <see
    /// cref="ICaptureStore"/>, <see cref="IngestStatusSource"/> and <see cref="TimeProvider"/>. Starting the host throws <see
    /// cref="ListenException"/> when an address cannot be listened on.
    /// </summary>
    public static IServiceCollection AddIngest(this IServiceCollection services, IngestOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<IngestMeter>();
        services.AddSingleton(provider => new Gate(options.Gate, provider.GetRequiredService<TimeProvider>()));

        // Hosted services stop in reverse order: first nothing more comes in, then the indexer stores what came.
        services.AddSingleton<IHostedService>(provider =>
        {
            var meter = provider.GetRequiredService<IngestMeter>();
            provider.GetRequiredService<IngestStatusSource>().ReportBy(meter.Snapshot);
            return ActivatorUtilities.CreateInstance<Indexer>(provider, options, meter);
        });
        services.AddHostedService<AgentWatch>();
        foreach (IPEndPoint address in options.Listen)
        {
            services.AddSingleton<IHostedService>(
                provider => ActivatorUtilities.CreateInstance<UdpListener>(provider, address, options.ReceiveBufferBytes));
            services.AddSingleton<IHostedService>(provider => Stream(provider, address, options.StreamLimits, tls: null));
        }

        foreach (IPEndPoint address in options.ListenTls)
            services.AddSingleton<IHostedService>(provider => Stream(provider, address, options.StreamLimits, options.Tls));

        return services;
    }

    static StreamListener Stream(IServiceProvider provider, IPEndPoint address, StreamLimits limits, TlsOptions? tls) => new(
        address, limits, tls, provider.GetRequiredService<Gate>(), provider.GetRequiredService<CaptureJournal>(), provider.GetRequiredService<IngestMeter>(),
        provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<StreamListener>>());
}
