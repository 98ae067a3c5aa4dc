namespace Homer.Search.Store;

/// <summary>A value as it stands in a query, not yet of any type.</summary>
/// <param name="Parts">Its text, cut at each wildcard.</param>
readonly record struct QueryLiteral(IReadOnlyList<string> Parts, bool Quoted, int Start, int End)
{
    public string Text => string.Join('*', Parts);

    public bool HasWildcard => Parts.Count > 1;

    /// <summary>Nothing but wildcards: any value.</summary>
    public bool IsAnything => HasWildcard && Parts.All(part => part.Length == 0);

    public WildcardPattern Pattern => new(Parts);

    public QueryException Mistake(string what) => Store.Mistake.At(what, Start, End - Start);
}
