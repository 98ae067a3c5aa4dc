using Homer.Search.Protocol.Sip;

namespace Homer.Search.Calls;

/// <summary>The class of a final answer (reference: RFC 3261 §21, RFC 3398, Q.850).</summary>
static class OutcomeClass
{
    /// <param name="code">Final status code of 300 or more.</param>
    /// <param name="rang">A 180 to 183 came before.</param>
    /// <param name="isCancelled">The caller sent CANCEL.</param>
    /// <param name="reason">Reason header of the final answer: a Q.850 cause there says more than the code.</param>
    public static CallOutcome Of(int code, bool rang, bool isCancelled, ReadOnlySpan<byte> reason) =>
        OfCause(reason) ?? OfCode(code, rang, isCancelled);

    /// <summary>Whether a BYE with this Reason header was sent because something failed, not because somebody hung up.</summary>
    public static bool IsFailure(ReadOnlySpan<byte> reason) => IsFailureCause(Q850Cause(reason));

    /// <summary>Whether a Q.850 cause tells of a fault, not of what a person did.</summary>
    public static bool IsFailureCause(int? cause) =>
        cause is 3 or 25 or 27 or 34 or 38 or 41 or 42 or 44 or 47 or 58 or 102 or 111 or 127;

    static CallOutcome OfCode(int code, bool rang, bool isCancelled) => code switch
    {
        < 400 => CallOutcome.Redirect,
        401 or 402 or 403 or 407 => CallOutcome.AuthFailed,
        404 or 410 or 484 or 485 or 604 => CallOutcome.NumberError,
        408 => rang ? CallOutcome.RingNoAnswer : CallOutcome.Timeout,
        415 or 488 or 580 or 606 => CallOutcome.MediaReject,
        480 => rang ? CallOutcome.RingNoAnswer : CallOutcome.Unavailable,
        486 or 600 => CallOutcome.Busy,
        487 => isCancelled ? CallOutcome.CancelledCaller : CallOutcome.RingNoAnswer,
        503 => CallOutcome.Capacity,
        603 or 607 or 608 => CallOutcome.Declined,
        < 500 => CallOutcome.Protocol,
        _ => CallOutcome.ServerError,
    };

    static CallOutcome? OfCause(ReadOnlySpan<byte> reason) => Q850Cause(reason) switch
    {
        1 or 22 or 28 => CallOutcome.NumberError,
        17 => CallOutcome.Busy,
        18 or 19 => CallOutcome.RingNoAnswer,
        20 => CallOutcome.Unavailable,
        // RFC 8606: the location tells whether the user or the network said no.
        21 => SipParameter.Find(reason, "location"u8).SequenceEqual("U"u8) ? CallOutcome.Declined : CallOutcome.AuthFailed,
        34 or 38 or 41 or 42 or 44 or 47 => CallOutcome.Capacity,
        102 => CallOutcome.Timeout,
        _ => null,
    };

    static int? Q850Cause(ReadOnlySpan<byte> reason) =>
        !reason.IsEmpty && SipReason.Read(reason) is var read && read.Protocol.SequenceEqual("Q.850"u8) ? read.Cause : null;
}
