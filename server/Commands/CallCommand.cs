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
        var why = new Option<bool>("--why") { Description = "Show the other legs of the call, why each belongs to it, and all of them in one ladder." };
        var command = new Command("call", "Show one call of a running server: why it ended so, what went wrong, and its ladder.") { id, why, json, url };
        command.SetAction(async (result, cancellation) =>
        {
            string callId = result.GetValue(id)!;
            using GraphQLQuestioner questioner = GraphQLQuestioner.At(result.GetValue(url) ?? SearchCommand.DefaultUrl);
            int width = Console.IsOutputRedirected ? UsualWidth : Math.Max(MinimumWidth, AnsiConsole.Profile.Width);
            JsonElement data = await questioner.AskAsync(
                result.GetValue(why) ? GraphQLQuestions.Session : GraphQLQuestions.Call, new { callId, width }, cancellation);
            JsonElement call = data.GetProperty("call");
            if (call.ValueKind != JsonValueKind.Object)
                throw CommandException.Failure($"there is no call {callId}; Call-IDs are case-sensitive, `homer search` lists them.");
            if (result.GetValue(json))
                Console.WriteLine(JsonSerializer.Serialize(call, SearchCommand.Indented));
            else if (result.GetValue(why))
                SessionText.Show(call.GetProperty("session"));
            else
                Show(call);
            return 0;
        });
        return command;
    }

    static void Show(JsonElement call)
    {
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
        foreach (JsonElement finding in call.GetProperty("findings").EnumerateArray())
        {
            AnsiConsole.MarkupLineInterpolated($"[bold]{ResultTable.Text(finding, "name")}[/] {ResultTable.Text(finding, "sentence")}");
            AnsiConsole.MarkupLineInterpolated($"  {ResultTable.Text(finding, "hint")} ({ResultTable.Text(finding, "reference")})");
        }

        Console.WriteLine();
        Console.WriteLine(ResultTable.Text(call.GetProperty("ladder"), "text"));
    }
}
