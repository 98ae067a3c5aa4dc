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

    public static IReadOnlyList<CountKpi> Counts { get; } =
    [
        new("calls", "Calls", "Call-IDs begun by an INVITE.", Ours, static call => call.IsCall),
        new("attempts", "Attempts", "Calls that were answered, refused or timed out; neither those without a final answer yet nor those whose capture has holes.", Ours, static call => call.IsAttempt),
        new("answered", "Answered calls", "Attempts with a 2xx to the INVITE.", Ours, static call => call.IsEstablished),
        new("pending", "Calls without a final answer yet", "They count in no ratio until they are answered, refused or timed out.", Ours, static call => call.IsPending),
        new("incomplete", "Calls with holes in their capture", "The request that began them or their final answer was not seen; they count in no ratio.", Ours, static call => call.IsIncomplete),
        new("registrations", "Registrations", "Call-IDs begun by a REGISTER that were answered, refused or timed out.", Ours, static call => call.IsRegistration),
    ];

    public static IReadOnlyList<RatioKpi> Ratios { get; } =
    [
        new("asr", "Answer-seizure ratio", "Answered / attempts.", "ITU-T E.411, E.425 §1.3", static call => call.IsEstablished, static call => call.IsAttempt),
        new("abr", "Answer-bid ratio", "Answered / bids; a capture sees every bid as an attempt, so it differs from the answer-seizure ratio only where calls are refused before they reach the captured hop.", "ITU-T E.425 §1.4", static call => call.IsEstablished, static call => call.IsAttempt),
        new("ner", "Network effectiveness ratio", "(Answered + busy + rang without answer + declined or unavailable) / attempts.", "ITU-T E.425 §1.5", static call => call.IsNetworkEffective, static call => call.IsAttempt),
        new("ser", "Session establishment ratio", "Answered / (attempts − those that end in a 3xx).", "RFC 6076 §4.6", static call => call.IsEstablished, static call => call.IsAttempt && !call.IsRedirect),
        new("seer", "Session establishment effectiveness ratio", "(Answered + 480, 486, 600, 603) / (attempts − those that end in a 3xx).", "RFC 6076 §4.7", static call => call.IsEffective, static call => call.IsAttempt && !call.IsRedirect),
        new("serRfc", "Session establishment ratio, by requests", "Answered / (INVITE requests − those answered by a 3xx): each request counts, also one that is only sent again with credentials or to another target.", "RFC 6076 §4.6", static call => call.IsEstablished ? 1 : 0, static call => call.IsAttempt ? call.Requests - call.Redirects : 0),
        new("seerRfc", "Session establishment effectiveness ratio, by requests", "(Answered + 480, 486, 600, 603) / (INVITE requests − those answered by a 3xx).", "RFC 6076 §4.7", static call => call.IsEffective ? 1 : 0, static call => call.IsAttempt ? call.Requests - call.Redirects : 0),
        new("isa", "Ineffective session attempts", "(408, 500, 503, 504 or no answer at all) / attempts.", "RFC 6076 §4.8", static call => call.IsIneffective, static call => call.IsAttempt),
        new("scr", "Session completion ratio", "Answered with an answered BYE / attempts; calls that go on count when they are over.", "RFC 6076 §4.9", static call => call.IsCompleted, static call => call.IsAttempt && !call.GoesOn),
        new("failRate", "Network failure rate", "(No capacity, server error, timeout, media rejected, protocol error) / (attempts − redirected − refused for want of authority).", Ours, static call => call.IsNetworkFailure, static call => call.IsAttempt && call is { IsRedirect: false, IsAuthFailure: false }),
        new("pgrr", "Ringing ratio", "Attempts that rang or were answered / attempts.", "i3forum (name)", static call => call.PostDialDelayMs is not null, static call => call.IsAttempt),
        new("ccr", "Call completion ratio", "Answered and ended with an answered BYE of cause 16, 31 or none / answered and over.", Ours, static call => call.IsNormallyReleased, static call => call.IsEstablished && !call.GoesOn),
        new("shortCalls", "Short calls", "Answered and over within 6 s / answered and over.", Ours, static call => call.ConversationMs < 6000, static call => call.IsEstablished && !call.GoesOn),
        new("ira", "Ineffective registration attempts", "Registrations refused otherwise than by 401, 402 or 407, or unanswered / registrations.", "RFC 6076 §4.2", static call => call.IsIneffectiveRegistration, static call => call.IsRegistration),
        new("iraRfc", "Ineffective registration attempts, by requests", "Registrations refused otherwise than by 401, 402 or 407, or unanswered / REGISTER requests.", "RFC 6076 §4.2", static call => call.IsIneffectiveRegistration ? 1 : 0, static call => call.IsRegistration ? call.Requests : 0),
    ];

    public static IReadOnlyList<DelayKpi> Delays { get; } =
    [
        new("pdd", "Post-dial delay", "INVITE to the first 180 to 183, else to the answer; of every attempt that had either.", "ITU-T E.721", static call => call.PostDialDelayMs),
        new("srd", "Session request delay, answered", "INVITE to the first 180 to 183, else to the answer; of answered calls.", "RFC 6076 §4.3.1", static call => call.SessionRequestDelayMs),
        new("srdFailed", "Session request delay, failed", "INVITE to the first 180 to 183 or the refusal; of refused calls, never mixed with the answered.", "RFC 6076 §4.3.2", static call => call.FailedSessionRequestDelayMs),
        new("sdd", "Session disconnect delay", "BYE to its 2xx.", "RFC 6076 §4.4", static call => call.SessionDisconnectDelayMs),
        new("sdt", "Session duration", "Answer to BYE, of calls whose BYE was answered.", "RFC 6076 §4.5.1", static call => call.SessionDurationMs),
        new("sdtFailed", "Session duration, BYE unanswered", "Answer to BYE and the 32 s for which its answer is waited for.", "RFC 6076 §4.5.2", static call => call.FailedSessionDurationMs),
        new("acd", "Average call duration", "Conversation of all calls that were answered and are over.", "common use", static call => call.ConversationMs),
        new("mht", "Mean holding time", "INVITE to BYE, to the refusal or to the timeout; of all attempts that are over.", "common use", static call => call.HoldingMs),
        new("rrd", "Registration request delay", "First REGISTER to its 2xx, the challenge included.", "RFC 6076 §4.1", static call => call.RegistrationRequestDelayMs),
    ];

    /// <summary>The row with this name.</summary>
    public static RatioKpi Ratio(string name) => Ratios.Single(kpi => kpi.Name == name);

    /// <summary>The row with this name.</summary>
    public static DelayKpi Delay(string name) => Delays.Single(kpi => kpi.Name == name);
}
