using System.Globalization;
using System.Net;
using System.Text.Json;

namespace Homer.Search.Store.Elastic;

/// <summary>The value of a field from what stands for it elsewhere.</summary>
static class FieldValue
{
    /// <summary>From the key under which the engine counts it; a truth is a number there, or in a composite key itself.</summary>
    public static object OfKey(Field field, JsonElement key) => field.Type switch
    {
        FieldType.Integer => key.GetInt64(),
        FieldType.Decimal => key.GetDouble(),
        FieldType.Boolean => key.ValueKind == JsonValueKind.Number ? key.GetInt64() != 0 : key.GetBoolean(),
        FieldType.Ip => IPAddress.Parse(key.GetString()!),
        _ => key.GetString()!,
    };

    /// <summary>From the text of a <see cref="Bucket"/>.</summary>
    public static object Parse(Field field, string text) => field.Type switch
    {
        FieldType.Integer => long.Parse(text, CultureInfo.InvariantCulture),
        FieldType.Decimal => double.Parse(text, CultureInfo.InvariantCulture),
        FieldType.Boolean => bool.Parse(text),
        FieldType.Instant => SourceTime.Parse(text),
        FieldType.Ip => IPAddress.Parse(text),
        _ => text,
    };
}
