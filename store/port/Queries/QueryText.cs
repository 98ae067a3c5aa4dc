using System.Text;

namespace Homer.Search.Store;

/// <summary>Writes pieces of the query language, so that pages can build queries out of values they did not choose.</summary>
public static class QueryText
{
    /// <summary>The value as a quoted phrase that reads back as exactly this value, whatever is in it.</summary>
    public static string Quote(string value)
    {
        var quoted = new StringBuilder(value.Length + 2).Append('"');
        foreach (char letter in value)
        {
            _ = letter switch
            {
                '"' or '\\' => quoted.Append('\\').Append(letter),
                '\n' => quoted.Append(@"\n"),
                '\r' => quoted.Append(@"\r"),
                '\t' => quoted.Append(@"\t"),
                _ => quoted.Append(letter),
            };
        }

        return quoted.Append('"').ToString();
    }
}
