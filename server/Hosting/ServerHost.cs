using Homer.Search.Api;
using Homer.Search.Api.Changes;
using Homer.Search.Calls;
using Homer.Search.Ingest;
using Homer.Search.Jobs;
using Homer.Search.Server.Logs;
using Homer.Search.Server.Options;
using Homer.Search.Store;
using Homer.Search.Store.Elastic;
using Homer.Search.Web;
using OpenTelemetry.Metrics;
using Serilog;

namespace Homer.Search.Server.Hosting;

/// <summary>Puts the parts together: one process that does what its roles say.</summary>
static class ServerHost
{
    /// <summary>Longer than the indexer takes to finish its last unit.</summary>
    static readonly TimeSpan ShutdownLimit = TimeSpan.FromSeconds(15);

    /// <summary>Larger requests nobody needs: a query is text.</summary>
    const long MaximumRequestBytes = 1024 * 1024;

    public static WebApplication Build(ServerOptions options, DataFolder data, TimeProvider clock)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "homer" });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MaximumRequestBytes;
            kestrel.Listen(options.Http);
        });
        // Disposed with the logger, before the store.
        StoreLog? kept = options.LogStore && data.Store is ElasticStore engine ? new StoreLog(engine.OpenLog(), clock) : null;
        builder.Services.AddSerilog(Logging.Create(options, kept), dispose: true);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = ShutdownLimit);
        builder.Services.Configure<ConsoleLifetimeOptions>(console => console.SuppressStatusMessages = true);
        builder.Services.AddRouting();
        builder.Services.AddSingleton(clock).AddSingleton(data.Store).AddSingleton<IngestStatusSource>()
            .AddSingleton(options.Rules.Correlation).AddSingleton(new AliasBook(options.Rules.Aliases)).AddSingleton(new ChangeKey(options.ChangeKey));
        builder.Services.AddHostedService(provider => new RuleWatch(
            [.. options.Rules.All, options.Gate.AgentKeys], clock, provider.GetRequiredService<ILogger<RuleWatch>>()));
        if (data.Journal is not null)
            builder.Services.AddSingleton(data.Journal);
        if (data.Store is ElasticStore shared)
            AddSharing(builder.Services, shared, options.Roles);
        builder.Services.AddOpenTelemetry().WithMetrics(metrics => metrics
            .AddMeter(IngestMeter.Name, JobsMeter.Name, ElasticStore.MeterName, StoreLog.MeterName, "System.Runtime", "Microsoft.AspNetCore.Hosting",
                "Microsoft.AspNetCore.Server.Kestrel")
            .AddPrometheusExporter());
        AddRoles(builder.Services, options);

        WebApplication app = builder.Build();
        app.MapHealth();
        app.MapPrometheusScrapingEndpoint("/metrics");
        if (options.Roles.HasFlag(Roles.Ingest))
        {
            app.UseWebSockets();
            app.MapHep();
        }

        if (options.Roles.HasFlag(Roles.GraphQL))
        {
            app.MapApi();
            app.MapWeb();
        }

        return app;
    }

    /// <summary>What a process of these options does with captured packets.</summary>
    public static IngestOptions Ingest(ServerOptions options) => new()
    {
        Listen = options.Hep,
        ListenTls = options.HepTls,
        Tls = options.Tls,
        Gate = options.Gate,
        Plan = options.Rules.Capture,
        Names = options.Rules.Names(options.Places),
        OldestCapture = options.Retention.Days is { } days ? TimeSpan.FromDays(days) : null,
    };

    /// <summary>What processes on one engine tell each other.</summary>
    static void AddSharing(IServiceCollection services, ElasticStore store, Roles roles)
    {
        services.AddSingleton(store.Leases).AddSingleton(store.Statuses);
        if (roles.HasFlag(Roles.Ingest))
            services.AddHostedService<StatusTelling>();
        else if (roles.HasFlag(Roles.GraphQL))
            services.AddHostedService<StatusReading>();
    }

    static void AddRoles(IServiceCollection services, ServerOptions options)
    {
        if (options.Roles.HasFlag(Roles.Ingest))
            services.AddIngest(Ingest(options));
        if (options.Roles.HasFlag(Roles.GraphQL))
            services.AddApi().AddWeb();
        if (options.Roles.HasFlag(Roles.Jobs))
            services.AddJobs(options.Retention);
    }
}
