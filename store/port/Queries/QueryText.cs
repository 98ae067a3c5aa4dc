using System.Globalization;
using System.Net;
using System.Text;

namespace Homer.Search.Store;

/// <summary>Writes the query language: values that pages put into queries, and whole trees.</summary>
public static class QueryText
{
    /// <summary>What has a meaning of its own in an unquoted value.</summary>
    internal const string Special = "\\():<>\"*{}";

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

    /// <summary>The tree as text, fully parenthesised.</summary>
    internal static string Write(Query query) => query switch
    {
        Query.Everything => "*",
        Query.And and => $"({string.Join(" and ", and.Parts)})",
        Query.Or or => $"({string.Join(" or ", or.Parts)})",
        Query.Not not => $"not {not.Part}",
        Query.Exists exists => $"{Name(exists.Field)} : *",
        Query.Equal equal => $"{Name(equal.Field)} : {Value(equal.Value)}",
        Query.Words { InOrder: true } phrase => $"{Name(phrase.Field)} : {Quote(phrase.Text)}",
        // A keyword is one only as a whole word.
        Query.Words words => $"{Name(words.Field)} : {(words.Text.ToLowerInvariant() is "and" or "or" or "not" ? "\\" : "")}{Escape(words.Text)}",
        Query.Wildcard wildcard => $"{Name(wildcard.Field)} : {string.Join('*', wildcard.Pattern.Parts.Select(Escape))}",
        Query.Cidr cidr => $"{Name(cidr.Field)} : {Quote(cidr.Network.ToString())}",
        Query.Range { From: null, To: { } to } range => $"{Name(range.Field)} {(range.ToIncluded ? "<=" : "<")} {Value(to)}",
        Query.Range { From: { } from, To: null } range => $"{Name(range.Field)} {(range.FromIncluded ? ">=" : ">")} {Value(from)}",
        Query.Range range => $"({Write(range with { To = null })} and {Write(range with { From = null })})",
        _ => throw new ArgumentException($"{query.GetType().Name} is no part of the query tree."),
    };

    static string Name(FieldPath path) => path.Name is null ? path.Field.Name : $"{path.Field.Name}.{Escape(path.Name)}";

    static string Value(object value) => value switch
    {
        string text => Quote(text),
        bool truth => truth ? "true" : "false",
        Protocol.Instant or IPAddress => Quote(value.ToString()!),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => throw new ArgumentException($"{value.GetType().Name} is no type of a field."),
    };

    /// <summary>Unquoted, with a backslash before whatever has a meaning, blanks included.</summary>
    static string Escape(string literal)
    {
        var escaped = new StringBuilder(literal.Length);
        foreach (char letter in literal)
        {
            _ = letter switch
            {
                '\n' => escaped.Append(@"\n"),
                '\r' => escaped.Append(@"\r"),
                '\t' => escaped.Append(@"\t"),
                _ when Special.Contains(letter, StringComparison.Ordinal) || char.IsWhiteSpace(letter) => escaped.Append('\\').Append(letter),
                _ => escaped.Append(letter),
            };
        }

        return escaped.ToString();
    }
}
