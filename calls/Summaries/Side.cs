namespace Homer.Search.Calls;

/// <summary>A side of a call.</summary>
public enum Side
{
    /// <summary>Who began it.</summary>
    Caller,

    /// <summary>Who was called.</summary>
    Callee,

    /// <summary>Neither user: proxies, gateways, timers.</summary>
    Network,
}
