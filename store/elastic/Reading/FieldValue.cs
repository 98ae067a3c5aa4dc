using System.Globalization;
using System.Net;

namespace Homer.Search.Store.Elastic;

/// <summary>The value of a field from the text of a <see cref="Bucket"/>.</summary>
static class FieldValue
{
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
