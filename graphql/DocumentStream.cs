using System.Runtime.CompilerServices;
using Homer.Search.Protocol;
using Homer.Search.Store;

namespace Homer.Search.Api;

/// <summary>
/// Reads everything a query finds, oldest first, in bounded memory: a slice of time after another, each with about as many documents as one answer of the
/// store may have. A cursor over the whole range would sort all that is left of it for each page.
/// </summary>
static class DocumentStream
{
    const int SliceSize = 10_000;
    const int MostIntervals = 5000;

    static readonly TimeSpan ShortestInterval = TimeSpan.FromSeconds(1);

    public static async IAsyncEnumerable<Document> ReadAsync(
        ICaptureStore store, DocumentKind kind, TimeRange range, Query where, IReadOnlyCollection<Field>? wanted,
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (TimeRange slice in await SlicesAsync(store, kind, range, where, cancellation))
        {
            string? after = null;
            do
            {
                var query = new CaptureQuery(kind, slice, where)
                {
                    Sort = [new Sort(Fields.Timestamp)],
                    First = SliceSize,
                    After = after,
                    Wanted = wanted,
                    CountTotal = false,
                };
                Page page = await store.SearchAsync(query, cancellation);
                foreach (Document document in page.Documents)
                    yield return document;
                after = page.EndCursor;
            }
            while (after is not null);
        }
    }

    static async Task<IReadOnlyList<TimeRange>> SlicesAsync(ICaptureStore store, DocumentKind kind, TimeRange range, Query where, CancellationToken cancellation)
    {
        var interval = TimeSpan.FromTicks(Math.Max(ShortestInterval.Ticks, range.To.Since(range.From).Ticks / MostIntervals));
        var slices = new List<TimeRange>();
        Instant start = range.From;
        long count = 0;
        foreach (HistogramBucket bucket in await store.HistogramAsync(new HistogramQuery(kind, range, where, interval), cancellation))
        {
            if (count > 0 && count + bucket.Count > SliceSize)
            {
                slices.Add(new TimeRange(start, bucket.Start));
                (start, count) = (bucket.Start, 0);
            }

            count += bucket.Count;
        }

        slices.Add(new TimeRange(start, range.To));
        return slices;
    }
}
