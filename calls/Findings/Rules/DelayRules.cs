namespace Homer.Search.Calls;

sealed class SentAgain() : FindingRule(
    "sent-again", Severity.Warning, new(3261, "17.1.1.2"),
    "Packets are lost between the two, or the receiver needs longer than half a second for its first response; compare captures at both ends.")
{
    public override IEnumerable<Finding> Find(CallEvidence call) =>
        from transaction in call.Transactions
        where transaction is { Requests.Count: > 1, Responses.Count: > 0 }
        let first = transaction.Request
        select Found(
            $"{transaction.Method} was sent {transaction.Requests.Count.Times()} from {first.From} to {first.To}; the first response came after {transaction.Responses[0].After(first).Seconds()}.",
            [.. transaction.Requests, transaction.Responses[0]]);
}

sealed class SlowFirstResponse() : FindingRule(
    "slow-first-response", Severity.Warning, new(3261, "17.2.1"),
    "A server should send 100 Trying within 200 ms: it is overloaded, or waits for a database, DNS or another server before it answers.")
{
    public static readonly TimeSpan Slow = TimeSpan.FromSeconds(2);

    public override IEnumerable<Finding> Find(CallEvidence call) =>
        from transaction in call.Invitations
        where transaction is { Requests.Count: 1, Responses.Count: > 0 }
        let delay = transaction.Responses[0].After(transaction.Request)
        where delay > Slow
        select Found($"{transaction.Request.To} took {delay.Seconds()} for its first response to the INVITE.", transaction.Request, transaction.Responses[0]);
}

sealed class LongPostDialDelay() : FindingRule(
    "long-post-dial-delay", Severity.Warning, new(6076, "4.3"),
    "Follow the INVITE along the hops of the ladder: the hop with the long gap before the next one is where the time goes.")
{
    /// <summary>ITU-T E.721: the mean a caller accepts for an international connection.</summary>
    public const int LongestMs = 8000;

    public override IEnumerable<Finding> Find(CallEvidence call)
    {
        if (call.Call is { Method: "INVITE", RingDelayMs: > LongestMs and var delay } && call.AtCaller.Count > 0)
        {
            yield return Found(
                $"The caller heard nothing for {TimeSpan.FromMilliseconds(delay).Seconds()}.",
                call.AtCaller[0].Request, call.AtCaller.Select(transaction => transaction.Ringing ?? transaction.Success).FirstOrDefault(answer => answer is not null));
        }
    }
}

sealed class AbandonedBeforeRinging() : FindingRule(
    "abandoned-before-ringing", Severity.Error, new(3261, "9.1"),
    "The network, not the caller, is to blame: see which hop got the INVITE last and did not go on.")
{
    public const int PatientMs = 10_000;

    public override IEnumerable<Finding> Find(CallEvidence call)
    {
        if (call.Call is { Outcome: CallOutcome.CancelledCaller, RingDelayMs: null, SetupMs: >= PatientMs and var setup })
        {
            yield return Found(
                $"The caller hung up after {TimeSpan.FromMilliseconds(setup).Seconds()} in which it never rang.",
                call.AtCaller.Where(transaction => transaction.Method is "INVITE" or "CANCEL").Select(transaction => transaction.Request));
        }
    }
}

/// <summary>Not when one side had sent the other on: whoever transfers calls is done at once.</summary>
sealed class EndedAtOnce() : FindingRule(
    "ended-at-once", Severity.Info, new(6076, "4.5"),
    "Single short calls happen; many on one trunk point to dead air, wrong codecs, voicemail detection or false answers.")
{
    public const long ShortMs = 3000;

    public override IEnumerable<Finding> Find(CallEvidence call)
    {
        if (call.Call is { Outcome: CallOutcome.Answered, DurationMs: < ShortMs and var duration, ReleasedBy: { } side }
            && !call.Transactions.Any(transaction => transaction is { Method: "REFER", Success: not null }))
        {
            yield return Found(
                $"The {side.Word()} hung up only {TimeSpan.FromMilliseconds(duration).Seconds()} after the answer.",
                call.AtCaller.FirstOrDefault(transaction => transaction.Method == "INVITE")?.Success,
                call.Messages.FirstOrDefault(message => message is { IsRequest: true, Method: "BYE" }));
        }
    }
}
