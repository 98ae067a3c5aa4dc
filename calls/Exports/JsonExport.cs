using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Homer.Search.Store;

namespace Homer.Search.Calls;

/// <summary>An array of messages; what is not valid UTF-8 stands in base64.</summary>
sealed class JsonExport : MessageExport
{
    static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    bool _isFirst = true;

    public override string MediaType => "application/json";

    public override void Begin(IBufferWriter<byte> target) => target.Write("["u8);

    public override void Write(Document message, ReadOnlySpan<byte> raw, IBufferWriter<byte> target)
    {
        target.Write(_isFirst ? "\n"u8 : ",\n"u8);
        _isFirst = false;
        using var json = new Utf8JsonWriter(target, Options);
        json.WriteStartObject();
        json.WriteString("id", message.Id);
        json.WriteString("time", message.Time.ToString());
        json.WriteString("source", TextExport.End(message, Fields.SourceIp, Fields.SourcePort));
        json.WriteString("destination", TextExport.End(message, Fields.DestinationIp, Fields.DestinationPort));
        json.WriteString("transport", message.Text(Fields.NetworkTransport));
        json.WriteString("agent", Transmission.Agent(message));
        json.WriteString("callId", message.Text(Fields.CallId));
        if (Utf8.IsValid(raw))
            json.WriteString("raw", Encoding.UTF8.GetString(raw));
        else
            json.WriteBase64String("rawBase64", raw);
        json.WriteEndObject();
    }

    public override void End(IBufferWriter<byte> target) => target.Write("\n]\n"u8);
}
