namespace Homer.Search.Calls;

/// <summary>Where a call stands.</summary>
/// <remarks>Stored in <c>call.state</c> as the word <see cref="CallWords"/> gives.</remarks>
public enum CallState
{
    /// <summary>The request went out; nobody has rung or answered yet.</summary>
    Calling,

    /// <summary>The callee rings, or progress was reported (180 to 183).</summary>
    Ringing,

    /// <summary>Answered and not released yet.</summary>
    InCall,

    /// <summary>Answered and released; of a request other than INVITE: answered with 2xx.</summary>
    Completed,

    /// <summary>The caller gave up before an answer.</summary>
    Cancelled,

    /// <summary>486 or 600.</summary>
    Busy,

    /// <summary>Refused or failed.</summary>
    Rejected,

    /// <summary>Ended by a 3xx that nobody followed.</summary>
    Redirected,

    /// <summary>No final answer within the time a caller waits, as decided on reading.</summary>
    TimedOut,
}
