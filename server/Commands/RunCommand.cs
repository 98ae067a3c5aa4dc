using System.CommandLine;
using Homer.Search.Server.Hosting;
using Homer.Search.Server.Options;

namespace Homer.Search.Server.Commands;

/// <summary>Runs the server.</summary>
static class RunCommand
{
    public static Command Create()
    {
        var command = new Command("run", "Run the server: receive HEP, serve pages and GraphQL. What happens without a command.");
        AddTo(command);
        return command;
    }

    /// <summary>Gives a command the settings of the server and lets it run one.</summary>
    public static void AddTo(Command command)
    {
        var settings = new SettingOptions(command, Settings.All);
        command.SetAction((result, cancellation) =>
        {
            ServerOptions options = settings.Read(result);
            return RunningServer.RunAsync(options, TimeProvider.System, (address, _) => Greet(options, address), cancellation);
        });
    }

    static Task Greet(ServerOptions options, Uri address)
    {
        if (!options.LogJson)
        {
            string hep = options.Roles.HasFlag(Roles.Ingest) ? $"takes HEP at {string.Join(", ", options.Hep)} (UDP and TCP)"
                : "takes no HEP";
            string pages = options.Roles.HasFlag(Roles.GraphQL) ? $"pages at {address}" : $"health at {address}health/ready";
            string data = options.Elastic is { } engine ? $"documents at {string.Join(", ", engine.Nodes.Select(node => node.Authority))}" : $"data in {options.Data}";
            Console.WriteLine($"Homer.Search {hep}, {pages}, {data}. Ctrl+C ends it.");
        }

        return Task.CompletedTask;
    }
}
