using Homer.Search.Protocol;

namespace Homer.Search.Store;

/// <summary>What is counted and added up over the documents found: of all together, or of groups of them.</summary>
public sealed record MeasureQuery(DocumentKind Kind, TimeRange Range, Query Where, IReadOnlyList<Measure> Measures)
{
    /// <summary>
    /// The fields by whose values documents are parted: one that has several values of a field is in a group for each, one without is in
    /// the group of null. None may be a union, a text, an object or a time.
    /// </summary>
    public IReadOnlyList<Field> By { get; init; } = [];

    /// <summary>When given, documents are also parted by time, into intervals as those of <see cref="HistogramQuery"/>.</summary>
    public TimeSpan? Interval { get; init; }

    /// <summary>How many groups are answered at most; which, when there are more, nobody says.</summary>
    public int Most { get; init; } = 1000;

    /// <summary>Whether all documents are one group, which is there even when no document is.</summary>
    public bool IsWhole => By.Count == 0 && Interval is null;
}

/// <summary>Counts the documents of a group that a query finds, and adds up what they have in a field.</summary>
/// <param name="Where">Which of the group.</param>
/// <param name="Of">A whole number; null when they are only counted.</param>
public sealed record Measure(Query Where, Field? Of = null)
{
    /// <summary>Shares from 0 to 1, ascending: of each, the value below which that share of all values lies.</summary>
    public IReadOnlyList<double> Shares { get; init; } = [];
}

/// <summary>Documents with the same values, and what was measured of them.</summary>
/// <param name="Values">As text, null where they have none, in the order of <see cref="MeasureQuery.By"/>.</param>
/// <param name="Start">When their interval begins; null when they were not parted by time.</param>
/// <param name="Measures">In the order of <see cref="MeasureQuery.Measures"/>.</param>
public sealed record MeasureGroup(IReadOnlyList<string?> Values, Instant? Start, IReadOnlyList<Measured> Measures);

/// <summary>The answer to a <see cref="Measure"/>.</summary>
/// <param name="Count">Documents; of a field, those that have it.</param>
/// <param name="Sum">All values added up; 0 without any.</param>
/// <param name="Maximum">The largest value; 0 without any.</param>
/// <param name="Percentiles">
/// One value for each of <see cref="Measure.Shares"/>, between the two nearest by rank as their distance says; empty without any value. A
/// store may come near instead: then it lies between values whose ranks are within 2 % of all.
/// </param>
public readonly record struct Measured(long Count, long Sum, long Maximum, IReadOnlyList<double> Percentiles)
{
    /// <summary>Of no document.</summary>
    public static Measured None { get; } = new(0, 0, 0, []);
}
