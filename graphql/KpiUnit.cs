namespace Homer.Search.Api;

/// <summary>What indicators count as one call.</summary>
public enum KpiUnit
{
    /// <summary>The leg that stands for its session (`session.first_leg`): a call that a back-to-back user agent parts into legs counts once.</summary>
    Session,

    /// <summary>Every Call-ID.</summary>
    Leg,
}
