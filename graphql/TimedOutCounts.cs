using Homer.Search.Calls;
using Homer.Search.Protocol;
using Homer.Search.Store;

namespace Homer.Search.Api;

/// <summary>
/// Counts calls by outcome or state as a reader sees them now: those that a stored summary still has as pending though they have timed out are counted
/// apart and added where they belong.
/// </summary>
static class TimedOutCounts
{
    /// <summary>There are fewer words than this.</summary>
    const int AllWords = 100;

    public static async ValueTask<IReadOnlyList<Facet>> FacetsAsync(ICaptureStore store, FacetQuery query, Instant now, CancellationToken cancellation)
    {
        Field[] moving = [.. query.Fields.Where(Moves)];
        if (query.Kind != DocumentKind.Call || moving.Length == 0)
            return await store.FacetsAsync(query, cancellation);

        Query givenUp = TimedOutQuery.GivenUp(now);
        IReadOnlyList<Facet> facets = await store.FacetsAsync(query, cancellation);
        IReadOnlyList<Facet> settled = await store.FacetsAsync(
            query with { Where = new Query.And([query.Where, new Query.Not(givenUp)]), Fields = moving, Size = AllWords }, cancellation);
        Facet late = (await store.FacetsAsync(
            query with { Where = new Query.And([query.Where, givenUp]), Fields = [Fields.CallState], Size = AllWords }, cancellation))[0];
        return [.. facets.Select(facet => Array.IndexOf(moving, facet.Field) is var index && index >= 0 ? Added(settled[index], late, query.Size) : facet)];
    }

    public static async ValueTask<IReadOnlyList<HistogramBucket>> HistogramAsync(
        ICaptureStore store, HistogramQuery query, Instant now, CancellationToken cancellation)
    {
        if (query.Kind != DocumentKind.Call || query.By is not { } by || !Moves(by))
            return await store.HistogramAsync(query, cancellation);

        Query givenUp = TimedOutQuery.GivenUp(now);
        IReadOnlyList<HistogramBucket> settled =
            await store.HistogramAsync(query with { Where = new Query.And([query.Where, new Query.Not(givenUp)]) }, cancellation);
        IReadOnlyList<HistogramBucket> late =
            await store.HistogramAsync(query with { Where = new Query.And([query.Where, givenUp]), By = Fields.CallState }, cancellation);
        return
        [
            .. settled.Concat(late.Select(bucket => bucket with { Value = Now(by, bucket.Value!) }))
                .GroupBy(bucket => (bucket.Start, bucket.Value))
                .OrderBy(bucket => bucket.Key.Start).ThenBy(bucket => bucket.Key.Value, StringComparer.Ordinal)
                .Select(bucket => new HistogramBucket(bucket.Key.Start, bucket.Key.Value, bucket.Sum(part => part.Count))),
        ];
    }

    static bool Moves(Field field) => field == Fields.CallOutcome || field == Fields.CallState;

    static Facet Added(Facet settled, Facet late, int size)
    {
        Bucket[] buckets =
        [
            .. settled.Buckets.Concat(late.Buckets.Select(bucket => bucket with { Value = Now(settled.Field, bucket.Value) }))
                .GroupBy(bucket => bucket.Value).Select(bucket => new Bucket(bucket.Key, bucket.Sum(part => part.Count)))
                .OrderByDescending(bucket => bucket.Count).ThenBy(bucket => bucket.Value, StringComparer.Ordinal),
        ];
        return new Facet(settled.Field, [.. buckets.Take(size)], buckets.Skip(size).Sum(bucket => bucket.Count));
    }

    /// <summary>What a call that has timed out is now, by the state that is stored of it.</summary>
    static string Now(Field field, string state) => field == Fields.CallState
        ? CallState.TimedOut.Word()
        : CallTimeout.OutcomeOf(CallWords.State(state) ?? CallState.Calling).Word();
}
