using System.CommandLine;
using System.Text.Json;
using Homer.Search.Server.Options;
using Homer.Search.Store;
using Homer.Search.Store.Elastic;

namespace Homer.Search.Server.Commands;

/// <summary>
/// Puts into Elasticsearch or OpenSearch what the server needs there. The server does so itself when its account may; this is for an installation
/// whose servers run with fewer rights.
/// </summary>
static class SetupCommand
{
    static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static Command Create()
    {
        var dryRun = new Option<bool>("--dry-run") { Description = "Print the requests instead of sending them." };
        var command = new Command("setup", "Put the index templates into Elasticsearch or OpenSearch; doing it again changes nothing.") { dryRun };
        var settings = new SettingOptions(command, [.. Settings.OfStore, Settings.Retention]);
        command.SetAction(async (result, cancellation) =>
        {
            ElasticOptions engine = settings.Read(result).Elastic
                ?? throw CommandException.Usage("the embedded store needs no setup; name the engine, e.g. --store http://127.0.0.1:9200.");
            return result.GetValue(dryRun) ? await PrintAsync(engine, TimeProvider.System, cancellation) : await PutAsync(engine, TimeProvider.System, cancellation);
        });
        return command;
    }

    static async Task<int> PrintAsync(ElasticOptions engine, TimeProvider clock, CancellationToken cancellation)
    {
        foreach (SetupRequest request in await ReachAsync(ElasticStore.SetupRequestsAsync(engine, clock, cancellation)))
        {
            using JsonDocument body = JsonDocument.Parse(request.Body);
            Console.WriteLine($"{request.Method} {request.Path}\n{JsonSerializer.Serialize(body, Indented)}");
        }

        return 0;
    }

    static async Task<int> PutAsync(ElasticOptions engine, TimeProvider clock, CancellationToken cancellation)
    {
        IReadOnlyList<SetupRequest> put = await ReachAsync(ElasticStore.SetUpAsync(engine, clock, cancellation));
        foreach (SetupRequest request in put)
            Console.WriteLine($"{request.Method} {request.Path}: done.");
        Console.WriteLine(put.Count == 0
            ? "Everything is as it should be; nothing was changed."
            : "Indices made from now on have the new fields and settings; those of days that are there already keep theirs.");
        return 0;
    }

    static async Task<T> ReachAsync<T>(Task<T> asked)
    {
        try
        {
            return await asked;
        }
        catch (StoreException e)
        {
            throw CommandException.Failure($"the setup stopped: {e.Message}");
        }
    }
}
