namespace Homer.Search.Calls;

/// <summary>A key performance indicator: what it is called, what it means and who defined it.</summary>
/// <param name="Name">As the API calls it.</param>
/// <param name="Title">In full.</param>
/// <param name="Formula">How it is computed, in words.</param>
/// <param name="Source">Where it is defined.</param>
public abstract record Kpi(string Name, string Title, string Formula, string Source);

/// <summary>How many calls something is true of.</summary>
public sealed record CountKpi(string Name, string Title, string Formula, string Source, Func<CallKpi, bool> Counts) : Kpi(Name, Title, Formula, Source);

/// <summary>A share of calls; undefined, not 0, when its denominator is 0 (RFC 6076 §4).</summary>
public sealed record RatioKpi(string Name, string Title, string Formula, string Source, Func<CallKpi, bool> Numerator, Func<CallKpi, bool> Denominator)
    : Kpi(Name, Title, Formula, Source);

/// <summary>A time in milliseconds that some calls have.</summary>
public sealed record DelayKpi(string Name, string Title, string Formula, string Source, Func<CallKpi, long?> Sample) : Kpi(Name, Title, Formula, Source);
