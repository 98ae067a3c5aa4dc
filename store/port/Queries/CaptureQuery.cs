using Homer.Search.Protocol;

namespace Homer.Search.Store;

/// <summary>From inclusive, to exclusive.</summary>
public readonly record struct TimeRange(Instant From, Instant To)
{
    public static TimeRange All { get; } = new(new Instant(0), new Instant(long.MaxValue));

    public bool Contains(Instant time) => time >= From && time < To;
}

/// <summary>An order; ties are always broken by <c>@timestamp</c> and the place in the journal, so that paging is stable.</summary>
public sealed record Sort(Field Field, bool Descending = false);

/// <summary>One page of documents.</summary>
public sealed record CaptureQuery(DocumentKind Kind, TimeRange Range, Query Where)
{
    /// <summary>Default: newest first.</summary>
    public IReadOnlyList<Sort> Sort { get; init; } = [new Sort(Fields.Timestamp, Descending: true)];

    public int First { get; init; } = 50;

    /// <summary>The <see cref="Page.EndCursor"/> of the page before; null for the first.</summary>
    public string? After { get; init; }

    /// <summary>Whether the total is wanted; counting costs.</summary>
    public bool CountTotal { get; init; } = true;
}

/// <summary>Documents of one page, and where the next begins.</summary>
/// <param name="TotalIsExact">False when counting stopped at a bound: then there are at least that many.</param>
/// <param name="EndCursor">Null on the last page.</param>
public sealed record Page(IReadOnlyList<Document> Documents, long TotalCount, bool TotalIsExact, string? EndCursor);

/// <summary>The most frequent values of a field among the documents found.</summary>
public sealed record FacetQuery(DocumentKind Kind, TimeRange Range, Query Where, IReadOnlyList<Field> Fields, int Size = 10);

/// <param name="OtherCount">Documents whose value is not among the buckets.</param>
public sealed record Facet(Field Field, IReadOnlyList<Bucket> Buckets, long OtherCount);

/// <summary>A value, as text, and how many documents have it.</summary>
public sealed record Bucket(string Value, long Count);

/// <summary>How many documents fall into each interval, apart by the values of a field when one is given (at most 20, then `other`).</summary>
public sealed record HistogramQuery(DocumentKind Kind, TimeRange Range, Query Where, TimeSpan Interval, Field? By = null);

/// <summary>Counts from <see cref="Start"/> for one interval; empty intervals are left out.</summary>
public sealed record HistogramBucket(Instant Start, string? Value, long Count);
