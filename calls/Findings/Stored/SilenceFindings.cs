using Homer.Search.Protocol;

namespace Homer.Search.Calls;

/// <summary>A finding that holds when nothing follows for a while.</summary>
/// <param name="Name">Of the rule.</param>
/// <param name="Since">From when and how long it is waited for an exchange; null when nothing is owed.</param>
sealed record SilenceFinding(string Name, Func<FactEvidence, Exchange, (Instant Begin, TimeSpan Wait)?> Since);

/// <summary>Findings of somebody who does not answer.</summary>
static class SilenceFindings
{
    public static SilenceFinding[] Rules { get; } =
    [
        new("no-answer", static (_, exchange) => exchange is { IsInvitation: true, IsAnswered: false, IsAcknowledged: false }
            ? (exchange.Request.Last, CallTimeout.Calling) : null),
        new("no-final-answer", static (call, exchange) => exchange is { IsInvitation: true, IsAnswered: true, Final: null, IsAcknowledged: false }
            // Who waits for somebody further on is not to blame.
            && !call.Exchanges.Exists(other => other.Final is null && exchange.IsForwardedBy(other))
            ? (exchange.LastAnswer, exchange.Rang ? CallTimeout.Ringing : CallTimeout.Calling) : null),
        new("unanswered-bye", static (_, exchange) => exchange is { Method: Method.Bye, Final: null } ? (exchange.Request.First, CallTimeout.Calling) : null),
        new("unanswered-in-dialog", static (_, exchange) => exchange is { BeginsDialog: false, IsAnswered: false, IsAcknowledged: false }
            && exchange.Method is Method.Invite or Method.Update or Method.Info or Method.Refer or Method.Prack or Method.Notify
            ? (exchange.Request.First, CallTimeout.Calling) : null),
        new("redirect-not-followed", static (call, exchange) => exchange is { Success: null, Failure: { Key.Code: < 400 } answer }
            && !call.Invitations.Exists(other => other.Request.First > answer.First) ? (answer.First, CallTimeout.Calling) : null),
        new("challenge-not-answered", static (call, exchange) => exchange is { Success: null, Failure: { Key.Code: 401 or 407 } challenge }
            && !exchange.Request.Has(MessageMarks.Credentials) && exchange.Method != Method.Cancel && IsLastAtCaller(call, exchange)
            ? (challenge.First, CallTimeout.Calling) : null),
    ];

    static bool IsLastAtCaller(FactEvidence call, Exchange exchange) =>
        call.AtCaller.Where(other => other.Method == exchange.Method).MaxBy(other => other.Request.First) == exchange;
}
