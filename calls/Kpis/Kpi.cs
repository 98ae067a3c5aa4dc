namespace Homer.Search.Calls;

/// <summary>A key performance indicator: what it is called, what it means and who defined it.</summary>
/// <param name="Name">As the API calls it.</param>
/// <param name="Title">In full.</param>
/// <param name="Formula">How it is computed, in words.</param>
/// <param name="Source">Where it is defined.</param>
public abstract record Kpi(string Name, string Title, string Formula, string Source);

/// <summary>How many calls something is true of.</summary>
public sealed record CountKpi(string Name, string Title, string Formula, string Source, Func<CallKpi, bool> Counts) : Kpi(Name, Title, Formula, Source);

/// <summary>A share of calls, or of what they consist of; undefined, not 0, when its denominator is 0 (RFC 6076 §4).</summary>
/// <param name="Numerator">How often a call counts in it; not asked when it is not in the denominator.</param>
public sealed record RatioKpi(string Name, string Title, string Formula, string Source, Func<CallKpi, int> Numerator, Func<CallKpi, int> Denominator)
    : Kpi(Name, Title, Formula, Source)
{
    /// <summary>A share of calls, each counted once.</summary>
    public RatioKpi(string name, string title, string formula, string source, Func<CallKpi, bool> numerator, Func<CallKpi, bool> denominator)
        : this(name, title, formula, source, call => numerator(call) ? 1 : 0, call => denominator(call) ? 1 : 0)
    {
    }
}

/// <summary>A time in milliseconds that some calls have.</summary>
public sealed record DelayKpi(string Name, string Title, string Formula, string Source, Func<CallKpi, long?> Sample) : Kpi(Name, Title, Formula, Source);
