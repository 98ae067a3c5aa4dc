namespace Homer.Search.Api;

/// <summary>What indicators count as one call.</summary>
public enum KpiUnit
{
    /// <summary>The first leg of each session: a call that a back-to-back user agent parts into legs counts once.</summary>
    Session,

    /// <summary>Every Call-ID.</summary>
    Leg,
}
