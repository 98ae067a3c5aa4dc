using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace Homer.Search.Store.DuckDb;

/// <summary>Where a page ended: the values of its sort keys, as text that means nothing to anyone else.</summary>
static class Cursor
{
    public static string Write(SortKeys keys, IReadOnlyList<object?> values)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartArray();
            json.WriteStringValue(keys.Signature);
            foreach (object? value in values)
                WriteValue(json, value);
            json.WriteEndArray();
        }

        return Base64Url.EncodeToString(stream.ToArray());
    }

    /// <summary>Throws <see cref="StoreException"/> when the text is no cursor, or one of another order.</summary>
    public static IReadOnlyList<object?> Read(SortKeys keys, string text)
    {
        try
        {
            using JsonDocument json = JsonDocument.Parse(Base64Url.DecodeFromChars(text));
            JsonElement[] elements = [.. json.RootElement.EnumerateArray()];
            if (elements.Length == keys.Count + 1 && elements[0].GetString() == keys.Signature)
                return [.. elements.Skip(1).Select(ReadValue)];
        }
        catch (Exception error) when (error is FormatException or JsonException or InvalidOperationException or DecoderFallbackException)
        {
            throw Refused(error);
        }

        throw Refused(null);
    }

    static StoreException Refused(Exception? inner) =>
        new("The cursor is none of this search and its order. Ask for the first page again.", isTransient: false, inner) { IsMistake = true };

    static void WriteValue(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null:
                json.WriteNullValue();
                break;
            case long number:
                json.WriteNumberValue(number);
                break;
            case bool truth:
                json.WriteBooleanValue(truth);
                break;
            case double number:
                // Its bits, told from a whole number by the array around them.
                json.WriteStartArray();
                json.WriteNumberValue(BitConverter.DoubleToInt64Bits(number));
                json.WriteEndArray();
                break;
            default:
                json.WriteStringValue((string)value);
                break;
        }
    }

    static object? ReadValue(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.Number => element.GetInt64(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Array => BitConverter.Int64BitsToDouble(element[0].GetInt64()),
        _ => element.GetString(),
    };
}
