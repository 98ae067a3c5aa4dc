using Homer.Search.Calls;

namespace Homer.Search.Tests.Indicators;

/// <summary>
/// What one call adds to the ratios and means of RFC 6076 and ITU-T E.425: in which numerators it counts, and its delays. Ratios of ratios are never
/// stored; add these up and divide once. The three SIP ratios go by the status code, the two others by the outcome class.
/// </summary>
public readonly record struct CallKpi
{
    /// <summary>Begun by an INVITE.</summary>
    public bool IsCall { get; private init; }

    /// <summary>A call that was answered, refused or timed out, without a hole in its capture: what most ratios are shares of.</summary>
    public bool IsAttempt { get; private init; }

    /// <summary>A call without a final answer yet.</summary>
    public bool IsPending { get; private init; }

    /// <summary>A call whose beginning or final answer was not captured.</summary>
    public bool IsIncomplete { get; private init; }

    /// <summary>Answered and not over.</summary>
    public bool GoesOn { get; private init; }

    /// <summary>A registration that was answered, refused or timed out.</summary>
    public bool IsRegistration { get; private init; }

    /// <summary>Requests that began it, at the caller's hop: each INVITE or REGISTER transaction counts.</summary>
    public int Requests { get; private init; }

    /// <summary>Those of them that were answered by a 3xx.</summary>
    public int Redirects { get; private init; }

    /// <summary>SER numerator (RFC 6076 §4.6): answered.</summary>
    public bool IsEstablished { get; private init; }

    /// <summary>SEER numerator (RFC 6076 §4.7): answered, or refused by the user: 480, 486, 600, 603.</summary>
    public bool IsEffective { get; private init; }

    /// <summary>ISA numerator (RFC 6076 §4.8): 408, 500, 503, 504, or no answer.</summary>
    public bool IsIneffective { get; private init; }

    /// <summary>SCR numerator (RFC 6076 §4.9): answered, and its BYE answered.</summary>
    public bool IsCompleted { get; private init; }

    /// <summary>NER numerator (ITU-T E.425): the network did its part.</summary>
    public bool IsNetworkEffective { get; private init; }

    /// <summary>The network failed it.</summary>
    public bool IsNetworkFailure { get; private init; }

    /// <summary>Refused because the caller may not: credentials missing or wrong, or a policy.</summary>
    public bool IsAuthFailure { get; private init; }

    /// <summary>Answered, and ended by a BYE that was answered and gives a normal cause (Q.850 16 or 31) or none.</summary>
    public bool IsNormallyReleased { get; private init; }

    /// <summary>Ended in a 3xx: leaves the denominators of SER and SEER (RFC 6076 §4.6).</summary>
    public bool IsRedirect { get; private init; }

    /// <summary>IRA numerator (RFC 6076 §4.2): a registration that failed otherwise than by a challenge or 402.</summary>
    public bool IsIneffectiveRegistration { get; private init; }

    /// <summary>SRD of an answered call (RFC 6076 §4.3.1).</summary>
    public int? SessionRequestDelayMs { get; private init; }

    /// <summary>SRD of a failed call (RFC 6076 §4.3.2): never in one mean with the other.</summary>
    public int? FailedSessionRequestDelayMs { get; private init; }

    /// <summary>PDD: until it rang, or was answered without ringing; of every call that did either.</summary>
    public int? PostDialDelayMs { get; private init; }

    /// <summary>SDD (RFC 6076 §4.4).</summary>
    public int? SessionDisconnectDelayMs { get; private init; }

    /// <summary>SDT (RFC 6076 §4.5.1): of a call whose BYE was answered.</summary>
    public long? SessionDurationMs { get; private init; }

    /// <summary>SDT of a call whose BYE nobody answered: it lasts until Timer F (RFC 6076 §4.5.2).</summary>
    public long? FailedSessionDurationMs { get; private init; }

    /// <summary>RRD (RFC 6076 §4.1): of a registration that went well.</summary>
    public int? RegistrationRequestDelayMs { get; private init; }

    /// <summary>Answer to BYE, whether that was answered or not.</summary>
    public long? ConversationMs { get; private init; }

    /// <summary>First INVITE to BYE, failure or timeout; null while it goes on.</summary>
    public long? HoldingMs { get; private init; }

    public static CallKpi Of(CallView call) => call.Method switch
    {
        "INVITE" => OfCall(call),
        "REGISTER" => OfRegistration(call),
        _ => default,
    };

    static CallKpi OfRegistration(CallView call) => new()
    {
        IsRegistration = call.Outcome is not (CallOutcome.Pending or CallOutcome.Incomplete),
        Requests = call.InviteCount,
        IsIneffectiveRegistration = call.State == CallState.TimedOut || call.FinalCode is >= 400 and not (401 or 402 or 407),
        RegistrationRequestDelayMs = call.Outcome == CallOutcome.Registered ? call.SetupMs : null,
    };

    static CallKpi OfCall(CallView call)
    {
        if (call.Outcome is CallOutcome.Pending or CallOutcome.Incomplete)
            return new CallKpi { IsCall = true, IsPending = call.Outcome == CallOutcome.Pending, IsIncomplete = call.Outcome == CallOutcome.Incomplete };

        bool isAnswered = call.FinalCode is >= 200 and < 300;
        bool isFailure = call.FinalCode is >= 400 and not (401 or 402 or 407);
        bool isReleased = call.DisconnectDelayMs is not null;
        return new CallKpi
        {
            IsCall = true,
            IsAttempt = true,
            Requests = call.InviteCount,
            Redirects = call.RedirectCount,
            GoesOn = call.State == CallState.InCall,
            IsEstablished = isAnswered,
            IsEffective = isAnswered || call.FinalCode is 480 or 486 or 600 or 603,
            IsIneffective = call.State == CallState.TimedOut || call.FinalCode is 408 or 500 or 503 or 504,
            IsCompleted = isAnswered && isReleased,
            IsNormallyReleased = isAnswered && isReleased && (call.Reason is null or { Protocol: "Q.850", Cause: 16 or 31 }),
            IsNetworkEffective = IsNetworkEffectiveOutcome(call),
            IsNetworkFailure = call.Outcome
                is CallOutcome.Capacity or CallOutcome.ServerError or CallOutcome.Timeout or CallOutcome.MediaReject or CallOutcome.Protocol,
            IsAuthFailure = call.Outcome == CallOutcome.AuthFailed,
            IsRedirect = call.Outcome == CallOutcome.Redirect,
            SessionRequestDelayMs = isAnswered ? call.RingDelayMs : null,
            FailedSessionRequestDelayMs = isFailure ? call.RingDelayMs ?? call.SetupMs : null,
            PostDialDelayMs = call.RingDelayMs,
            SessionDisconnectDelayMs = call.DisconnectDelayMs,
            SessionDurationMs = isReleased ? call.DurationMs : null,
            FailedSessionDurationMs = isReleased ? null : call.DurationMs + (long)CallTimeout.Calling.TotalMilliseconds,
            ConversationMs = call.DurationMs,
            HoldingMs = (call.SetupMs + call.DurationMs) ?? (isAnswered ? null : call.SetupMs),
        };
    }

    static bool IsNetworkEffectiveOutcome(CallView call) => call.Outcome switch
    {
        CallOutcome.Answered or CallOutcome.Dropped or CallOutcome.Busy or CallOutcome.Unavailable => true,
        CallOutcome.RingNoAnswer or CallOutcome.CancelledCaller => call.RingDelayMs is not null,
        // 608 is said by analytics on the way, not by the user (RFC 8688).
        CallOutcome.Declined => call.FinalCode != 608,
        _ => false,
    };
}
