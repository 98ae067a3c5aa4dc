using Homer.Search.Store;

namespace Homer.Search.Calls;

/// <summary>
/// Every indicator there is. The API, its descriptions, the overview page and docs/kpis.md come from these rows: a new indicator is one more.
/// </summary>
/// <remarks>
/// Attempts are folded: a challenge, a redirection or a request to try again, and what followed it within 32 s, are one attempt. Where RFC 6076 counts
/// requests instead, the indicator stands once more with <c>Rfc</c> behind its name.
/// </remarks>
public static class Kpis
{
    const string Ours = "Homer.Search";

    const string Call = "call.method : INVITE";
    const string Attempt = $"{Call} and not call.outcome : (pending or incomplete)";
    const string Answered = "sip.code >= 200 and sip.code < 300";
    const string AnsweredCall = $"{Attempt} and {Answered}";
    const string AnsweredAndOver = $"{AnsweredCall} and not call.state : in_call";
    const string NotRedirected = $"{Attempt} and not call.outcome : redirect";
    const string Effective = $"({Answered}) or sip.code : (480 or 486 or 600 or 603)";
    const string Failed = "sip.code >= 400 and not sip.code : (401 or 402 or 407)";
    const string Released = "call.disconnect_delay_ms : *";
    const string NormalCause = "not sip.reason.protocol : * or (sip.reason.protocol : \"Q.850\" and sip.reason.cause : (16 or 31))";

    // 608 is said by analytics on the way, not by the user (RFC 8688).
    const string NetworkEffective =
        "call.outcome : (answered or dropped or busy or unavailable) or (call.outcome : (ring_no_answer or cancelled_caller) and call.ring_delay_ms : *) "
        + "or (call.outcome : declined and not sip.code : 608)";

    const string NetworkFailed = "call.outcome : (capacity or server_error or timeout or media_reject or protocol)";
    const string Registration = "call.method : REGISTER and not call.outcome : (pending or incomplete)";
    const string RegistrationFailed = $"call.state : timed_out or ({Failed})";

    public static IReadOnlyList<CountKpi> Counts { get; } =
    [
        new("calls", "Calls", "Call-IDs begun by an INVITE.", Ours, Call),
        new("attempts", "Attempts", "Calls that were answered, refused or timed out; neither those without a final answer yet nor those whose capture has holes.", Ours, Attempt),
        new("answered", "Answered calls", "Attempts with a 2xx to the INVITE.", Ours, AnsweredCall),
        new("pending", "Calls without a final answer yet", "They count in no ratio until they are answered, refused or timed out.", Ours, $"{Call} and call.outcome : pending"),
        new("incomplete", "Calls with holes in their capture", "The request that began them or their final answer was not seen; they count in no ratio.", Ours, $"{Call} and call.outcome : incomplete"),
        new("registrations", "Registrations", "Call-IDs begun by a REGISTER that were answered, refused or timed out.", Ours, Registration),
    ];

    public static IReadOnlyList<RatioKpi> Ratios { get; } =
    [
        new("asr", "Answer-seizure ratio", "Answered / attempts.", "ITU-T E.411, E.425 §1.3", Answered, Attempt),
        new("abr", "Answer-bid ratio", "Answered / bids; a capture sees every bid as an attempt, so it differs from the answer-seizure ratio only where calls are refused before they reach the captured hop.", "ITU-T E.425 §1.4", Answered, Attempt),
        new("ner", "Network effectiveness ratio", "(Answered + busy + rang without answer + declined or unavailable) / attempts.", "ITU-T E.425 §1.5", NetworkEffective, Attempt),
        new("ser", "Session establishment ratio", "Answered / (attempts − those that end in a 3xx).", "RFC 6076 §4.6", Answered, NotRedirected),
        new("seer", "Session establishment effectiveness ratio", "(Answered + 480, 486, 600, 603) / (attempts − those that end in a 3xx).", "RFC 6076 §4.7", Effective, NotRedirected),
        new("serRfc", "Session establishment ratio, by requests", "Answered / (INVITE requests − those answered by a 3xx): each request counts, also one that is only sent again with credentials or to another target.", "RFC 6076 §4.6", Answered, Attempt) { Of = Fields.AttemptCount, Less = Fields.RedirectCount },
        new("seerRfc", "Session establishment effectiveness ratio, by requests", "(Answered + 480, 486, 600, 603) / (INVITE requests − those answered by a 3xx).", "RFC 6076 §4.7", Effective, Attempt) { Of = Fields.AttemptCount, Less = Fields.RedirectCount },
        new("isa", "Ineffective session attempts", "(408, 500, 503, 504 or no answer at all) / attempts.", "RFC 6076 §4.8", "call.state : timed_out or sip.code : (408 or 500 or 503 or 504)", Attempt),
        new("scr", "Session completion ratio", "Answered with an answered BYE / attempts; calls that go on count when they are over.", "RFC 6076 §4.9", $"{Answered} and {Released}", $"{Attempt} and not call.state : in_call"),
        new("failRate", "Network failure rate", "(No capacity, server error, timeout, media rejected, protocol error) / (attempts − redirected − refused for want of authority).", Ours, NetworkFailed, $"{Attempt} and not call.outcome : (redirect or auth_failed)"),
        new("pgrr", "Ringing ratio", "Attempts that rang or were answered / attempts.", "i3forum (name)", "call.ring_delay_ms : *", Attempt),
        new("ccr", "Call completion ratio", "Answered and ended with an answered BYE of cause 16, 31 or none / answered and over.", Ours, $"{Released} and ({NormalCause})", AnsweredAndOver),
        new("shortCalls", "Short calls", "Answered and over within 6 s / answered and over.", Ours, "call.duration_ms < 6000", AnsweredAndOver),
        new("ira", "Ineffective registration attempts", "Registrations refused otherwise than by 401, 402 or 407, or unanswered / registrations.", "RFC 6076 §4.2", RegistrationFailed, Registration),
        new("iraRfc", "Ineffective registration attempts, by requests", "Registrations refused otherwise than by 401, 402 or 407, or unanswered / REGISTER requests.", "RFC 6076 §4.2", RegistrationFailed, Registration) { Of = Fields.AttemptCount },
    ];

    public static IReadOnlyList<DelayKpi> Delays { get; } =
    [
        new("pdd", "Post-dial delay", "INVITE to the first 180 to 183, else to the answer; of every attempt that had either.", "ITU-T E.721", Attempt, Fields.RingDelayMs),
        new("srd", "Session request delay, answered", "INVITE to the first 180 to 183, else to the answer; of answered calls.", "RFC 6076 §4.3.1", AnsweredCall, Fields.RingDelayMs),
        new("srdFailed", "Session request delay, failed", "INVITE to the first 180 to 183 or the refusal; of refused calls, never mixed with the answered.", "RFC 6076 §4.3.2", $"{Attempt} and {Failed}", Fields.ResponseDelayMs),
        new("sdd", "Session disconnect delay", "BYE to its 2xx.", "RFC 6076 §4.4", Attempt, Fields.DisconnectDelayMs),
        new("sdt", "Session duration", "Answer to BYE, of calls whose BYE was answered.", "RFC 6076 §4.5.1", $"{Attempt} and {Released}", Fields.DurationMs),
        new("sdtFailed", "Session duration, BYE unanswered", "Answer to BYE and the 32 s for which its answer is waited for.", "RFC 6076 §4.5.2", $"{Attempt} and not {Released}", Fields.DurationMs) { More = (long)CallTimeout.Calling.TotalMilliseconds },
        new("acd", "Average call duration", "Conversation of all calls that were answered and are over.", "common use", Attempt, Fields.DurationMs),
        new("mht", "Mean holding time", "INVITE to BYE, to the refusal or to the timeout; of all attempts that are over.", "common use", Attempt, Fields.HoldingMs),
        new("rrd", "Registration request delay", "First REGISTER to its 2xx, the challenge included.", "RFC 6076 §4.1", "call.method : REGISTER and call.outcome : registered", Fields.SetupMs),
    ];

    /// <summary>The row with this name.</summary>
    public static RatioKpi Ratio(string name) => Ratios.Single(kpi => kpi.Name == name);

    /// <summary>The row with this name.</summary>
    public static DelayKpi Delay(string name) => Delays.Single(kpi => kpi.Name == name);
}
