using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace Homer.Search.Store.Elastic;

/// <summary>Where a page ended, as the engine told it: its sort values, and whether it was among the documents without the first key.</summary>
sealed record SortPlace(bool Rest, IReadOnlyList<JsonElement> Values)
{
    /// <summary>Key of the <see cref="Store.Elastic.Moment"/> it is a place in; null when of none.</summary>
    public string? Moment { get; init; }
}

/// <summary>A <see cref="SortPlace"/> as text that means nothing to anyone else.</summary>
static class Cursor
{
    public static string Write(SortKeys keys, SortPlace place)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartArray();
            json.WriteStringValue(keys.Signature);
            json.WriteBooleanValue(place.Rest);
            json.WriteStringValue(place.Moment);
            foreach (JsonElement value in place.Values)
                value.WriteTo(json);
            json.WriteEndArray();
        }

        return Base64Url.EncodeToString(stream.ToArray());
    }

    /// <summary>Throws <see cref="StoreException"/> when the text is no cursor, or one of another order.</summary>
    public static SortPlace Read(SortKeys keys, string text)
    {
        try
        {
            using JsonDocument json = JsonDocument.Parse(Base64Url.DecodeFromChars(text));
            JsonElement[] elements = [.. json.RootElement.EnumerateArray()];
            if (elements is
            [
            { ValueKind: JsonValueKind.String } order, { ValueKind: JsonValueKind.True or JsonValueKind.False } rest,
            { ValueKind: JsonValueKind.String or JsonValueKind.Null } moment, .. var values,
            ]
                && order.GetString() == keys.Signature && keys.Accepts(rest.GetBoolean(), values))
                return new SortPlace(rest.GetBoolean(), [.. values.Select(value => value.Clone())]) { Moment = moment.GetString() };
        }
        catch (Exception error) when (error is FormatException or JsonException or InvalidOperationException or DecoderFallbackException)
        {
            throw Refused(error);
        }

        throw Refused(null);
    }

    static StoreException Refused(Exception? inner) =>
        new("The cursor is none of this search and its order. Ask for the first page again.", isTransient: false, inner) { IsMistake = true };
}
