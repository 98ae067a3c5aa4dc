using Homer.Search.Protocol;

namespace Homer.Search.Store;

/// <summary>KQL as Kibana users type it, read into a <see cref="Query"/> for one kind of document. Described in <c>docs/query-language.md</c>.</summary>
public static class QueryLanguage
{
    /// <summary>Characters a query may have.</summary>
    public const int MaxLength = 16 * 1024;

    /// <summary>
    /// Null or blank is <see cref="Query.Everything"/>. <paramref name="now"/> is what relative times such as <c>now-15m</c> count from. Throws
    /// <see cref="QueryException"/>; never widens a search.
    /// </summary>
    public static Query Parse(string? text, DocumentKind kind, Instant now)
    {
        if (string.IsNullOrWhiteSpace(text))
            return new Query.Everything();
        if (text.Length > MaxLength)
            throw Mistake.At($"A query has at most {MaxLength} characters, this one has {text.Length}.", MaxLength, text.Length - MaxLength);
        return new QueryParser(QueryLexer.Read(text), kind, now).ParseAll();
    }
}
