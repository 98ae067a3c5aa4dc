using System.CommandLine;
using System.Text.Json;
using Homer.Search.Server.Asking;
using Spectre.Console;

namespace Homer.Search.Server.Commands;

/// <summary>Shows one call of a running server: why it ended so, its facts, and its ladder.</summary>
static class CallCommand
{
    /// <summary>Narrower than this no ladder can be read.</summary>
    const int MinimumWidth = 80;

    const int UsualWidth = 120;

    static readonly (string Label, string Name)[] Facts =
    [
        ("From", "caller"), ("To", "callee"), ("Started", "startedAt"), ("Answered", "answeredAt"), ("Ended", "endedAt"),
        ("Final code", "finalCode"), ("Phrase", "reasonPhrase"), ("Messages", "messageCount"), ("Sent again", "retransmissionCount"), ("User agent", "userAgent"),
    ];

    public static Command Create()
    {
        var id = new Argument<string>("id") { Description = "The Call-ID." };
        Option<bool> json = SearchCommand.Json();
        Option<string> url = SearchCommand.Url();
        var command = new Command("call", "Show one call of a running server: why it ended so, and its ladder.") { id, json, url };
        command.SetAction(async (result, cancellation) =>
        {
            string callId = result.GetValue(id)!;
            using GraphQLQuestioner questioner = GraphQLQuestioner.At(result.GetValue(url) ?? SearchCommand.DefaultUrl);
            int width = Console.IsOutputRedirected ? UsualWidth : Math.Max(MinimumWidth, AnsiConsole.Profile.Width);
            JsonElement data = await questioner.AskAsync(GraphQLQuestions.Call, new { callId, width }, cancellation);
            JsonElement call = data.GetProperty("call");
            if (call.ValueKind != JsonValueKind.Object)
                throw CommandException.Failure($"there is no call {callId}; Call-IDs are case-sensitive, `homer search` lists them.");
            Show(call, result.GetValue(json));
            return 0;
        });
        return command;
    }

    static void Show(JsonElement call, bool json)
    {
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(call, SearchCommand.Indented));
            return;
        }

        AnsiConsole.MarkupLineInterpolated($"[bold]{ResultTable.Text(call, "explanation")}[/]");
        var facts = new Grid().AddColumns(2);
        facts.AddRow("Outcome",
            Markup.Escape($"{ResultTable.Words(ResultTable.Text(call, "outcome"))} ({ResultTable.Words(ResultTable.Text(call, "state"))})"));
        foreach ((string label, string name) in Facts)
        {
            if (ResultTable.Text(call, name) is { Length: > 0 } text)
                facts.AddRow(label, Markup.Escape(text));
        }

        foreach ((string label, string name) in new[] { ("Ring delay", "ringDelayMs"), ("Setup", "setupMs"), ("Talk", "durationMs") })
        {
            if (call.GetProperty(name).ValueKind == JsonValueKind.Number)
                facts.AddRow(label, ResultTable.Duration(call.GetProperty(name).GetInt64()));
        }

        AnsiConsole.Write(facts);
        Console.WriteLine();
        Console.WriteLine(ResultTable.Text(call.GetProperty("ladder"), "text"));
    }
}
