using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Homer.Search.Store.Elastic;

/// <summary>Builds the JSON of a request.</summary>
static class RequestBody
{
    static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>One object; <paramref name="write"/> writes what is in it.</summary>
    public static ReadOnlyMemory<byte> Of(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }
}
