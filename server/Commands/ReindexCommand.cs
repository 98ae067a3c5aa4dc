using System.CommandLine;
using System.Globalization;
using Homer.Search.Ingest;
using Homer.Search.Server.Hosting;
using Homer.Search.Server.Options;
using Homer.Search.Store;
using Spectre.Console;

namespace Homer.Search.Server.Commands;

/// <summary>Builds the index anew from the raw messages. The old one stays beside it until the new one is whole.</summary>
static class ReindexCommand
{
    public static Command Create()
    {
        var command = new Command(
            "reindex", "Build the index anew from the raw messages, after an upgrade or a damaged index; no server may be running.");
        var settings = new SettingOptions(command, Settings.Data, Settings.Retention, Settings.Rules, Settings.GeoIp);
        command.SetAction((result, cancellation) => ReindexAsync(settings.Read(result), TimeProvider.System, cancellation));
        return command;
    }

    static async Task<int> ReindexAsync(ServerOptions options, TimeProvider clock, CancellationToken cancellation)
    {
        if (options.Elastic is not null)
            throw CommandException.Usage("only the embedded store is indexed anew; an engine has the raw messages in its documents. Leave --store out.");
        string old = options.IndexFolder + ".old";
        if (!Directory.Exists(options.JournalFolder))
            throw CommandException.Failure($"there is nothing to index: {options.JournalFolder} does not exist; correct --data.");

        // Opened once to see that no server uses the folder.
        await (await DataFolder.OpenAsync(options, clock)).DisposeAsync();
        if (!Directory.Exists(old))
            Directory.Move(options.IndexFolder, old);
        else if (Directory.Exists(options.IndexFolder))
            Directory.Delete(options.IndexFolder, recursive: true);
        long packets;
        await using (DataFolder data = await DataFolder.OpenAsync(options, clock))
            packets = await RunAsync(data, options, clock, cancellation);
        Directory.Delete(old, recursive: true);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Indexed {packets:N0} packets of {options.JournalFolder} anew."));
        return 0;
    }

    static async Task<long> RunAsync(DataFolder data, ServerOptions options, TimeProvider clock, CancellationToken cancellation)
    {
        try
        {
            return await AnsiConsole.Progress().StartAsync(async screen =>
            {
                ProgressTask bar = screen.AddTask("Indexing", maxValue: Math.Max(1, data.Journal!.End));
                long done = await Reindex.RunAsync(
                    data.Journal!, data.Store, ServerHost.Ingest(options), clock, new Progress<long>(position => bar.Value = position),
                    cancellation);
                bar.Value = bar.MaxValue;
                return done;
            });
        }
        catch (StoreException e)
        {
            throw CommandException.Failure(
                $"reindexing stopped: {e.Message} Run it again when that is mended; the old index lies in {options.IndexFolder}.old.");
        }
    }
}
