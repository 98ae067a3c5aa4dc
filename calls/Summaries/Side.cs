namespace Homer.Search.Calls;

/// <summary>A side of a call.</summary>
public enum Side
{
    Caller,
    Callee,

    /// <summary>Neither user: proxies, gateways, timers.</summary>
    Network,
}
