using Homer.Search.Store;

namespace Homer.Search.Calls;

/// <summary>
/// A key performance indicator: what it is called, what it means and who defined it. Which calls count in it is a question in the query
/// language, which a search takes as well.
/// </summary>
/// <param name="Name">As the API calls it.</param>
/// <param name="Title">In full.</param>
/// <param name="Formula">How it is computed, in words.</param>
/// <param name="Source">Where it is defined.</param>
public abstract record Kpi(string Name, string Title, string Formula, string Source);

/// <summary>How many calls something is true of.</summary>
public sealed record CountKpi(string Name, string Title, string Formula, string Source, string Calls) : Kpi(Name, Title, Formula, Source);

/// <summary>A share of calls, or of what they consist of; undefined, not 0, when its denominator is 0 (RFC 6076 §4).</summary>
/// <param name="Numerator">Which of the calls in the denominator.</param>
/// <param name="Denominator">The calls it is a share of.</param>
public sealed record RatioKpi(string Name, string Title, string Formula, string Source, string Numerator, string Denominator)
    : Kpi(Name, Title, Formula, Source)
{
    /// <summary>What is added up in the denominator; null when its calls are counted.</summary>
    public Field? Of { get; init; }

    /// <summary>What is taken off again, likewise added up; null for nothing.</summary>
    public Field? Less { get; init; }
}

/// <summary>A time that some calls have.</summary>
/// <param name="Of">The field it stands in, ms.</param>
public sealed record DelayKpi(string Name, string Title, string Formula, string Source, string Calls, Field Of)
    : Kpi(Name, Title, Formula, Source)
{
    /// <summary>What each call has beyond what the field says, ms.</summary>
    public long More { get; init; }
}
