namespace Homer.Search.Store;

/// <summary>KQL as Kibana users type it, read into a <see cref="Query"/> for one kind of document.</summary>
public static class QueryLanguage
{
    /// <summary>Null or blank is <see cref="Query.Everything"/>. Throws <see cref="QueryException"/>; never widens a search.</summary>
    public static Query Parse(string? text, DocumentKind kind) => throw new NotImplementedException();
}
