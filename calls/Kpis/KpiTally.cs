using Homer.Search.Protocol;
using Homer.Search.Store;

namespace Homer.Search.Calls;

/// <summary>All indicators of any number of calls, made of what a store has counted of them.</summary>
/// <param name="counted">The answers to <see cref="Measures"/>, in their order.</param>
public sealed class KpiTally(IReadOnlyList<Measured> counted)
{
    static readonly KpiMeasures Wanted = new();

    public long this[CountKpi kpi] => counted[Wanted.Place(kpi.Calls)].Count;

    public Ratio this[RatioKpi kpi] => new(
        counted[Wanted.Place(KpiMeasures.Numerator(kpi))].Count,
        kpi.Of is null ? counted[Wanted.Place(kpi.Denominator)].Count : SumOf(kpi.Denominator, kpi.Of) - SumOf(kpi.Denominator, kpi.Less));

    public Delays this[DelayKpi kpi] => Delays.Of(counted[Wanted.Place(kpi.Calls, kpi.Of)], kpi.More);

    /// <summary>What a store has to measure.</summary>
    /// <param name="now">The moment as of which a call without a final answer still goes on or has timed out.</param>
    public static IReadOnlyList<Measure> Measures(Instant now) =>
        [.. Wanted.All.Select(measure => measure with { Where = TimedOutQuery.AsOf(measure.Where, now) })];

    long SumOf(string calls, Field? field) => field is null ? 0 : counted[Wanted.Place(calls, field)].Sum;
}
