using Homer.Search.Protocol;

namespace Homer.Search.Calls;

/// <summary>
/// When a call without a final answer is given up. A stored summary says only what its messages say (<c>calling</c> or <c>ringing</c>, <c>pending</c>);
/// the clock of the reader turns that into a timeout.
/// </summary>
public static class CallTimeout
{
    /// <summary>Timer B, 64·T1 with T1 = 500 ms (RFC 3261 §17.1.1.2): without any final answer or ringing.</summary>
    public static readonly TimeSpan Calling = TimeSpan.FromSeconds(32);

    /// <summary>Timer C (RFC 3261 §16.6): once it rings.</summary>
    public static readonly TimeSpan Ringing = TimeSpan.FromMinutes(3);

    /// <summary>How long something is waited for in this state.</summary>
    public static TimeSpan Of(CallState state) => state == CallState.Ringing ? Ringing : Calling;

    /// <summary>
    /// The moment from which it counts as timed out. It runs from the first message; when later messages show that it went on beyond that
    /// (a Call-ID used again), from the last.
    /// </summary>
    public static Instant Deadline(CallState state, Instant first, Instant last)
    {
        TimeSpan wait = Of(state);
        Instant deadline = first.Plus(wait);
        return last <= deadline ? deadline : last.Plus(wait);
    }

    /// <summary>What a call is that has timed out in this state.</summary>
    public static CallOutcome OutcomeOf(CallState state) => state == CallState.Ringing ? CallOutcome.RingNoAnswer : CallOutcome.Timeout;
}
