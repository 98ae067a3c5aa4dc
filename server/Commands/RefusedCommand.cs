using System.CommandLine;
using System.Globalization;
using Homer.Search.Server.Options;
using Homer.Search.Store;
using Homer.Search.Store.Elastic;
using Spectre.Console;

namespace Homer.Search.Server.Commands;

/// <summary>Shows the documents that the engine has refused for good, and sends them once more. Works beside a running server.</summary>
static class RefusedCommand
{
    public static Command Create() =>
        new("refused", "Show what Elasticsearch or OpenSearch has refused for good, and send it once more; also while the server runs.")
        {
            List(),
            Replay(),
        };

    static Command List()
    {
        var command = new Command("list", "The refused documents by reason and index.");
        var settings = new SettingOptions(command, Settings.Data);
        command.SetAction(result => Guarded(() => Task.FromResult(Print(new RefusedFile(settings.Read(result).RefusedFile)))));
        return command;
    }

    static Command Replay()
    {
        var command = new Command(
            "replay", "Send the refused documents once more, when the cause is mended; exit code 1 when some are refused again, which stay.");
        var settings = new SettingOptions(command, [Settings.Data, .. Settings.OfStore]);
        command.SetAction((result, cancellation) => Guarded(() => ReplayAsync(settings.Read(result), TimeProvider.System, cancellation)));
        return command;
    }

    static int Print(RefusedFile file)
    {
        RefusedDocument?[] documents = [.. file.Documents()];
        int unreadable = documents.Count(document => document is null);
        var table = new Table().AddColumns("documents", "index", "reason");
        var causes = documents.OfType<RefusedDocument>().CountBy(document => (document.Index, document.Cause));
        foreach (((string index, string cause), int count) in causes.OrderByDescending(cause => cause.Value))
            table.AddRow(Number(count), Markup.Escape(index), Markup.Escape(cause));
        if (documents.Length > unreadable)
            AnsiConsole.Write(table);
        Console.WriteLine($"{Number(documents.Length - unreadable)} documents in {file.Path} are refused.");
        if (unreadable > 0)
            Console.Error.WriteLine($"homer: {Number(unreadable)} lines of it are not whole, as a crash leaves them, and are left alone.");
        return 0;
    }

    static async Task<int> ReplayAsync(ServerOptions options, TimeProvider clock, CancellationToken cancellation)
    {
        ElasticOptions engine = options.Elastic
            ?? throw CommandException.Usage("the embedded store refuses nothing; name the engine, e.g. --store http://127.0.0.1:9200.");
        using var replay = new RefusedReplay(new RefusedFile(options.RefusedFile), engine, clock);
        RefusedReplayReport report = await replay.RunAsync(cancellation);
        string again = report.RefusedAgain == 0 ? "" : $" {Number(report.RefusedAgain)} were refused again and stay; `homer refused list` says why.";
        string unreadable = report.Unreadable == 0 ? "" : $" {Number(report.Unreadable)} lines are not whole and stay.";
        string there = $"{Number(report.ThereAlready)} were there already.";
        Console.WriteLine($"Stored {Number(report.Stored)} documents of {options.RefusedFile}; {there}{again}{unreadable}");
        return report.RefusedAgain + report.Unreadable == 0 ? 0 : CommandException.Failed;
    }

    static async Task<int> Guarded(Func<Task<int>> action)
    {
        try
        {
            return await action();
        }
        catch (StoreException e)
        {
            throw CommandException.Failure($"the replay stopped, and the refused documents are as they were: {e.Message}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw CommandException.Failure($"the refused documents cannot be read or written: {e.Message}");
        }
    }

    static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
