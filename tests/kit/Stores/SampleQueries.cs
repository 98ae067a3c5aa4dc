using System.Net;
using System.Net.Sockets;
using Homer.Search.Store;

namespace Homer.Search.Tests.Stores;

/// <summary>Queries about documents that are there: for each field every node of the tree that its type allows, and combinations of those.</summary>
public static class SampleQueries
{
    public static IEnumerable<Query> About(IReadOnlyList<Document> documents, DocumentKind kind)
    {
        var random = new Random(4711);
        Query[] leaves = [new Query.Everything(), .. Paths(kind).SelectMany(path => Leaves(path, documents, random))];
        return [.. leaves, .. Enumerable.Range(0, 150).Select(_ => Combine(leaves, random, depth: 3))];
    }

    static IEnumerable<FieldPath> Paths(DocumentKind kind) => Catalogue.Of(kind).ToArray()
        .Where(field => !field.StoredOnly && field != Fields.JournalId)
        .SelectMany<Field, FieldPath>(field => field.Type == FieldType.Object
            ? [field, .. new[] { "x-cid", "x.dotted", "x\"quoted", "x_under", "x-none" }.Select(name => new FieldPath(field, name))]
            : [field]);

    static IEnumerable<Query> Leaves(FieldPath path, IReadOnlyList<Document> documents, Random random)
    {
        yield return new Query.Exists(path);
        if (path is { Field.Type: FieldType.Object, Name: null })
            yield break;

        object[] values = [.. documents.SelectMany(document => QueryMatch.Values(path, document)).Distinct().OrderBy(_ => random.Next())];
        foreach (object value in values.Take(IsSpecial(path) ? 10 : 2))
        {
            bool isText = path.Field.Type == FieldType.Text;
            foreach (Query query in isText ? AboutText(path, (string)value, random) : AboutValue(path, value, values[0], random))
                yield return query;
        }
    }

    /// <summary>Fields that a store treats each in a way of its own; the others of one type are all alike.</summary>
    static bool IsSpecial(FieldPath path) =>
        path.Name is not null || path.Field.Many || new[] { Fields.CallId, Fields.FromUser, Fields.SourceIp, Fields.Text }.Contains(path.Field);

    static IEnumerable<Query> AboutValue(FieldPath path, object value, object other, Random random)
    {
        yield return new Query.Equal(path, value);
        // The language knows no order of true and false.
        if (value is bool)
            yield break;
        bool included = random.Next(2) == 0;
        yield return new Query.Range(path, value, included, null, false);
        yield return new Query.Range(path, null, false, value, !included);
        yield return new Query.Range(path, value, included, other, included);
        if (value is string text)
        {
            yield return new Query.Equal(path, text + "x");
            yield return new Query.Equal(path, text.ToUpperInvariant());
            foreach (Query query in Wildcards(path, text, random))
                yield return query;
        }
        else if (value is IPAddress address)
        {
            int width = address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128;
            foreach (int prefix in new[] { 0, 7, 8, 24, 32, width })
                yield return new Query.Cidr(path, Network(address, prefix));
        }
    }

    static IEnumerable<Query> Wildcards(FieldPath path, string text, Random random)
    {
        int from = LetterStart(text, random.Next(text.Length));
        int to = LetterStart(text, random.Next(from, text.Length + 1));
        string[][] patterns =
        [
            [text[..to], ""], ["", text[from..]], ["", text[from..to], ""], [text[..from], text[to..]], ["", text[..from], text[to..], ""],
            [text, ""], [text, text], ["", ""],
        ];
        foreach (string[] parts in patterns)
            yield return new Query.Wildcard(path, new WildcardPattern(parts));
    }

    /// <summary>Half a letter is no text that anyone could type or a store could hold.</summary>
    static int LetterStart(string text, int at) => at < text.Length && char.IsLowSurrogate(text[at]) ? at - 1 : at;

    static IEnumerable<Query> AboutText(FieldPath path, string text, Random random)
    {
        IReadOnlyList<string> words = TextWords.Of(text);
        if (words.Count == 0)
            yield break;

        string word = words[random.Next(words.Count)];
        string last = words[^1];
        yield return new Query.Words(path, word, InOrder: false);
        yield return new Query.Words(path, word[..^1] + "q", InOrder: false);
        yield return new Query.Words(path, word.ToUpperInvariant(), InOrder: true);
        yield return new Query.Words(path, $"{last}, {words[0]}", InOrder: false);
        yield return new Query.Words(path, $"{last} {words[0]}", InOrder: true);
        yield return new Query.Words(path, text, InOrder: true);
        yield return new Query.Wildcard(path, new WildcardPattern([word[..1], ""]));
        yield return new Query.Wildcard(path, new WildcardPattern(["", word[^1..]]));
        yield return new Query.Wildcard(path, new WildcardPattern(["", word[^1..], ""]));
        yield return new Query.Wildcard(path, new WildcardPattern([word[..1].ToUpperInvariant(), word[^1..]]));
    }

    static Query Combine(Query[] leaves, Random random, int depth)
    {
        if (depth == 0)
            return leaves[random.Next(leaves.Length)];
        Query[] parts = [.. Enumerable.Range(0, random.Next(2, 4)).Select(_ => Combine(leaves, random, random.Next(depth)))];
        return random.Next(3) switch
        {
            0 => new Query.And(parts),
            1 => new Query.Or(parts),
            _ => new Query.Not(parts[0]),
        };
    }

    /// <summary>The network of this prefix that the address lies in.</summary>
    static IPNetwork Network(IPAddress address, int prefix)
    {
        byte[] octets = address.GetAddressBytes();
        prefix = Math.Min(prefix, octets.Length * 8);
        for (int bit = prefix; bit < octets.Length * 8; bit++)
            octets[bit / 8] &= (byte)~(0x80 >> (bit % 8));
        return new IPNetwork(new IPAddress(octets), prefix);
    }
}
