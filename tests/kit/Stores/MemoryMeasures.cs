using Homer.Search.Protocol;
using Homer.Search.Store;

namespace Homer.Search.Tests.Stores;

/// <summary>Counts, sums and percentiles of documents in memory, exactly.</summary>
public static class MemoryMeasures
{
    public static IReadOnlyList<MeasureGroup> Of(MeasureQuery query, Document[] found)
    {
        if (query.IsWhole)
            return [Group([], null, query, found)];
        return
        [
            .. found
                .SelectMany(document => Combinations(document, query.By)
                    .Select(values => (Values: values, Start: Start(document, query.Interval), Document: document)))
                .GroupBy(part => (Key: string.Join('\0', part.Values.Select(value => value ?? "\u0001")), part.Start))
                .Select(group => Group(group.First().Values, group.Key.Start, query, [.. group.Select(part => part.Document)]))
                .Take(query.Most),
        ];
    }

    /// <summary>The value below which a share of all lies, between the two nearest by rank as their distance says.</summary>
    public static double Percentile(IReadOnlyList<long> sorted, double share)
    {
        double rank = share * (sorted.Count - 1);
        int lower = (int)rank;
        return sorted[lower] + ((rank - lower) * (sorted[Math.Min(lower + 1, sorted.Count - 1)] - sorted[lower]));
    }

    static MeasureGroup Group(IReadOnlyList<string?> values, Instant? start, MeasureQuery query, Document[] documents) =>
        new(values, start, [.. query.Measures.Select(measure => Measure(measure, documents))]);

    static Measured Measure(Measure measure, Document[] documents)
    {
        Document[] found = [.. documents.Where(document => QueryMatch.Matches(measure.Where, document))];
        if (measure.Of is not { } field)
            return Measured.None with { Count = found.Length };
        long[] sorted = [.. found.Select(document => document.Integer(field)).OfType<long>().Order()];
        return sorted.Length == 0
            ? Measured.None
            : new Measured(sorted.Length, sorted.Sum(), sorted[^1], [.. measure.Shares.Select(share => Percentile(sorted, share))]);
    }

    static IEnumerable<string?[]> Combinations(Document document, IReadOnlyList<Field> fields) => fields.Aggregate(
        (IEnumerable<string?[]>)[[]],
        (known, field) => known.SelectMany(values => Values(document, field).Select(value => (string?[])[.. values, value])));

    static IEnumerable<string?> Values(Document document, Field field) =>
        QueryMatch.Values(field, document).Distinct().Select(value => (string?)Bucket.Text(value)).DefaultIfEmpty(null);

    static Instant? Start(Document document, TimeSpan? interval) =>
        interval is { } length ? new Instant(document.Time.Nanoseconds / (length.Ticks * 100) * (length.Ticks * 100)) : null;
}
