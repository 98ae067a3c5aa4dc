using System.Net;
using System.Text;
using Homer.Search.Protocol;

namespace Homer.Search.Store.DuckDb;

/// <summary>
/// Compiles a query tree to a condition of SQL. Names come from the catalogue, values are parameters. A condition may be null where a field has no
/// value, which only <c>not</c> tells from false, and it does so by <c>IS NOT TRUE</c>.
/// </summary>
/// <param name="isRough">
/// For a condition that all documents found fulfil and perhaps others, without the patterns that words need: the engine takes up to 40 ms to make one ready.
/// </param>
sealed class QuerySql(DocumentKind kind, SqlText sql, bool isRough = false)
{
    const string Nothing = "FALSE";
    const string Anything = "TRUE";

    /// <summary>Whether a condition was compiled that a rough one is much faster than.</summary>
    public bool HasPatterns { get; private set; }

    public string Compile(Query query) => query switch
    {
        Query.Everything => Anything,
        Query.And and => Join(and.Parts, " AND ", Anything),
        Query.Or or => Join(or.Parts, " OR ", Nothing),
        Query.Not when isRough => Anything,
        Query.Not not => $"({Compile(not.Part)}) IS NOT TRUE",
        Query.Equal equal => Each(equal.Field, field => Equal(field, equal.Value)),
        Query.Wildcard wildcard => Each(wildcard.Field, field => Matches(field, wildcard.Pattern)),
        Query.Words words => Each(words.Field, field => HasWords(field, words.Text, words.InOrder)),
        Query.Range range => Each(range.Field, field => Between(field, range)),
        Query.Cidr cidr => Each(cidr.Field, field => InNetwork(field, cidr.Network)),
        Query.Exists exists => Each(exists.Field, Exists),
        _ => throw new NotSupportedException($"{query.GetType().Name} is no query this store knows."),
    };

    /// <summary>The time range as a condition.</summary>
    public string Within(TimeRange range)
    {
        string time = TableLayout.Quote(Fields.Timestamp.Name);
        return $"{time} >= {sql.Value(range.From.Nanoseconds)} AND {time} < {sql.Value(range.To.Nanoseconds)}";
    }

    string Join(IReadOnlyList<Query> parts, string word, string whenEmpty) =>
        parts.Count == 0 ? whenEmpty : string.Join(word, parts.Select(part => $"({Compile(part)})"));

    /// <summary>A field made of others matches when one of them does.</summary>
    string Each(FieldPath path, Func<FieldPath, string> condition)
    {
        if (path.Field.Column(kind) < 0)
            return Nothing;
        if (path.Field.UnionOf.Count == 0)
            return condition(path);
        return string.Join(" OR ", path.Field.UnionOf.Where(field => field.Column(kind) >= 0).Select(field => $"({condition(field)})"));
    }

    string Equal(FieldPath path, object value)
    {
        string column = Column(path);
        if (path.Field.Type == FieldType.Text)
            return HasWords(path, (string)value, inOrder: true);
        if (path.Field.Many)
            return value is string text && !text.Contains('\n', StringComparison.Ordinal) ? $"contains({column}, {sql.Value($"\n{text}\n")})" : Nothing;
        if (path is { Field.Type: FieldType.Object, Name: null })
            return $"list_contains(json_extract_string({TableLayout.Quote(path.Field.Name)}, '$.*'), {sql.Value(value)})";

        string equal = $"{column} = {sql.Value(Stored(value))}";
        return path.Field == Fields.CallId
            ? $"{TableLayout.CallHash} = {sql.Value(CallHash.Of(Encoding.UTF8.GetBytes((string)value)))} AND {equal}"
            : equal;
    }

    string Matches(FieldPath path, WildcardPattern pattern)
    {
        IReadOnlyList<string> parts = pattern.Parts;
        if (parts.All(part => part.Length == 0) && path.Field.Type != FieldType.Text)
            return Exists(path);

        string column = Column(path);
        if (path.Field.Many)
            return $"regexp_matches({column}, {sql.Value(WordPattern.OfLine(pattern))})";
        if (path.Field.Type == FieldType.Text)
        {
            HasPatterns = true;
            return isRough ? HasPieces(path, parts) : $"regexp_matches({column}, {sql.Value(WordPattern.OfWord(pattern))})";
        }

        // The engine searches a plain substring faster than a pattern.
        return parts switch
        {
            [var prefix, ""] => $"starts_with({column}, {sql.Value(prefix)})",
            ["", var suffix] => $"suffix({column}, {sql.Value(suffix)})",
            ["", var middle, ""] => $"contains({column}, {sql.Value(middle)})",
            _ => $"{column} LIKE {sql.Value(string.Join('%', parts.Select(EscapeLike)))} ESCAPE '\\'",
        };
    }

    string HasWords(FieldPath path, string text, bool inOrder)
    {
        IReadOnlyList<string> words = TextWords.Of(text);
        if (words.Count == 0)
            return inOrder ? Exists(path) : Nothing;
        HasPatterns = true;
        if (isRough)
            return HasPieces(path, words);
        IEnumerable<string> patterns = inOrder ? [WordPattern.OfWords(words)] : words.Select(word => WordPattern.OfWords([word]));
        return string.Join(" AND ", patterns.Select(pattern => $"regexp_matches({Column(path)}, {sql.Value(pattern)})"));
    }

    /// <summary>Roughly that it has these words or parts of words: those that the engine turns to lower case as .NET does.</summary>
    string HasPieces(FieldPath path, IReadOnlyList<string> pieces) => string.Join(
        " AND ", pieces.Where(static piece => Ascii.IsValid(piece)).Select(piece => $"contains(lower({Column(path)}), {sql.Value(piece.ToLowerInvariant())})").Prepend(Anything));

    string Between(FieldPath path, Query.Range range)
    {
        if (!path.Field.Many)
            return Bounds(Column(path), range);
        return $"EXISTS (SELECT 1 FROM (SELECT unnest({Values(path.Field)}) AS one) WHERE {Bounds("one", range)})";
    }

    string Bounds(string column, Query.Range range)
    {
        var bounds = new List<string>(2);
        if (range.From is { } from)
            bounds.Add($"{column} {(range.FromIncluded ? ">=" : ">")} {sql.Value(Stored(from))}");
        if (range.To is { } to)
            bounds.Add($"{column} {(range.ToIncluded ? "<=" : "<")} {sql.Value(Stored(to))}");
        return bounds.Count == 0 ? $"{column} IS NOT NULL" : string.Join(" AND ", bounds);
    }

    string InNetwork(FieldPath path, IPNetwork network)
    {
        (string first, string last) = AddressText.Range(network);
        return $"{Column(path)} BETWEEN {sql.Value(first)} AND {sql.Value(last)}";
    }

    string Exists(FieldPath path) => $"{Column(path)} IS NOT NULL";

    string Column(FieldPath path)
    {
        string column = TableLayout.Quote(path.Field.Name);
        return path is { Field.Type: FieldType.Object, Name: { } name }
            ? $"json_extract_string({column}, {sql.Value("/" + name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal))})"
            : column;
    }

    /// <summary>The values of a field that may have many, as a list.</summary>
    public static string Values(Field field) => $"string_split(trim({TableLayout.Quote(field.Name)}, chr(10)), chr(10))";

    /// <summary>A value as its column holds it.</summary>
    static object Stored(object value) => value switch
    {
        IPAddress address => AddressText.Of(address),
        Instant instant => instant.Nanoseconds,
        _ => value,
    };

    static string EscapeLike(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal);
}
