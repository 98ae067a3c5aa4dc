namespace Homer.Search.Store;

/// <summary>Names of installations, or of parts of one, that share an engine: part of the names of its indices.</summary>
public static class Namespaces
{
    /// <summary>Whether a text can be one: lower-case letters, digits and <c>_</c>, at most 64.</summary>
    public static bool IsName(string text) =>
        text.Length is > 0 and <= 64 && text.All(static letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '_');
}
