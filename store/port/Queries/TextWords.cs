using System.Text;

namespace Homer.Search.Store;

/// <summary>The words of a text: its runs of letters and digits. What <see cref="FieldType.Text"/> is searched by, in any case.</summary>
public static class TextWords
{
    public static IReadOnlyList<string> Of(string text)
    {
        var words = new List<string>();
        int begin = -1;
        int at = 0;
        foreach (Rune letter in text.EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(letter))
            {
                if (begin < 0)
                    begin = at;
            }
            else if (begin >= 0)
            {
                words.Add(text[begin..at]);
                begin = -1;
            }

            at += letter.Utf16SequenceLength;
        }

        if (begin >= 0)
            words.Add(text[begin..]);
        return words;
    }

    /// <summary>Whether the text has all of these words, next to each other in this order when <paramref name="inOrder"/>.</summary>
    public static bool Contains(string text, string words, bool inOrder)
    {
        IReadOnlyList<string> has = Of(text);
        IReadOnlyList<string> wanted = Of(words);
        return inOrder
            ? Enumerable.Range(0, has.Count).Any(start => has.Skip(start).Take(wanted.Count).SequenceEqual(wanted, StringComparer.OrdinalIgnoreCase))
            : wanted.All(word => has.Contains(word, StringComparer.OrdinalIgnoreCase));
    }
}
