using System.Text;

namespace Homer.Search.Store.DuckDb;

/// <summary>Regular expressions of the engine (RE2) for what plain comparison cannot say.</summary>
static class WordPattern
{
    /// <summary>What <see cref="TextWords"/> takes for part of a word, and what not.</summary>
    const string Letter = @"[\p{L}\p{Nd}]";
    const string NoLetter = @"[^\p{L}\p{Nd}]";

    /// <summary>A text that has these words next to each other, in any case.</summary>
    public static string OfWords(IEnumerable<string> words) => Bounded(string.Join(NoLetter + "+", words.Select(Escape)));

    /// <summary>A text that has a word like this, in any case.</summary>
    public static string OfWord(WildcardPattern pattern) =>
        Bounded(pattern.Parts.All(part => part.Length == 0) ? Letter + "+" : string.Join(Letter + "*", pattern.Parts.Select(Escape)));

    /// <summary>A list of values, each between line feeds, that has one like this.</summary>
    public static string OfLine(WildcardPattern pattern) => $"\n{string.Join("[^\n]*", pattern.Parts.Select(Escape))}\n";

    static string Bounded(string pattern) => $"(?is)(?:^|{NoLetter}){pattern}(?:{NoLetter}|$)";

    static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length * 2);
        foreach (char c in text)
        {
            if (char.IsAscii(c) && !char.IsAsciiLetterOrDigit(c) && c != '_')
                escaped.Append('\\');
            escaped.Append(c);
        }

        return escaped.ToString();
    }
}
