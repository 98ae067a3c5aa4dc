using System.CommandLine;
using System.Text.Json;
using Homer.Search.Server.Asking;
using Spectre.Console;

namespace Homer.Search.Server.Commands;

/// <summary>Finds calls or messages on a running server.</summary>
static class SearchCommand
{
    public static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static Command Create()
    {
        var query = new Argument<string?>("query")
        {
            Arity = ArgumentArity.ZeroOrOne,
            Description = "KQL, e.g. 'from : +4930* and status >= 500'; everything when left out.",
        };
        var from = new Option<string>("--from") { HelpName = "time", Description = "ISO 8601 or relative. Default: now-24h." };
        var to = new Option<string>("--to") { HelpName = "time", Description = "Default: now." };
        var messages = new Option<bool>("--messages") { Description = "Find messages instead of calls." };
        var first = new Option<int?>("--first") { HelpName = "n", Description = "Most to show, 1 to 1000. Default: 50." };
        Option<bool> json = Json();
        Option<string> url = Url();
        var command = new Command("search", "Find calls or messages on a running server.") { query, from, to, messages, first, json, url };
        command.SetAction(async (result, cancellation) =>
        {
            bool calls = !result.GetValue(messages);
            using GraphQLQuestioner questioner = GraphQLQuestioner.At(result.GetValue(url) ?? DefaultUrl);
            JsonElement data = await questioner.AskAsync(
                calls ? GraphQLQuestions.Calls : GraphQLQuestions.Messages,
                new
                {
                    from = result.GetValue(from) ?? "now-24h",
                    to = result.GetValue(to) ?? "now",
                    query = result.GetValue(query),
                    first = result.GetValue(first) ?? 50,
                },
                cancellation);
            Show(data.GetProperty(calls ? "calls" : "messages"), calls, result.GetValue(json));
            return 0;
        });
        return command;
    }

    public const string DefaultUrl = "http://127.0.0.1:9080/graphql";

    public static Option<bool> Json() => new("--json") { Description = "Print JSON for programs." };

    public static Option<string> Url() => new("--url") { HelpName = "url", Description = $"GraphQL of the server. Default: {DefaultUrl}." };

    static void Show(JsonElement page, bool calls, bool json)
    {
        JsonElement nodes = page.GetProperty("nodes");
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(nodes, Indented));
            return;
        }

        AnsiConsole.Write(calls ? ResultTable.OfCalls(nodes) : ResultTable.OfMessages(nodes));
        string total = page.GetProperty("totalCount").ToString();
        Console.WriteLine($"{nodes.GetArrayLength()} shown of {(page.GetProperty("totalIsExact").GetBoolean() ? "" : "more than ")}{total} {(calls ? "calls" : "messages")}.");
    }
}
