using Homer.Search.Ingest;
using Homer.Search.Server.Options;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Homer.Search.Server.Hosting;

/// <summary>Starts a server and keeps it until it is asked to stop.</summary>
static class RunningServer
{
    /// <param name="beside">What else runs with it, told where pages are served; its token is cancelled when the server stops.</param>
    /// <exception cref="CommandException">The data folder or an address cannot be used.</exception>
    public static async Task<int> RunAsync(
        ServerOptions options, TimeProvider clock, Func<Uri, CancellationToken, Task> beside, CancellationToken cancellation)
    {
        await using DataFolder data = await DataFolder.OpenAsync(options, clock);
        await using WebApplication app = ServerHost.Build(options, data, clock);
        await StartAsync(app, options, cancellation);
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellation, app.Lifetime.ApplicationStopping);
        Task others = beside(Address(app), stopping.Token);
        await app.WaitForShutdownAsync(cancellation);
        await others.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return others.IsFaulted ? throw others.Exception!.InnerException! : 0;
    }

    static async Task StartAsync(WebApplication app, ServerOptions options, CancellationToken cancellation)
    {
        try
        {
            await app.StartAsync(cancellation);
        }
        catch (IOException e)
        {
            throw CommandException.Usage(e is ListenException
                ? e.Message
                : $"{Settings.Http.OptionName} {options.Http}: {Reason(e)}; give another address:port, or stop what listens there (`homer doctor` names it).");
        }
    }

    static string Reason(IOException e) => (e.InnerException?.InnerException ?? e.InnerException ?? e).Message.TrimEnd('.');

    static Uri Address(WebApplication app) =>
        new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()
            .Replace("0.0.0.0", "127.0.0.1", StringComparison.Ordinal));
}
