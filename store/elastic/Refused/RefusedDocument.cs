using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace Homer.Search.Store.Elastic;

/// <summary>A document that the engine would not take, and why; a line of the file that keeps them.</summary>
/// <param name="Reason">The engine's: a kind of error, a colon, what it says.</param>
/// <param name="Document">The lines of its bulk request: the action and the document.</param>
public sealed partial record RefusedDocument(string Reason, string Document)
{
    static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>The index it was meant for.</summary>
    [JsonIgnore]
    public string Index
    {
        get
        {
            using JsonDocument action = JsonDocument.Parse(Document.Split('\n')[0]);
            return action.RootElement.EnumerateObject().First().Value.GetProperty("_index").GetString()!;
        }
    }

    /// <summary>The reason without what differs with each document: where in it the error lies, its identity, and its value.</summary>
    [JsonIgnore]
    public string Cause => Varying.Replace(Reason, "");

    /// <summary>Null when the line is not whole, as the last one before a crash may be.</summary>
    internal static RefusedDocument? Parse(string line)
    {
        try
        {
            RefusedDocument? document = JsonSerializer.Deserialize<RefusedDocument>(line, Json);
            return document?.Index is null || document.Document.Count(letter => letter == '\n') != 2 ? null : document;
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }

    internal string ToLine() => JsonSerializer.Serialize(this, Json);

    [GeneratedRegex(@"(?<=: )\[[0-9:]+\] | in document with id.*", RegexOptions.Singleline)]
    static partial Regex Varying { get; }
}
