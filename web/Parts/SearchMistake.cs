using Homer.Search.Store;

namespace Homer.Search.Web.Parts;

/// <summary>What is wrong with a search, for the person who typed it.</summary>
/// <param name="Caret">The query with a line of marks under the mistake; null when it has no place.</param>
sealed record SearchMistake(string Message, string? Caret)
{
    public static SearchMistake In(string query, QueryException mistake)
    {
        int start = Math.Clamp(mistake.Position, 0, query.Length);
        int length = Math.Max(1, Math.Min(mistake.Length, query.Length - start));
        return new SearchMistake(mistake.Message, $"{query.ReplaceLineEndings(" ")}\n{new string(' ', start)}{new string('^', length)}");
    }
}
