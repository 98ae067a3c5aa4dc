using Homer.Search.Store;

namespace Homer.Search.Calls;

/// <summary>What has to be measured so that every indicator can be computed, each thing once.</summary>
sealed class KpiMeasures
{
    readonly Dictionary<(string Calls, Field? Of), int> _places = [];
    readonly List<Measure> _all = [];

    public KpiMeasures()
    {
        foreach (CountKpi kpi in Kpis.Counts)
            Add(kpi.Calls);
        foreach (RatioKpi kpi in Kpis.Ratios)
        {
            Add(Numerator(kpi));
            Add(kpi.Denominator, kpi.Of);
            if (kpi.Less is not null)
                Add(kpi.Denominator, kpi.Less);
        }

        foreach (DelayKpi kpi in Kpis.Delays)
            Add(kpi.Calls, kpi.Of, Delays.Shares);
    }

    public IReadOnlyList<Measure> All => _all;

    /// <summary>Where the calls of a question, or what they have in a field, stand among all.</summary>
    public int Place(string calls, Field? of = null) => _places[(calls, of)];

    /// <summary>The calls that count in both.</summary>
    public static string Numerator(RatioKpi kpi) => $"({kpi.Denominator}) and ({kpi.Numerator})";

    void Add(string calls, Field? of = null, IReadOnlyList<double>? shares = null)
    {
        if (_places.TryAdd((calls, of), _all.Count))
            _all.Add(new Measure(QueryLanguage.Parse(calls, DocumentKind.Call, default), of) { Shares = shares ?? [] });
    }
}
