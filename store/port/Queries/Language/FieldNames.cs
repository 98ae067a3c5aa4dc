namespace Homer.Search.Store;

/// <summary>What the names in a query of one kind of document stand for.</summary>
sealed class FieldNames(DocumentKind kind)
{
    /// <summary>Whether a token is the name of a field, of any kind.</summary>
    public static bool IsKnown(QueryToken token) => Catalogue.Find(token.Text) is not null || InObject(token.Text) is not null;

    /// <summary>The field or, when the name has wildcards, all that match it. Throws when there is none.</summary>
    public IReadOnlyList<FieldPath> Resolve(QueryToken name)
    {
        if (name.Kind == TokenKind.Quoted || name.Parts.Length == 1)
            return [ResolveOne(name)];

        var pattern = new WildcardPattern(name.Parts);
        FieldPath[] matching = [.. Catalogue.Of(kind).ToArray()
            .Where(field => !field.StoredOnly && pattern.Matches(field.Name, StringComparison.OrdinalIgnoreCase)).Select(field => new FieldPath(field))];
        return matching.Length > 0 ? matching : throw Mistake.At($"No field of {People(kind)} is named like '{name.Text}'.", name);
    }

    /// <summary>The one field of this name.</summary>
    public FieldPath ResolveOne(QueryToken name)
    {
        string text = name.Text;
        if (name.Kind == TokenKind.Word && name.Parts.Length > 1)
            throw Mistake.At($"'{text}' may name several fields; here one is needed.", name);

        FieldPath path = Catalogue.Find(text) is { } field ? new FieldPath(field) : InObject(text) ?? throw Unknown(name);
        if (path.Field.StoredOnly)
            throw Mistake.At($"'{text}' is stored but cannot be searched.", name);
        if (path.Field.Column(kind) < 0)
            throw Mistake.At($"'{text}' is no field of {People(kind)}, but of {string.Join(" and ", path.Field.Kinds.Select(People))}.", name);
        return path;
    }

    /// <summary>
    /// The condition for a value that no field stands before: one of the default fields has it. A field whose type cannot have it is passed over.
    /// </summary>
    public Query Defaults(QueryLiteral value, Conditions conditions)
    {
        if (value is { Quoted: false, IsAnything: true })
            return new Query.Everything();

        Query[] parts = [.. DefaultFields.Of(kind).Select(field => conditions.TryMatch(field, value)).OfType<Query>()];
        return parts.Length == 1 ? parts[0] : new Query.Or(parts);
    }

    /// <summary><c>sip.headers.X-Account</c>: a name within an object. Header names have no case (RFC 3261 §7.3.1) and are stored in lower case.</summary>
    static FieldPath? InObject(string text)
    {
        foreach (Field field in Catalogue.Fields.Where(field => field.Type == FieldType.Object))
        {
            foreach (string name in field.Aliases.Prepend(field.Name))
            {
                if (text.Length > name.Length + 1 && text[name.Length] == '.' && text.StartsWith(name, StringComparison.OrdinalIgnoreCase))
                    return new FieldPath(field, text[(name.Length + 1)..].ToLowerInvariant());
            }
        }

        return null;
    }

    QueryException Unknown(QueryToken name)
    {
        string? near = Spelling.Nearest(name.Text, Catalogue.Names(kind));
        return Mistake.At($"There is no field '{name.Text}'{(near is null ? "." : $"; did you mean '{near}'?")}", name, near);
    }

    static string People(DocumentKind kind) => kind switch
    {
        DocumentKind.Sip => "SIP messages",
        DocumentKind.Log => "log lines",
        DocumentKind.Qos => "quality reports",
        _ => "calls",
    };
}
