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
        var settings = new SettingOptions(command, Settings.OfStore);
        command.SetAction(async (result, cancellation) =>
        {
            ElasticOptions engine = settings.Read(result).Elastic
                ?? throw CommandException.Usage("the embedded store needs no setup; name the engine, e.g. --store http://127.0.0.1:9200.");
            return result.GetValue(dryRun) ? Print(ElasticStore.SetupRequests(engine)) : await PutAsync(engine, TimeProvider.System, cancellation);
        });
        return command;
    }

    static int Print(IReadOnlyList<SetupRequest> requests)
    {
        foreach (SetupRequest request in requests)
        {
            using JsonDocument body = JsonDocument.Parse(request.Body);
            Console.WriteLine($"{request.Method} {request.Path}\n{JsonSerializer.Serialize(body, Indented)}");
        }

        return 0;
    }

    static async Task<int> PutAsync(ElasticOptions engine, TimeProvider clock, CancellationToken cancellation)
    {
        try
        {
            IReadOnlyList<SetupRequest> put = await ElasticStore.SetUpAsync(engine, clock, cancellation);
            foreach (SetupRequest request in put)
                Console.WriteLine($"Put {request.Path}.");
            Console.WriteLine(put.Count == 0
                ? "Everything is as it should be; nothing was changed."
                : "Indices made from now on have it; those of days that are there already stay as they are.");
            return 0;
        }
        catch (StoreException e)
        {
            throw CommandException.Failure($"the setup stopped: {e.Message}");
        }
    }
}
