using System.Net;
using System.Text.Json;

namespace Homer.Search.Store;

/// <summary>
/// Whether a document is what a query looks for, without any store: for live subscriptions, and the meaning that every store is tested against.
/// </summary>
public static class QueryMatch
{
    public static bool Matches(Query query, Document document) => query switch
    {
        Query.Everything => true,
        Query.And and => and.Parts.All(part => Matches(part, document)),
        Query.Or or => or.Parts.Any(part => Matches(part, document)),
        Query.Not not => !Matches(not.Part, document),
        Query.Exists exists => Values(exists.Field, document).Any(),
        Query.Equal equal => Values(equal.Field, document).Any(value => ValueOrder.Compare(value, equal.Value) == 0),
        Query.Range range => Values(range.Field, document).Any(value => IsWithin(value, range)),
        Query.Cidr cidr => Values(cidr.Field, document).Any(value => IsWithin((IPAddress)value, cidr.Network)),
        Query.Words words => Values(words.Field, document).Any(value => TextWords.Contains((string)value, words.Text, words.InOrder)),
        Query.Wildcard wildcard => Values(wildcard.Field, document).Any(value => IsLike((string)value, wildcard)),
        _ => throw new ArgumentException($"{query.GetType().Name} is no part of the query tree."),
    };

    /// <summary>Every value of a field: those of its other fields when it is a union, and of an object those under the name.</summary>
    public static IEnumerable<object> Values(FieldPath path, Document document)
    {
        Field field = path.Field;
        if (field.UnionOf.Count > 0)
            return field.UnionOf.SelectMany(part => Values(part, document));
        if (document[field] is not { } value)
            return [];
        if (path.Name is not null)
            return InObject((string)value, path.Name);
        return field.Many ? (string[])value : [value];
    }

    static IEnumerable<object> InObject(string json, string name)
    {
        using var parsed = JsonDocument.Parse(json);
        return parsed.RootElement.TryGetProperty(name, out JsonElement value) ? [value.GetString()!] : [];
    }

    static bool IsWithin(object value, Query.Range range) =>
        (range.From is null || ValueOrder.Compare(value, range.From) is var low && (low > 0 || (low == 0 && range.FromIncluded)))
        && (range.To is null || ValueOrder.Compare(value, range.To) is var high && (high < 0 || (high == 0 && range.ToIncluded)));

    static bool IsWithin(IPAddress address, IPNetwork network)
    {
        (UInt128 first, UInt128 last) = ValueOrder.Bounds(network);
        return ValueOrder.Number(address) is var number && number >= first && number <= last;
    }

    static bool IsLike(string value, Query.Wildcard wildcard) => wildcard.Field.Field.Type == FieldType.Text
        ? TextWords.Of(value).Any(word => wildcard.Pattern.Matches(word, StringComparison.OrdinalIgnoreCase))
        : wildcard.Pattern.Matches(value, StringComparison.Ordinal);
}
