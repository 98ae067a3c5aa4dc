using Homer.Search.Calls;
using Homer.Search.Protocol;
using Homer.Search.Store;

namespace Homer.Search.Api;

/// <summary>
/// Counts calls by outcome, state or finding as a reader sees them now: those that a stored summary still has as pending though they have timed out, and
/// findings that silence has made, are counted apart and added where they belong.
/// </summary>
static class TimedOutCounts
{
    /// <summary>There are fewer words than this.</summary>
    const int AllWords = 100;

    public static async ValueTask<IReadOnlyList<Facet>> FacetsAsync(ICaptureStore store, FacetQuery query, Instant now, CancellationToken cancellation)
    {
        IReadOnlyList<Facet> facets = await store.FacetsAsync(query, cancellation);
        if (query.Kind != DocumentKind.Call)
            return facets;
        facets = await WithTimeoutsAsync(store, query, facets, now, cancellation);
        return query.Fields.Contains(Fields.Finding) ? await WithSilenceAsync(store, query, facets, now, cancellation) : facets;
    }

    static async ValueTask<IReadOnlyList<Facet>> WithTimeoutsAsync(
        ICaptureStore store, FacetQuery query, IReadOnlyList<Facet> facets, Instant now, CancellationToken cancellation)
    {
        Field[] moving = [.. query.Fields.Where(Moves)];
        if (moving.Length == 0)
            return facets;

        Query givenUp = TimedOutQuery.GivenUp(now);
        IReadOnlyList<Facet> settled = await store.FacetsAsync(
            query with { Where = new Query.And([query.Where, new Query.Not(givenUp)]), Fields = moving, Size = AllWords }, cancellation);
        Facet late = (await store.FacetsAsync(
            query with { Where = new Query.And([query.Where, givenUp]), Fields = [Fields.CallState], Size = AllWords }, cancellation))[0];
        return [.. facets.Select(facet => Array.IndexOf(moving, facet.Field) is var index && index >= 0 ? Added(settled[index], late, query.Size) : facet)];
    }

    static async ValueTask<IReadOnlyList<Facet>> WithSilenceAsync(
        ICaptureStore store, FacetQuery query, IReadOnlyList<Facet> facets, Instant now, CancellationToken cancellation)
    {
        Facet stored = (await store.FacetsAsync(query with { Fields = [Fields.Finding], Size = AllWords }, cancellation))[0];
        Facet late = (await store.FacetsAsync(
            query with { Where = new Query.And([query.Where, TimedOutQuery.Silent(now)]), Fields = [Fields.FindingWhenSilent], Size = AllWords }, cancellation))[0];
        return [.. facets.Select(facet => facet.Field == Fields.Finding ? Summed(facet.Field, stored.Buckets.Concat(late.Buckets), query.Size) : facet)];
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

    static Facet Added(Facet settled, Facet late, int size) => Summed(
        settled.Field, settled.Buckets.Concat(late.Buckets.Select(bucket => bucket with { Value = Now(settled.Field, bucket.Value) })), size);

    static Facet Summed(Field field, IEnumerable<Bucket> parts, int size)
    {
        Bucket[] buckets =
        [
            .. parts.GroupBy(bucket => bucket.Value).Select(bucket => new Bucket(bucket.Key, bucket.Sum(part => part.Count)))
                .OrderByDescending(bucket => bucket.Count).ThenBy(bucket => bucket.Value, StringComparer.Ordinal),
        ];
        return new Facet(field, [.. buckets.Take(size)], buckets.Skip(size).Sum(bucket => bucket.Count));
    }

    /// <summary>What a call that has timed out is now, by the state that is stored of it.</summary>
    static string Now(Field field, string state) => field == Fields.CallState
        ? CallState.TimedOut.Word()
        : CallTimeout.OutcomeOf(CallWords.State(state) ?? CallState.Calling).Word();
}
