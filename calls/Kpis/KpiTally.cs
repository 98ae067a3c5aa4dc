namespace Homer.Search.Calls;

/// <summary>All indicators of any number of calls, added up one call at a time.</summary>
public sealed class KpiTally
{
    readonly long[] _counts = new long[Kpis.Counts.Count];
    readonly (long Numerator, long Denominator)[] _ratios = new (long, long)[Kpis.Ratios.Count];
    readonly DelayHistogram[] _delays = [.. Kpis.Delays.Select(_ => new DelayHistogram())];

    public void Add(CallView call)
    {
        var kpi = CallKpi.Of(call);
        for (int row = 0; row < _counts.Length; row++)
            _counts[row] += Kpis.Counts[row].Counts(kpi) ? 1 : 0;

        for (int row = 0; row < _ratios.Length; row++)
        {
            RatioKpi ratio = Kpis.Ratios[row];
            if (ratio.Denominator(kpi) is var share and > 0)
                _ratios[row] = (_ratios[row].Numerator + ratio.Numerator(kpi), _ratios[row].Denominator + share);
        }

        for (int row = 0; row < _delays.Length; row++)
        {
            if (Kpis.Delays[row].Sample(kpi) is { } delay)
                _delays[row].Add(delay);
        }
    }

    public long this[CountKpi kpi] => _counts[Row(Kpis.Counts, kpi)];

    public Ratio this[RatioKpi kpi] => new(_ratios[Row(Kpis.Ratios, kpi)].Numerator, _ratios[Row(Kpis.Ratios, kpi)].Denominator);

    public DelayHistogram this[DelayKpi kpi] => _delays[Row(Kpis.Delays, kpi)];

    static int Row<T>(IReadOnlyList<T> rows, T kpi)
        where T : Kpi
    {
        for (int row = 0; row < rows.Count; row++)
        {
            if (ReferenceEquals(rows[row], kpi))
                return row;
        }

        throw new ArgumentException($"{kpi.Name} is none of the indicators.", nameof(kpi));
    }
}
