using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Homer.Search.Protocol;
using Homer.Search.Store;
using Serilog.Events;

namespace Homer.Search.Server.Logs;

/// <summary>Lines of the program's own log as documents of the kind <c>log</c>.</summary>
static class LogRows
{
    const string Logger = "SourceContext";

    /// <summary>Longer values are in the text.</summary>
    const int LongestValue = 1024;

    static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="batch">Has room for one more.</param>
    /// <param name="line">What was logged.</param>
    /// <param name="sequence">Tells apart what was logged at the same time.</param>
    /// <param name="now">When it is handed on.</param>
    public static void Add(DocumentBatch batch, LogEvent line, long sequence, Instant now)
    {
        int row = batch.AddRow();
        batch.Set(row, Fields.Timestamp, Instant.From(line.Timestamp));
        batch.Set(row, Fields.Ingested, now);
        batch.Set(row, Fields.Sequence, sequence);
        batch.Set(row, Fields.AgentName, Environment.MachineName);
        batch.Set(row, Fields.NetworkProtocol, "log"u8);
        batch.Set(row, Fields.LogLevel, line.Level.ToString().ToLowerInvariant());
        if (line.Properties.TryGetValue(Logger, out LogEventPropertyValue? logger))
            batch.Set(row, Fields.LogLogger, Text(logger));
        batch.Set(row, Fields.Text, Message(line));
        if (line.Properties.Keys.Any(name => name != Logger))
            batch.Set(row, Fields.PayloadValues, JsonSerializer.SerializeToUtf8Bytes(Values(line), Options));
    }

    static string Message(LogEvent line)
    {
        string message = line.RenderMessage(CultureInfo.InvariantCulture);
        return line.Exception is { } exception ? $"{message}\n{exception}" : message;
    }

    static Dictionary<string, string> Values(LogEvent line)
    {
        var values = new Dictionary<string, string>();
        foreach ((string name, LogEventPropertyValue value) in line.Properties)
        {
            if (name != Logger)
                values.TryAdd(name.ToLowerInvariant(), Text(value) is { Length: > LongestValue } text ? text[..LongestValue] : Text(value));
        }

        return values;
    }

    /// <summary>A single value as it is, without the quotes that Serilog gives a text.</summary>
    static string Text(LogEventPropertyValue value) =>
        value is ScalarValue scalar ? Convert.ToString(scalar.Value, CultureInfo.InvariantCulture) ?? "" : value.ToString(format: null, CultureInfo.InvariantCulture);
}
