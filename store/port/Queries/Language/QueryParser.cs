using Homer.Search.Protocol;

namespace Homer.Search.Store;

/// <summary>
/// Reads tokens into a tree by recursive descent: <c>or</c> binds weakest, then <c>and</c>, then <c>not</c>. A level of parentheses or of <c>not</c>
/// is a level of the stack, so their depth is bounded.
/// </summary>
sealed class QueryParser(IReadOnlyList<QueryToken> tokens, DocumentKind kind, Instant now)
{
    const int MaxDepth = 200;

    readonly FieldNames _names = new(kind);
    readonly Conditions _conditions = new(now);
    int _next;
    int _depth;

    internal QueryToken Current => tokens[_next];

    internal QueryToken Following => Peek(1);

    public Query ParseAll()
    {
        Query query = ParseOr(ParseExpression);
        return Current.Kind switch
        {
            TokenKind.End => query,
            TokenKind.CloseParenthesis => throw Mistake.At("There is no '(' before this ')'.", Current),
            _ => throw Unexpected(),
        };
    }

    Query ParseOr(Func<Query> leaf)
    {
        Query first = ParseAnd(leaf);
        if (Current.Kind != TokenKind.Or)
            return first;

        var parts = new List<Query> { first };
        while (TryTake(TokenKind.Or))
            parts.Add(ParseAnd(leaf));
        return new Query.Or(parts);
    }

    Query ParseAnd(Func<Query> leaf)
    {
        Query first = ParseNot(leaf);
        if (Current.Kind != TokenKind.And)
            return first;

        var parts = new List<Query> { first };
        while (TryTake(TokenKind.And))
            parts.Add(ParseNot(leaf));
        return new Query.And(parts);
    }

    Query ParseNot(Func<Query> leaf)
    {
        if (Current.Kind is not (TokenKind.Not or TokenKind.OpenParenthesis))
            return leaf();

        QueryToken opening = Take();
        if (++_depth > MaxDepth)
            throw Mistake.At($"Parentheses and 'not' are nested deeper than {MaxDepth} levels.", opening);

        Query query = opening.Kind == TokenKind.Not ? new Query.Not(ParseNot(leaf)) : ParseOr(leaf);
        if (opening.Kind == TokenKind.OpenParenthesis)
            Close(opening);
        _depth--;
        return query;
    }

    Query ParseExpression()
    {
        if (Current.Kind == TokenKind.Colon || (Current.Kind == TokenKind.Word && Current.Touches(Following) && Following.Kind == TokenKind.Colon))
        {
            // An IPv6 address needs no quotes, unless its first group is also the name of a field.
            if (RunIsAddress())
                return _names.Defaults(TakeValue(), _conditions);
        }

        if (!Current.IsLiteral)
            throw Missing("Something to look for");

        switch (Following.Kind)
        {
            case TokenKind.Colon:
                return ParseField(Take(), Take());
            case TokenKind.Comparison:
                return ParseRange(Take(), Take());
            default:
                return SmartSearch.TryParse(this, _names, _conditions) ?? _names.Defaults(TakeValue(), _conditions);
        }
    }

    /// <summary><c>field : value</c> and <c>field : (value or not value)</c>.</summary>
    Query ParseField(QueryToken name, QueryToken colon)
    {
        IReadOnlyList<FieldPath> paths = _names.Resolve(name);
        bool any = name is { Kind: TokenKind.Word, Text: "*" };
        Query Condition()
        {
            QueryLiteral value = TakeValue(colon);
            return any ? _names.Defaults(value, _conditions) : _conditions.AnyOf(paths, value);
        }

        return Current.Kind == TokenKind.OpenParenthesis ? ParseNot(Condition) : Condition();
    }

    Query ParseRange(QueryToken name, QueryToken comparison)
    {
        if (Current.Kind == TokenKind.OpenParenthesis)
            throw Mistake.At($"'{comparison.Text}' takes one value, not several.", Current);
        return _conditions.Compare(_names.ResolveOne(name), comparison.Text, TakeValue(comparison));
    }

    internal QueryToken Peek(int ahead) => tokens[Math.Min(_next + ahead, tokens.Count - 1)];

    internal QueryToken Take() => tokens[_next++];

    internal bool TryTake(TokenKind kind)
    {
        if (Current.Kind != kind)
            return false;
        _next++;
        return true;
    }

    internal void Close(QueryToken opening)
    {
        if (TryTake(TokenKind.CloseParenthesis))
            return;
        throw Current.Kind == TokenKind.End ? Mistake.At("This '(' is never closed.", opening) : Unexpected();
    }

    /// <summary>
    /// A quoted value, or words up to an operator. Colons and equal signs without blanks around them belong to the value, so that addresses, times
    /// and URIs need no quotes.
    /// </summary>
    internal QueryLiteral TakeValue(QueryToken? after = null)
    {
        QueryToken first = Current;
        if (first.Kind == TokenKind.Quoted)
        {
            Take();
            return new QueryLiteral(first.Parts, Quoted: true, first.Start, first.End);
        }

        if (!IsValuePart(first.Kind) || (first.Kind == TokenKind.Colon && !first.Touches(Following)))
            throw Missing("A value", after);

        List<string> parts = [""];
        QueryToken last = TakeRun(parts);
        while (Current.Kind == TokenKind.Word)
        {
            bool isField = Following.Kind is TokenKind.Colon or TokenKind.Comparison
                || (Following.Kind == TokenKind.Equals && FieldNames.IsKnown(Current));
            if (isField)
                throw Mistake.At($"'{Current.Text}' begins another condition; write 'and' or 'or' before it.", Current);
            parts[^1] += new string(' ', Current.Start - last.End);
            last = TakeRun(parts);
        }

        return new QueryLiteral(parts, Quoted: false, first.Start, last.End);
    }

    /// <summary>Tokens without blanks between them, added to the parts of a value.</summary>
    QueryToken TakeRun(List<string> parts)
    {
        while (true)
        {
            QueryToken token = Take();
            parts[^1] += token.Parts[0];
            parts.AddRange(token.Parts.Skip(1));
            if (!token.Touches(Current) || !IsValuePart(Current.Kind))
                return token;
        }
    }

    bool RunIsAddress()
    {
        int before = _next;
        QueryToken first = Current;
        List<string> parts = [""];
        TakeRun(parts);
        _next = before;
        return parts.Count == 1 && !FieldNames.IsKnown(first) && Conditions.TryReadNetwork(parts[0], out _);
    }

    static bool IsValuePart(TokenKind kind) => kind is TokenKind.Word or TokenKind.Colon or TokenKind.Equals;

    QueryException Unexpected() => Current.Kind is TokenKind.Colon or TokenKind.Comparison or TokenKind.Equals
        ? Mistake.At($"'{Current.Text}' cannot stand here; put a value that contains it in quotes.", Current)
        : Mistake.At($"'{Current.Text}' stands beside what is before it; write 'and' or 'or' between them.", Current);

    QueryException Missing(string what, QueryToken? after = null)
    {
        QueryToken before = after ?? (_next > 0 ? tokens[_next - 1] : Current);
        string place = before == Current ? "here" : $"after '{before.Text}'";
        string found = Current.Kind == TokenKind.End ? "" : $", before '{Current.Text}'";
        return Mistake.At($"{what} is missing {place}{found}.", Current);
    }
}
