using System.Globalization;

namespace Homer.Search.Store;

/// <summary>Words the errors of the query language.</summary>
static class Mistake
{
    public static QueryException At(string what, int position, int length, string? suggestion = null) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{what} (At character {position + 1}.)"), position, length, suggestion);

    public static QueryException At(string what, QueryToken token, string? suggestion = null) =>
        At(what, token.Start, token.End - token.Start, suggestion);
}
