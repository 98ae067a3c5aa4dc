using System.Text.Encodings.Web;
using System.Text.Json;
using Homer.Search.Protocol.Json;

namespace Homer.Search.Ingest;

/// <summary>The names and values of a JSON payload as one flat object of strings, as the catalogue wants it.</summary>
static class PayloadValues
{
    /// <summary>More are not searchable by name; the whole is in the text.</summary>
    const int MostNames = 128;
    const int LongestValue = 1024;

    static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Empty when there are none; names in lower case, of one name the first value.</summary>
    public static ReadOnlySpan<byte> Collect(IReadOnlyList<JsonLeaf> leaves)
    {
        if (leaves.Count == 0)
            return [];
        var values = new Dictionary<string, string>();
        foreach (JsonLeaf leaf in leaves)
        {
            if (values.Count == MostNames)
                break;
            if (leaf.Path.Length is > 0 and <= LongestValue)
                values.TryAdd(leaf.Path.ToLowerInvariant(), leaf.Text.Length <= LongestValue ? leaf.Text : leaf.Text[..LongestValue]);
        }

        return values.Count == 0 ? [] : JsonSerializer.SerializeToUtf8Bytes(values, Options);
    }
}
