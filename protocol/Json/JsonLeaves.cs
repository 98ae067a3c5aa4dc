using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Homer.Search.Protocol.Json;

/// <summary>
/// Reads the JSON that capture agents write, which is often not quite JSON: names repeat, texts are not escaped, ends are missing. What stands before
/// the first mistake is read, what comes after is not.
/// </summary>
public static class JsonLeaves
{
    /// <summary>More of one text are not read.</summary>
    public const int Maximum = 1024;

    const int DeepestLevel = 32;

    /// <summary>The leaves in their order; none when the text is no object and no array.</summary>
    public static IReadOnlyList<JsonLeaf> Read(ReadOnlySpan<byte> text)
    {
        text = text.Trim(" \t\r\n\0"u8);
        if (!Utf8.IsValid(text))
            text = Encoding.UTF8.GetBytes(Encoding.Latin1.GetString(text));
        // captagent writes a member of Diameter without the braces around it.
        if (text is [(byte)'"', ..])
            text = (byte[])[(byte)'{', .. text, (byte)'}'];
        if (text is not [(byte)'{' or (byte)'[', ..])
            return [];

        var leaves = new List<JsonLeaf>();
        var reader = new Utf8JsonReader(text, new JsonReaderOptions { MaxDepth = DeepestLevel, AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
        try
        {
            Walk(ref reader, leaves);
        }
        catch (JsonException)
        {
            // What was read before stands.
            return leaves;
        }

        return leaves;
    }

    static void Walk(ref Utf8JsonReader reader, List<JsonLeaf> leaves)
    {
        var levels = new Stack<(string Path, int Holder)>();
        (string Path, int Holder) level = ("", 0);
        string name = "";
        int holders = 0;
        while (leaves.Count < Maximum && reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    name = Text(ref reader);
                    break;
                case JsonTokenType.StartObject or JsonTokenType.StartArray:
                    levels.Push(level);
                    level = (Join(level.Path, name), reader.TokenType == JsonTokenType.StartObject ? ++holders : level.Holder);
                    name = "";
                    break;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    level = levels.Pop();
                    name = "";
                    break;
                case JsonTokenType.String or JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False:
                    leaves.Add(new JsonLeaf(Join(level.Path, name), Text(ref reader), level.Holder));
                    break;
            }
        }
    }

    static string Join(string path, string name) => name.Length == 0 ? path : path.Length == 0 ? name : $"{path}.{name}";

    /// <summary>Half a surrogate pair cannot be unescaped: then the text stays as it is written.</summary>
    static string Text(ref Utf8JsonReader reader)
    {
        if (reader.TokenType is not (JsonTokenType.String or JsonTokenType.PropertyName) || !reader.ValueIsEscaped)
            return Encoding.UTF8.GetString(reader.ValueSpan);
        try
        {
            return reader.GetString() ?? "";
        }
        catch (InvalidOperationException)
        {
            return Encoding.UTF8.GetString(reader.ValueSpan);
        }
    }
}
