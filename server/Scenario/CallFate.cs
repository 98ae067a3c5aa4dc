namespace Homer.Search.Server.Scenario;

/// <summary>What becomes of a played call.</summary>
enum CallFate
{
    Answered,

    /// <summary>The proxy asks for credentials (407), then the call is answered.</summary>
    Challenged,

    /// <summary>486 from the callee.</summary>
    Busy,

    /// <summary>The caller hangs up while it rings (CANCEL, 487).</summary>
    Cancelled,

    /// <summary>Rings until the callee gives up (480).</summary>
    NoAnswer,

    /// <summary>503 with a Q.850 cause from the carrier.</summary>
    Failed,

    /// <summary>Nobody replies to the proxy, which gives up after 32 s (408).</summary>
    Unreachable,

    /// <summary>No call: a phone registers (401, then 200).</summary>
    Registration,
}
