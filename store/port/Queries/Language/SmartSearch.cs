namespace Homer.Search.Store;

/// <summary>
/// The operators of HOMER 7's smart search behind the name of a field: <c>=</c>, <c>!=</c>, <c>LIKE "%x%"</c>, <c>IN (a, b)</c>, the last two also with
/// <c>NOT</c>. Without a field's name before them they are parts of a value, as in KQL.
/// </summary>
static class SmartSearch
{
    /// <summary>Null, with nothing taken, when what comes next is not one of them.</summary>
    public static Query? TryParse(QueryParser parser, FieldNames names, Conditions conditions)
    {
        if (parser.Current.Kind != TokenKind.Word || !FieldNames.IsKnown(parser.Current))
            return null;

        if (parser.Following.Kind == TokenKind.Equals)
        {
            FieldPath path = names.ResolveOne(parser.Take());
            QueryToken equals = parser.Take();
            Query equal = conditions.Match(path, parser.TakeValue(equals));
            return equals.Text == "=" ? equal : new Query.Not(equal);
        }

        bool negated = parser.Following.Kind == TokenKind.Not;
        QueryToken word = negated ? parser.Peek(2) : parser.Following;
        bool isList = Is(word, "in") && parser.Peek(negated ? 3 : 2).Kind == TokenKind.OpenParenthesis;
        if (!isList && !(Is(word, "like") && parser.Peek(negated ? 3 : 2).IsLiteral))
            return null;

        FieldPath field = names.ResolveOne(parser.Take());
        if (negated)
            parser.Take();
        parser.Take();
        Query condition = isList ? In(parser, field, conditions) : Like(parser.Take(), field, conditions);
        return negated ? new Query.Not(condition) : condition;
    }

    static bool Is(QueryToken token, string word) => token.Kind == TokenKind.Word && token.Text.Equals(word, StringComparison.OrdinalIgnoreCase);

    /// <summary><c>%</c> stands for any characters; <c>_</c> for itself, as in HOMER.</summary>
    static Query Like(QueryToken pattern, FieldPath path, Conditions conditions) =>
        conditions.Match(path, new QueryLiteral(
            pattern.Text.Split('%'), Quoted: pattern.Kind == TokenKind.Quoted && !pattern.Text.Contains('%'), pattern.Start, pattern.End));

    static Query.Or In(QueryParser parser, FieldPath path, Conditions conditions)
    {
        QueryToken opening = parser.Take();
        var values = new List<Query>();
        while (parser.Current.IsLiteral)
        {
            QueryToken token = parser.Take();
            string[] texts = token.Kind == TokenKind.Quoted ? [token.Text] : token.Text.Split(',', StringSplitOptions.RemoveEmptyEntries);
            values.AddRange(texts.Select(text => conditions.Match(path, new QueryLiteral([text], Quoted: true, token.Start, token.End))));
        }

        if (values.Count == 0)
            throw Mistake.At("A value is missing in the list.", parser.Current);
        parser.Close(opening);
        return new Query.Or(values);
    }
}
