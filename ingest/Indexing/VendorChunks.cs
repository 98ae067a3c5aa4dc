using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Homer.Search.Protocol.Hep;

namespace Homer.Search.Ingest;

/// <summary>The chunks of a packet that have no field of their own, as one flat object <c>{"8.128": "…"}</c>.</summary>
static class VendorChunks
{
    const int Most = 64;
    const int LongestValue = 1024;

    static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="bytes">The HEPv3 packet.</param>
    public static ReadOnlySpan<byte> Collect(ReadOnlySpan<byte> bytes)
    {
        var values = new Dictionary<string, string>();
        var chunks = new HepChunks(bytes);
        while (values.Count < Most && chunks.MoveNext())
        {
            ReadOnlySpan<byte> value = chunks.Value[..Math.Min(chunks.Value.Length, LongestValue)];
            values[string.Create(CultureInfo.InvariantCulture, $"{chunks.VendorId}.{chunks.Type}")] = Show(value);
        }

        return JsonSerializer.SerializeToUtf8Bytes(values, Options);
    }

    /// <summary>Numbers come in one, two and four octets, and nothing says that they are numbers.</summary>
    static string Show(ReadOnlySpan<byte> value)
    {
        ReadOnlySpan<byte> text = value.TrimEnd((byte)0);
        return !text.IsEmpty && text.IndexOfAnyInRange((byte)0, (byte)31) < 0 && Utf8.IsValid(text) ? Encoding.UTF8.GetString(text) : Convert.ToHexStringLower(value);
    }
}
