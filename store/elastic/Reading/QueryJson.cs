using System.Text.Json;

namespace Homer.Search.Store.Elastic;

/// <summary>
/// Writes a query tree as query JSON with the meaning of <see cref="QueryMatch"/>. Nothing is scored and no script is used; what this writes means
/// the same on every engine.
/// </summary>
sealed class QueryJson(DocumentKind kind, Utf8JsonWriter json)
{
    /// <summary>Values of one <c>terms</c> query; the engines take up to 65,536.</summary>
    const int MostTerms = 10_000;

    QueryClause Clause => new(json);

    /// <summary>The documents of a range that a query finds, and perhaps more conditions.</summary>
    public void Write(TimeRange range, Query where, params ReadOnlySpan<Query> more)
    {
        json.WriteStartObject();
        json.WriteStartObject("bool");
        json.WriteStartArray("filter");
        Write(new Query.Range(Fields.Timestamp, range.From, true, range.To, false));
        if (where is not Query.Everything)
            Write(where);
        foreach (Query each in more)
            Write(each);
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    public void Write(Query query)
    {
        switch (query)
        {
            case Query.Everything:
                Clause.Empty("match_all");
                break;
            case Query.And and:
                Bool("filter", and.Parts, "match_all");
                break;
            case Query.Or or:
                Bool("should", [.. Gathered(or.Parts)], "match_none");
                break;
            case Query.Not not:
                Bool("must_not", [not.Part], "match_all");
                break;
            case AnyOf any when Has(any.Field):
                Terms(any);
                break;
            case Query.Equal equal when Has(equal.Field):
                Equal(equal.Field, equal.Value);
                break;
            case Query.Wildcard wildcard when Has(wildcard.Field):
                Like(wildcard.Field, wildcard.Pattern.Parts);
                break;
            case Query.Words words when Has(words.Field):
                HasWords(words.Text, words.InOrder);
                break;
            case Query.Range range when Has(range.Field):
                Between(range);
                break;
            case Query.Cidr cidr when Has(cidr.Field):
                (UInt128 first, UInt128 last) = ValueOrder.Bounds(cidr.Network);
                Clause.Bounds(cidr.Field.Field.Name, QueryClause.Address(first), "gte", QueryClause.Address(last), "lte");
                break;
            case Query.Exists exists when Has(exists.Field):
                Exists(exists.Field);
                break;
            default:
                // No document of this kind has the field.
                Clause.Empty("match_none");
                break;
        }
    }

    bool Has(FieldPath path) => path.Field.Column(kind) >= 0;

    /// <summary>Values of one field that any of is enough; the engine looks them up together.</summary>
    sealed record AnyOf(Field Field, IReadOnlyList<string> Values) : Query;

    /// <summary>Alternatives about one plain field are put together: the messages of many calls are one look-up, not a clause a call.</summary>
    static IEnumerable<Query> Gathered(IReadOnlyList<Query> parts)
    {
        ILookup<Field?, Query> byField = parts.ToLookup(
            part => part is Query.Equal { Field: { Name: null, Field: { Type: FieldType.Keyword } field } } ? field : null);
        foreach (IGrouping<Field?, Query> group in byField)
        {
            if (group.Key is null || group.Count() == 1)
            {
                foreach (Query part in group)
                    yield return part;
                continue;
            }

            foreach (Query[] some in group.Chunk(MostTerms))
                yield return new AnyOf(group.Key, [.. some.Select(part => (string)((Query.Equal)part).Value)]);
        }
    }

    void Bool(string occur, IReadOnlyList<Query> parts, string whenEmpty)
    {
        if (parts.Count == 0)
        {
            Clause.Empty(whenEmpty);
            return;
        }

        json.WriteStartObject();
        json.WriteStartObject("bool");
        json.WriteStartArray(occur);
        foreach (Query part in parts)
            Write(part);
        json.WriteEndArray();
        if (occur == "should")
            json.WriteNumber("minimum_should_match", 1);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    void Terms(AnyOf any)
    {
        json.WriteStartObject();
        json.WriteStartObject("terms");
        json.WriteStartArray(any.Field.Name);
        foreach (string value in any.Values)
            json.WriteStringValue(value);
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    void Equal(FieldPath path, object value)
    {
        Field field = path.Field;
        switch (field.Type)
        {
            case FieldType.Text:
                HasWords((string)value, inOrder: true);
                break;
            case FieldType.Object when path.Name is null:
                Clause.Value("wildcard", field.Name, "*" + QueryClause.Escape(FieldMapping.NameEnd + (string)value));
                break;
            case FieldType.Object:
                Clause.Value("term", field.Name, path.Name + FieldMapping.NameEnd + (string)value);
                break;
            case FieldType.Instant:
                // A term would be read to the millisecond by some versions.
                Clause.Bounds(field.Name, value, "gte", value, "lte");
                break;
            default:
                Clause.Value("term", field.Name, value);
                break;
        }
    }

    void Like(FieldPath path, IReadOnlyList<string> parts)
    {
        Field field = path.Field;
        if (field.Type == FieldType.Text)
        {
            WordLike(parts);
            return;
        }

        if (parts.All(part => part.Length == 0))
        {
            Exists(path);
            return;
        }

        if (field.Type == FieldType.Object)
        {
            string start = path.Name + FieldMapping.NameEnd + parts[0];
            parts = path.Name is null ? ["", start, .. parts.Skip(1)] : [start, .. parts.Skip(1)];
        }

        if (parts is [var prefix, ""])
            Clause.Value("prefix", field.Name, prefix);
        else
            Clause.Value("wildcard", FieldFor(field, parts), string.Join('*', parts.Select(QueryClause.Escape)));
    }

    static string FieldFor(Field field, IReadOnlyList<string> parts) =>
        field == Fields.RelatedUser && parts[0].Length == 0 ? FieldMapping.UserParts : field.Name;

    void WordLike(IReadOnlyList<string> parts)
    {
        if (parts.Any(part => part.Length > 0))
            Clause.Value("wildcard", FieldMapping.Words, string.Join('*', parts.Select(part => QueryClause.Escape(part.ToLowerInvariant()))));
        else
            AnyWord();
    }

    void HasWords(string text, bool inOrder)
    {
        string[] words = [.. TextWords.Of(text).Select(word => word.ToLowerInvariant())];
        if (words.Length == 0 && inOrder)
        {
            AnyWord();
            return;
        }

        if (words.Length == 0)
        {
            Exists(Fields.Text);
            return;
        }

        json.WriteStartObject();
        json.WriteStartObject("bool");
        json.WriteStartArray("filter");
        // A phrase even of one word: so the engine cuts one that is too long for it as it did when it was stored.
        foreach (string phrase in inOrder ? [string.Join(' ', words)] : words)
            Clause.Value("match_phrase", FieldMapping.Words, phrase);
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    void AnyWord()
    {
        json.WriteStartObject();
        json.WriteStartObject("bool");
        json.WriteStartArray("filter");
        Exists(Fields.Text);
        json.WriteEndArray();
        json.WriteStartArray("must_not");
        Clause.Value("match_phrase", FieldMapping.Words, FieldMapping.NoWord);
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    void Between(Query.Range range)
    {
        Field field = range.Field.Field;
        if (range is { From: null, To: null })
        {
            Exists(range.Field);
            return;
        }

        if (field.Type == FieldType.Text || range.Field is { Field.Type: FieldType.Object, Name: null })
            throw new StoreException($"The values of {range.Field} have no order. Search them by words instead.", isTransient: false) { IsMistake = true };
        if (range.Field.Name is { } name)
        {
            string start = name + FieldMapping.NameEnd;
            Clause.Bounds(
                field.Name,
                start + (string?)range.From,
                range.From is null || range.FromIncluded ? "gte" : "gt",
                range.To is null ? name + FieldMapping.BehindName : start + (string)range.To,
                range.To is not null && range.ToIncluded ? "lte" : "lt");
            return;
        }

        Clause.Bounds(field.Name, range.From, range.FromIncluded ? "gte" : "gt", range.To, range.ToIncluded ? "lte" : "lt");
    }

    void Exists(FieldPath path)
    {
        if (path.Name is { } name)
            Clause.Value("prefix", path.Field.Name, name + FieldMapping.NameEnd);
        else
            Clause.Value("exists", "field", path.Field.Type == FieldType.Text ? FieldMapping.Words : path.Field.Name);
    }
}
