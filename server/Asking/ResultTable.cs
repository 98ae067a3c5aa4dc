using System.Globalization;
using System.Text.Json;
using Spectre.Console;

namespace Homer.Search.Server.Asking;

/// <summary>Found calls or messages as a table for a terminal. What was captured is never taken for markup.</summary>
static class ResultTable
{
    public static Table OfCalls(JsonElement nodes)
    {
        Table table = Empty("Started (UTC)", "From", "To", "Outcome", "Code", "Ring", "Setup", "Talk", "Msgs", "Call-ID");
        foreach (JsonElement call in nodes.EnumerateArray())
        {
            table.AddRow(
                Time(call, "startedAt"), Cell(call, "caller"), Cell(call, "callee"), Outcome(call), Cell(call, "finalCode"),
                Milliseconds(call, "ringDelayMs"), Milliseconds(call, "setupMs"), Milliseconds(call, "durationMs"), Cell(call, "messageCount"), Cell(call, "callId"));
        }

        return table;
    }

    public static Table OfMessages(JsonElement nodes)
    {
        Table table = Empty("Captured (UTC)", "Message", "From", "To", "Sent by", "Sent to", "Agent", "Call-ID");
        foreach (JsonElement message in nodes.EnumerateArray())
        {
            table.AddRow(
                Time(message, "time"), Cell(message, "summary"), Cell(message, "fromUser"), Cell(message, "toUser"),
                Endpoint(message, "source"), Endpoint(message, "destination"), Cell(message.GetProperty("agent"), "name"), Cell(message, "callId"));
        }

        return table;
    }

    /// <summary>A word of the schema as people read it: <c>RING_NO_ANSWER</c> is "ring no answer".</summary>
    public static string Words(string? name) => (name ?? "").Replace('_', ' ').ToLowerInvariant();

    public static string Text(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out JsonElement value) ? value.ToString() : "";

    /// <summary>As people say it: <c>840 ms</c>, <c>12.3 s</c>, <c>4:05 min</c>.</summary>
    public static string Duration(long milliseconds) => milliseconds switch
    {
        < 1000 => string.Create(CultureInfo.InvariantCulture, $"{milliseconds} ms"),
        < 60_000 => string.Create(CultureInfo.InvariantCulture, $"{milliseconds / 1000.0:0.0} s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{milliseconds / 60_000}:{milliseconds / 1000 % 60:00} min"),
    };

    public static string Endpoint(JsonElement parent, string name)
    {
        if (!parent.TryGetProperty(name, out JsonElement end) || end.ValueKind != JsonValueKind.Object)
            return "";
        string ip = Text(end, "address");
        return Markup.Escape(ip.Contains(':', StringComparison.Ordinal) ? $"[{ip}]:{Text(end, "port")}" : $"{ip}:{Text(end, "port")}");
    }

    static Table Empty(params ReadOnlySpan<string> columns)
    {
        var table = new Table { Border = TableBorder.Simple };
        foreach (string column in columns)
            table.AddColumn(new TableColumn(column));
        return table;
    }

    static string Outcome(JsonElement call)
    {
        string outcome = Words(Text(call, "outcome"));
        string colour = outcome switch { "answered" => "green", "" or "pending" or "incomplete" or "cancelled" => "grey", _ => "red" };
        return $"[{colour}]{Markup.Escape(outcome)}[/]";
    }

    static string Cell(JsonElement parent, string name) => Markup.Escape(Text(parent, name));

    static string Milliseconds(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Number
            && value.TryGetInt64(out long milliseconds) ? Duration(milliseconds) : "";

    static string Time(JsonElement parent, string name) =>
        DateTimeOffset.TryParse(
            Text(parent, name), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out DateTimeOffset time)
            ? time.ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture)
            : Cell(parent, name);
}
