namespace Homer.Search.Calls;

sealed class NoAnswer() : FindingRule(
    "no-answer", Severity.Error, new(3261, "17.1.1.2"),
    "Check that the address is right and reachable, that its firewall lets SIP in, and that the answer finds its way back (Via, rport).")
{
    public override IEnumerable<Finding> Find(CallEvidence call) =>
        from transaction in call.Invitations
        where transaction.Responses.Count == 0 && transaction.Acknowledgements.Count == 0 && call.HasPassed(CallTimeout.Calling, transaction.Requests[^1])
        let sent = transaction.Requests.Count
        let first = transaction.Request
        select Found(
            $"{first.To} never answered the INVITE from {first.From}" + (sent > 1 ? $", which was sent {sent.Times()} in {transaction.Requests[^1].After(first).Seconds()}." : "."),
            transaction.Requests);
}

sealed class NoFinalAnswer() : FindingRule(
    "no-final-answer", Severity.Error, new(3261, "16.6"),
    "Look at the log of the side that sent the last provisional response: it owes a final answer, and its proxy should have cancelled by timer C.")
{
    public override IEnumerable<Finding> Find(CallEvidence call) =>
        from transaction in call.Invitations
        where transaction is { Final: null, Responses.Count: > 0, Acknowledgements.Count: 0 }
        let last = transaction.Responses[^1]
        where call.HasPassed(transaction.Ringing is null ? CallTimeout.Calling : CallTimeout.Ringing, last)
        // Who waits for somebody further on is not to blame.
        where !call.Transactions.Any(other => other.Final is null && transaction.IsForwardedBy(other))
        select Found($"After {last.Label()} nothing more came from {last.From}: the INVITE has no final answer.", transaction.Request, last);
}

sealed class UnansweredBye() : FindingRule(
    "unanswered-bye", Severity.Warning, new(3261, "15.1.1"),
    "The other side may have gone away, or BYE went to an address that cannot be reached: compare its request URI and Route with Contact and Record-Route of the dialog.")
{
    public override IEnumerable<Finding> Find(CallEvidence call) =>
        from transaction in call.Transactions
        where transaction is { Method: "BYE", Final: null } && call.HasPassed(CallTimeout.Calling, transaction.Request)
        select Found(
            $"{transaction.Request.To} never answered the BYE from {transaction.Request.From}" + (transaction.Requests.Count > 1 ? $", sent {transaction.Requests.Count.Times()}." : "."),
            transaction.Requests);
}

sealed class UnansweredInDialog() : FindingRule(
    "unanswered-in-dialog", Severity.Error, new(3261, "14.1"),
    "The dialog's route is broken for one direction: compare Record-Route and Contact of the first answer with where this request was sent.")
{
    public override IEnumerable<Finding> Find(CallEvidence call) =>
        from transaction in call.Transactions
        where !transaction.BeginsDialog && transaction.Method is "INVITE" or "UPDATE" or "INFO" or "REFER" or "PRACK" or "NOTIFY"
        where transaction is { BeginsDialog: false, Responses.Count: 0, Acknowledgements.Count: 0 } && call.HasPassed(CallTimeout.Calling, transaction.Request)
        select Found(
            $"{transaction.Request.To} did not answer the {transaction.Method} that {transaction.Request.From} sent within the call.", transaction.Requests);
}
