namespace Homer.Search.Store;

enum TokenKind
{
    /// <summary>Characters up to a blank or one with a meaning of its own.</summary>
    Word,
    Quoted,
    OpenParenthesis,
    CloseParenthesis,
    Colon,
    Comparison,

    /// <summary><c>=</c> or <c>!=</c>: an operator behind the name of a field, elsewhere a part of a value.</summary>
    Equals,
    And,
    Or,
    Not,
    End,
}

/// <summary>One piece of a query's text.</summary>
/// <param name="Parts">What it says, without quotes and escapes, cut at each wildcard.</param>
readonly record struct QueryToken(TokenKind Kind, string[] Parts, int Start, int End)
{
    public bool IsLiteral => Kind is TokenKind.Word or TokenKind.Quoted;

    /// <summary>What it says; a wildcard as <c>*</c>.</summary>
    public string Text => string.Join('*', Parts);

    /// <summary>Whether nothing stands between this and the next.</summary>
    public bool Touches(QueryToken next) => End == next.Start && next.Kind != TokenKind.End;
}
