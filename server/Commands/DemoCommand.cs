using System.CommandLine;
using Homer.Search.Protocol;
using Homer.Search.Server.Hosting;
using Homer.Search.Server.Options;
using Homer.Search.Server.Scenario;
using Homer.Search.Server.Sending;

namespace Homer.Search.Server.Commands;

/// <summary>Runs the server and lets two made-up proxies send it calls, so that a first look needs no proxy.</summary>
static class DemoCommand
{
    const double CallsPerSecond = 2;

    /// <summary>So much has happened when it starts: there is something to see at once.</summary>
    static readonly TimeSpan Past = TimeSpan.FromMinutes(5);

    public static Command Create()
    {
        var command = new Command("demo", "Run the server with a small call generator; data in data/demo.");
        var settings = new SettingOptions(command, Settings.Data, Settings.Hep, Settings.Http, Settings.LogLevel, Settings.LogFormat);
        command.SetAction((result, cancellation) =>
        {
            ServerOptions options = settings.Read(result);
            options = options with { Data = Path.Combine(options.Data, "demo"), Roles = Roles.All };
            return RunningServer.RunAsync(
                options, TimeProvider.System, (address, stopping) => PlayAsync(options, address, TimeProvider.System, stopping), cancellation);
        });
        return command;
    }

    static async Task PlayAsync(ServerOptions options, Uri address, TimeProvider clock, CancellationToken stopping)
    {
        Console.WriteLine($"""
            Two made-up proxies report {CallsPerSecond} calls a second: answered, busy, cancelled, failed, unanswered, challenged.
              pages    {address}
              search   {address}search
              GraphQL  {address}graphql
              HEP      {string.Join(", ", options.Hep)} (UDP and TCP), for your own agents
              data     {options.Data}
            Ctrl+C ends it.
            """);
        Instant start = Instant.Now(clock).Plus(-Past);
        using HepSender sender = await HepSender.ConnectAsync(options.Hep[0], tcp: true, stopping);
        foreach ((Instant time, byte[] hep) in new CallTraffic(Environment.TickCount, start, CallsPerSecond).Packets())
        {
            TimeSpan wait = time.Since(Instant.Now(clock));
            if (wait > TimeSpan.Zero)
            {
                await sender.FlushAsync(stopping);
                await Task.Delay(wait, clock, stopping);
            }

            await sender.SendAsync(hep, stopping);
        }
    }
}
