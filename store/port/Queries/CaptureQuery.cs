using System.Globalization;
using Homer.Search.Protocol;

namespace Homer.Search.Store;

/// <summary>From inclusive, to exclusive.</summary>
public readonly record struct TimeRange(Instant From, Instant To)
{
    public static TimeRange All { get; } = new(new Instant(0), new Instant(long.MaxValue));

    public bool Contains(Instant time) => time >= From && time < To;
}

/// <summary>
/// An order by <see cref="ValueOrder"/>; documents without the field come last in either direction. Ties are always broken by <c>@timestamp</c> and
/// the place in the journal, so that paging is stable. The field must be <see cref="Store.Field.IsSortable"/>.
/// </summary>
public sealed record Sort(Field Field, bool Descending = false);

/// <summary>One page of documents.</summary>
public sealed record CaptureQuery(DocumentKind Kind, TimeRange Range, Query Where)
{
    /// <summary>Default: newest first.</summary>
    public IReadOnlyList<Sort> Sort { get; init; } = [new Sort(Fields.Timestamp, Descending: true)];

    public int First { get; init; } = 50;

    /// <summary>The <see cref="Page.EndCursor"/> of the page before; null for the first.</summary>
    public string? After { get; init; }

    /// <summary>
    /// The fields that are wanted; null for all. Documents have these, those that tell what they are and when, and perhaps others: what is not wanted need not be read.
    /// </summary>
    public IReadOnlyCollection<Field>? Wanted { get; init; }

    /// <summary>Whether the total is wanted; counting costs. Without, the total is what the page has and not exact.</summary>
    public bool CountTotal { get; init; } = true;

    /// <summary>The fields a store has to read for it: those wanted, for a union its members, and those of which time and identity are made.</summary>
    public IReadOnlyList<Field> Read()
    {
        Field[] all = [.. Catalogue.Of(Kind).ToArray().Where(field => field.UnionOf.Count == 0)];
        if (Wanted is null)
            return all;
        HashSet<Field> read = [.. Wanted, .. Wanted.SelectMany(field => field.UnionOf), Fields.Timestamp];
        read.UnionWith(Kind == DocumentKind.Call ? [Fields.CallId] : [Fields.Sequence, Fields.JournalId]);
        return [.. all.Where(read.Contains)];
    }
}

/// <summary>Documents of one page, and where the next begins.</summary>
/// <param name="TotalCount">Documents found on all pages together.</param>
/// <param name="TotalIsExact">False when counting stopped at a bound: then there are at least that many.</param>
/// <param name="EndCursor">Null on the last page.</param>
public sealed record Page(IReadOnlyList<Document> Documents, long TotalCount, bool TotalIsExact, string? EndCursor);

/// <summary>The most frequent values of each field among the documents found; as frequent ones in the order of their values.</summary>
public sealed record FacetQuery(DocumentKind Kind, TimeRange Range, Query Where, IReadOnlyList<Field> Fields, int Size = 10);

/// <param name="OtherCount">Documents counted under values that are not among the buckets; one without a value counts nowhere.</param>
public sealed record Facet(Field Field, IReadOnlyList<Bucket> Buckets, long OtherCount);

/// <summary>A value, as text, and how many documents have it; each counts once, also when a union has the value twice.</summary>
public sealed record Bucket(string Value, long Count)
{
    /// <summary>A value of a field as text: numbers in digits, times as ISO 8601, addresses as usual.</summary>
    public static string Text(object value) => Convert.ToString(value, CultureInfo.InvariantCulture)!;
}

/// <summary>
/// How many documents fall into each interval, which begins at a multiple of its length since 1970; apart by the values of a field with one value
/// when it is given: the 20 most frequent, and <see cref="HistogramBucket.Other"/>.
/// </summary>
public sealed record HistogramQuery(DocumentKind Kind, TimeRange Range, Query Where, TimeSpan Interval, Field? By = null);

/// <summary>Counts from <see cref="Start"/> for one interval; empty intervals are left out. In the order of time.</summary>
/// <param name="Value">As text; null without <see cref="HistogramQuery.By"/> and for documents that lack the field.</param>
public sealed record HistogramBucket(Instant Start, string? Value, long Count)
{
    /// <summary>Values that are told apart.</summary>
    public const int MaxValues = 20;

    /// <summary>The value of all documents beyond those.</summary>
    public const string Other = "other";
}
