using System.Text;

namespace Homer.Search.Store;

/// <summary>The words of a text: its runs of letters and digits. What <see cref="FieldType.Text"/> is searched by, in any case.</summary>
public static class TextWords
{
    public static IReadOnlyList<string> Of(string text) => [.. Patterns([text]).Select(word => word[0])];

    /// <summary>
    /// The words of a text with wildcards between its parts, each cut at its wildcards: <c>["lost 50", " time", ""]</c> is <c>["lost"]</c>,
    /// <c>["50", ""]</c> and <c>["time", ""]</c>. A wildcard on its own is no word.
    /// </summary>
    public static IReadOnlyList<IReadOnlyList<string>> Patterns(IReadOnlyList<string> parts)
    {
        var words = new List<IReadOnlyList<string>>();
        var pieces = new List<string>();
        var piece = new StringBuilder();
        foreach ((int index, string part) in parts.Index())
        {
            if (index > 0)
                EndPiece();
            foreach (Rune letter in part.EnumerateRunes())
            {
                if (Rune.IsLetterOrDigit(letter))
                    piece.Append(letter.ToString());
                else
                    EndWord();
            }
        }

        EndWord();
        return words;

        void EndPiece()
        {
            pieces.Add(piece.ToString());
            piece.Clear();
        }

        void EndWord()
        {
            EndPiece();
            if (pieces.Any(each => each.Length > 0))
                words.Add([.. pieces]);
            pieces.Clear();
        }
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
