using Homer.Search.Protocol;

namespace Homer.Search.Store;

/// <summary>KQL as Kibana users type it, read into a <see cref="Query"/> for one kind of document.</summary>
public static class QueryLanguage
{
    /// <summary>
    /// Null or blank is <see cref="Query.Everything"/>. <paramref name="now"/> is what relative times such as <c>now-15m</c> count from. Throws
    /// <see cref="QueryException"/>; never widens a search.
    /// </summary>
    public static Query Parse(string? text, DocumentKind kind, Instant now) => throw new NotImplementedException();
}
