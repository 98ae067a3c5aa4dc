using System.Net;
using System.Text.Json;
using Homer.Search.Protocol;
using Homer.Search.Store;

namespace Homer.Search.Api.Schema;

/// <summary>A document as JSON: the names of the catalogue with values as JSON knows them; bytes for the program itself stay out.</summary>
static class DocumentJson
{
    public static IReadOnlyDictionary<string, object> Of(Document document)
    {
        var fields = new Dictionary<string, object>();
        foreach ((Field field, object value) in document.Present())
        {
            if (field.Type != FieldType.Binary)
                fields.Add(field.Name, Json(field, value));
        }

        return fields;
    }

    static object Json(Field field, object value) => value switch
    {
        Instant time => time.ToString(),
        IPAddress address => address.ToString(),
        string text when field.Type == FieldType.Object => JsonSerializer.Deserialize<Dictionary<string, string>>(text)!,
        _ => value,
    };
}
