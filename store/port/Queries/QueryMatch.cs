namespace Homer.Search.Store;

/// <summary>Whether a document is what a query looks for: the meaning of <see cref="Query"/> without any store.</summary>
public static class QueryMatch
{
    public static bool Matches(Query query, Document document) => throw new NotImplementedException();
}
