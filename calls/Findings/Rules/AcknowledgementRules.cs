namespace Homer.Search.Calls;

/// <summary>A 2xx is sent again until its ACK arrives, for 32 s; then the call is torn down.</summary>
sealed class MissingAck() : FindingRule(
    "missing-ack", Severity.Error, new(3261, "13.3.1.4"),
    "The caller sends ACK to the Contact of the 200 over its Record-Route: look whether that address is reachable from the caller; behind NAT the Contact is often private.")
{
    static readonly TimeSpan Earliest = TimeSpan.FromSeconds(20);
    static readonly TimeSpan Latest = TimeSpan.FromSeconds(40);

    /// <summary>Whether a BYE so long after the answer may come of a missing ACK.</summary>
    public static bool IsGivingUp(TimeSpan afterAnswer) => afterAnswer > Earliest && afterAnswer < Latest;

    public override IEnumerable<Finding> Find(CallEvidence call)
    {
        foreach (Transaction invitation in call.Transactions.Where(transaction => transaction is { Method: "INVITE", Success: not null, Acknowledgements.Count: 0 }))
        {
            Transmission answer = invitation.Success!;
            Transmission[] sent = [.. invitation.Responses.Where(response => response.StatusCode == answer.StatusCode)];
            Transmission? bye = call.Messages.FirstOrDefault(message =>
                message is { IsRequest: true, Method: "BYE" } && message.From == answer.From && IsGivingUp(message.After(answer)));
            if (sent.Length < 2 && bye is null)
                continue;
            string end = bye is null ? "" : $", and {bye.From} gave up with BYE {bye.After(answer).Seconds()} after its answer";
            yield return Found(
                $"No ACK came from {answer.To} for {answer.Label()}, which {answer.From} sent {(sent.Length == 1 ? "once" : sent.Length.Times())}{end}.", [.. sent, bye]);
        }
    }
}

sealed class FailureNotAcknowledged() : FindingRule(
    "failure-not-acknowledged", Severity.Warning, new(3261, "17.2.1"),
    "ACK to a failure goes where the INVITE went: packets are lost between the two, or the answer does not reach the caller.")
{
    public override IEnumerable<Finding> Find(CallEvidence call) =>
        from transaction in call.Transactions
        where transaction is { Method: "INVITE", Acknowledgements.Count: 0, Final.StatusCode: >= 300 }
        let sent = transaction.Responses.Where(response => response.StatusCode == transaction.Final!.StatusCode).ToArray()
        where sent.Length > 1
        select Found($"{sent[0].From} sent {sent[0].Label()} {sent.Length.Times()} and got no ACK from {sent[0].To}.", sent);
}

sealed class MissingPrack() : FindingRule(
    "missing-prack", Severity.Error, new(3262, "4"),
    "The caller says it supports 100rel but sends no PRACK, or its PRACK takes a way that does not exist; switch 100rel off on one side to see.")
{
    public override IEnumerable<Finding> Find(CallEvidence call)
    {
        if (call.Transactions.Any(transaction => transaction.Method == "PRACK"))
            yield break;
        foreach (Transaction invitation in call.Invitations)
        {
            Transmission[] reliable = [.. invitation.Responses.Where(response => response.StatusCode is > 100 and < 200 && call.Header(response, "RSeq") is not null)];
            if (reliable.Length > 1)
            {
                yield return Found(
                    $"{reliable[0].From} sent the reliable {reliable[0].Label()} {reliable.Length.Times()}, and {reliable[0].To} never confirmed it with PRACK.", reliable);
            }
        }
    }
}
