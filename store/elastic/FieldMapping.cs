using System.Text.Json;

namespace Homer.Search.Store.Elastic;

/// <summary>
/// How the fields of the catalogue are indexed, alike on Elasticsearch and OpenSearch. Names are those of the catalogue. A field that is the
/// union of others gets their values by <c>copy_to</c>; an object is a list of <c>name: value</c>; a text is searched by its words, which the
/// writer cuts (<see cref="TextWords"/>), since the engines' own analysis cuts them otherwise.
/// </summary>
static class FieldMapping
{
    /// <summary>Longer values are kept and shown, not searched: a term of the engine ends at 32,766 octets, and a letter takes up to four.</summary>
    public const int LongestKeyword = 8191;

    /// <summary>The words of the text field, in lower case, with blanks between.</summary>
    public const string Words = "homer.words";

    /// <summary>Stands for a text that has no word, so that the field is there.</summary>
    public const string NoWord = "·";

    /// <summary>The values of <see cref="Fields.RelatedUser"/> once more, in the type that finds a part of a value fast.</summary>
    public const string UserParts = "homer.user_parts";

    /// <summary>The captured payload, when it is valid UTF-8.</summary>
    public const string Original = "event.original";

    /// <summary>The captured payload in base64, when it is not.</summary>
    public const string OriginalBytes = "homer.original";

    /// <summary>Parts the name and the value of an object; no header name has it.</summary>
    public const string NameEnd = ": ";

    /// <summary>The least text behind every one that begins with <see cref="NameEnd"/>.</summary>
    public const string BehindName = ":!";

    /// <summary>The engine's type of a field; null for one that is only kept.</summary>
    public static string? Type(Field field) => field.Type switch
    {
        FieldType.Keyword or FieldType.Object => "keyword",
        FieldType.Integer => "long",
        FieldType.Decimal => "double",
        FieldType.Boolean => "boolean",
        FieldType.Instant => "date_nanos",
        FieldType.Ip => "ip",
        _ => null,
    };

    /// <summary>The mapping of one kind as a JSON object.</summary>
    public static void Write(Utf8JsonWriter json, DocumentKind kind)
    {
        ILookup<Field, string> unions = Catalogue.Of(kind).ToArray()
            .SelectMany(union => union.UnionOf.Select(member => (member, union.Name)))
            .ToLookup(pair => pair.member, pair => pair.Name);
        json.WriteStartObject();
        json.WriteBoolean("dynamic", false);
        json.WriteStartObject("properties");
        foreach (Field field in Catalogue.Of(kind))
            WriteField(json, field, [.. unions[field]]);
        WriteSpecial(json, kind);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    static void WriteField(Utf8JsonWriter json, Field field, string[] unions)
    {
        if (Type(field) is not { } type)
            return;
        json.WriteStartObject(field.Name);
        json.WriteString("type", type);
        if (type == "keyword")
            json.WriteNumber("ignore_above", LongestKeyword);
        if (!HasIndex(field))
            json.WriteBoolean("index", false);
        if (unions.Length > 0)
        {
            json.WriteStartArray("copy_to");
            foreach (string union in unions)
                json.WriteStringValue(union);
            if (unions.Contains(Fields.RelatedUser.Name))
                json.WriteStringValue(UserParts);
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    static void WriteSpecial(Utf8JsonWriter json, DocumentKind kind)
    {
        if (Fields.RelatedUser.Column(kind) >= 0)
        {
            json.WriteStartObject(UserParts);
            json.WriteString("type", "wildcard");
            json.WriteNumber("ignore_above", LongestKeyword);
            json.WriteEndObject();
        }

        if (Fields.Text.Column(kind) >= 0)
        {
            json.WriteStartObject(Words);
            json.WriteString("type", "text");
            json.WriteString("analyzer", "whitespace");
            json.WriteBoolean("norms", false);
            json.WriteEndObject();
        }
    }

    /// <summary>
    /// Numbers and times of messages that hardly anyone looks for are found by reading their column: an index of each would cost more than it
    /// gives.
    /// </summary>
    static bool HasIndex(Field field) =>
        field.Type is not (FieldType.Integer or FieldType.Instant)
        || !field.Kinds.Contains(DocumentKind.Sip)
        || field == Fields.Timestamp || field == Fields.Code || field == Fields.ReasonCause || field == Fields.CaptureId;
}
