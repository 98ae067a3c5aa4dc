using Homer.Search.Calls;
using Homer.Search.Protocol;
using Homer.Search.Store;

namespace Homer.Search.Api;

/// <summary>
/// Has a store add up the indicators of calls by the values of some fields. Outcome, state and findings depend on the time of reading,
/// which no store knows of: each of their values is a question of its own.
/// </summary>
sealed class KpiSearch(ICaptureStore store, TimeRange range, IReadOnlyList<Field> by, TimeSpan? interval, Instant now)
{
    /// <summary>More would be no answer for a person.</summary>
    const int Most = 500;

    /// <summary>There are fewer words than this.</summary>
    const int AllWords = 100;

    readonly Field[] _moving = [.. by.Where(field => field == Fields.CallOutcome || field == Fields.CallState || field == Fields.Finding)];

    /// <summary>The last one tells whether there is anything at all.</summary>
    readonly Measure[] _measures = [.. KpiTally.Measures(now), new Measure(new Query.Everything())];

    readonly List<KpiSet> _sets = [];

    public async Task<IReadOnlyList<KpiSet>> RunAsync(Query where, CancellationToken cancellation)
    {
        await AddAsync(where, [], cancellation);
        return
        [
            .. _sets.OrderBy(set => set.Start).ThenByDescending(set => set.Tally[Kpis.Counts[0]])
                .ThenBy(set => string.Join('\0', set.Dimensions.Select(dimension => dimension.Value)), StringComparer.Ordinal),
        ];
    }

    /// <param name="where">The calls that have the values which are known.</param>
    /// <param name="known">Values of the first moving fields.</param>
    async Task AddAsync(Query where, IReadOnlyList<string?> known, CancellationToken cancellation)
    {
        if (known.Count == _moving.Length)
        {
            await MeasureAsync(where, known, cancellation);
            return;
        }

        Field field = _moving[known.Count];
        var values = new FacetQuery(DocumentKind.Call, range, where, [field], AllWords);
        foreach (Bucket bucket in (await TimedOutCounts.FacetsAsync(store, values, now, cancellation))[0].Buckets)
            await AddAsync(And(where, new Query.Equal(field, bucket.Value)), [.. known, bucket.Value], cancellation);
        await AddAsync(And(where, new Query.Not(new Query.Exists(field))), [.. known, null], cancellation);
    }

    async Task MeasureAsync(Query where, IReadOnlyList<string?> known, CancellationToken cancellation)
    {
        var query = new MeasureQuery(DocumentKind.Call, range, where, _measures)
        {
            By = [.. by.Except(_moving)],
            Interval = interval,
            Most = Most + 1,
        };
        foreach (MeasureGroup group in await store.MeasureAsync(query, cancellation))
        {
            // All together are an answer also when there are none.
            if (group.Measures[^1].Count > 0 || by.Count == 0)
                _sets.Add(new KpiSet([.. Dimensions(query, group, known)], group.Start, new KpiTally(group.Measures)));
        }

        if (_sets.Count > Most)
            throw new InputException("by", $"There are more than {Most} different values of {Parts}; narrow the query or the range.");
    }

    /// <summary>By what calls are parted, for people.</summary>
    string Parts => string.Join(", ", [.. by.Select(each => each.Name), .. interval is null ? Array.Empty<string>() : ["the interval"]]);

    IEnumerable<KpiDimension> Dimensions(MeasureQuery query, MeasureGroup group, IReadOnlyList<string?> known)
    {
        foreach (Field field in by)
        {
            int moving = Array.IndexOf(_moving, field);
            int stored = query.By.Index().FirstOrDefault(asked => asked.Item == field).Index;
            yield return new KpiDimension(field.Name, moving >= 0 ? known[moving] : group.Values[stored]);
        }
    }

    Query.And And(Query where, Query value) => new Query.And([where, TimedOutQuery.AsOf(value, now)]);
}
