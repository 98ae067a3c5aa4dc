using System.Net;
using System.Text;
using System.Text.Json;

namespace Homer.Search.Store.Elastic;

/// <summary>Reads documents of one kind from the hits of a search.</summary>
sealed class SourceReader(DocumentKind kind)
{
    static readonly SourceReader[] ByKind = [.. Enum.GetValues<DocumentKind>().Select(kind => new SourceReader(kind))];

    readonly Dictionary<string, Field> _fields = Catalogue.Of(kind).ToArray().Where(field => field.UnionOf.Count == 0).ToDictionary(field => field.Name);
    readonly Field[] _unions = [.. Catalogue.Of(kind).ToArray().Where(field => field.UnionOf.Count > 0)];

    public static SourceReader Of(DocumentKind kind) => ByKind[(int)kind];

    /// <summary>What a search leaves out of its hits: the payload, and what is there only to be searched.</summary>
    public static void WriteFilter(Utf8JsonWriter json)
    {
        json.WriteStartObject("_source");
        json.WriteStartArray("excludes");
        json.WriteStringValue(FieldMapping.Original);
        json.WriteStringValue(FieldMapping.OriginalBytes);
        json.WriteStringValue(FieldMapping.Words);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>The fields that a search wants, and none of the others.</summary>
    public static void WriteFilter(Utf8JsonWriter json, CaptureQuery query)
    {
        if (query.Wanted is null)
        {
            WriteFilter(json);
            return;
        }

        json.WriteStartArray("_source");
        foreach (Field field in query.Read())
            json.WriteStringValue(field.Name);
        json.WriteEndArray();
    }

    public Document Read(JsonElement hit)
    {
        var values = new object?[Catalogue.Of(kind).Length];
        foreach (JsonProperty property in hit.GetProperty("_source").EnumerateObject())
        {
            if (_fields.TryGetValue(property.Name, out Field? field))
                values[field.Column(kind)] = Value(field, property.Value);
        }

        foreach (Field union in _unions)
        {
            string[] members = [.. union.UnionOf.Select(field => field.Column(kind)).Where(column => column >= 0)
                .Select(column => values[column]?.ToString()!).Where(text => text is not null).Distinct()];
            values[union.Column(kind)] = members.Length == 0 ? null : members;
        }

        string id = kind == DocumentKind.Call ? (string)values[Fields.CallId.Column(kind)]! : hit.GetProperty("_id").GetString()!;
        return new Document(kind, id, values);
    }

    static object Value(Field field, JsonElement value) => field.Type switch
    {
        FieldType.Integer => value.GetInt64(),
        FieldType.Decimal => value.GetDouble(),
        FieldType.Boolean => value.GetBoolean(),
        FieldType.Instant => SourceTime.Parse(value.GetString()!),
        FieldType.Ip => IPAddress.Parse(value.GetString()!),
        FieldType.Binary => value.GetBytesFromBase64(),
        FieldType.Object => Object(value),
        _ when field.Many => value.EnumerateArray().Select(each => each.GetString()!).ToArray(),
        _ => value.GetString()!,
    };

    /// <summary>The list of <c>name: value</c> as a JSON object again.</summary>
    static string Object(JsonElement list)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            foreach (JsonElement entry in list.EnumerateArray())
            {
                string text = entry.GetString()!;
                int end = text.IndexOf(FieldMapping.NameEnd, StringComparison.Ordinal);
                json.WriteString(text[..end], text[(end + FieldMapping.NameEnd.Length)..]);
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
