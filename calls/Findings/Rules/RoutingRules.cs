using Homer.Search.Store;

namespace Homer.Search.Calls;

sealed class LoopDetected() : FindingRule(
    "loop", Severity.Error, new(3261, "16.3"),
    "Two servers send the call to each other: look for a route, a forwarding or a DNS name on one of them that leads back to the other.")
{
    public override IEnumerable<Finding> Find(CallEvidence call) =>
        from refusal in call.Refusals(482, 483)
        let answer = refusal.Answer
        select Found(
            $"The {answer.Method} ran in a circle until {answer.From} said {answer.Label()}; by then it had passed {refusal.Transaction.Request.ViaCount} hops.",
            refusal.Transaction.Request, answer);
}

sealed class MaxForwardsNearlyUsed() : FindingRule(
    "max-forwards-nearly-used", Severity.Warning, new(3261, "8.1.1.6"),
    "A request should start with 70; a low value means a long way or a loop, and the call fails with 483 when it reaches 0.")
{
    public const long Few = 5;

    public override IEnumerable<Finding> Find(CallEvidence call) =>
        from transaction in call.Invitations
        let left = transaction.Request.Message.Integer(Fields.MaxForwards)
        where left <= Few
        group transaction by transaction.Request.Exchange into hops
        let last = hops.Last().Request
        select Found($"The INVITE reached {last.To} with only {last.Message.Integer(Fields.MaxForwards)} hops left to go.", last);
}

sealed class MaxForwardsNotDecreased() : FindingRule(
    "max-forwards-not-decreased", Severity.Warning, new(3261, "16.6"),
    "A proxy must count Max-Forwards down by one, else a loop through it never ends; only a back-to-back user agent may begin anew.")
{
    public override IEnumerable<Finding> Find(CallEvidence call) =>
        from hops in call.Transactions.GroupBy(transaction => transaction.Request.Exchange)
        from transaction in hops
        from next in hops
        where transaction.IsForwardedBy(next)
        let before = transaction.Request.Message.Integer(Fields.MaxForwards)
        let after = next.Request.Message.Integer(Fields.MaxForwards)
        where after >= before
        group (transaction.Request, Forwarded: next.Request) by next.Request.From into proxy
        let first = proxy.First()
        select Found(
            $"{proxy.Key} sent the {first.Request.Method} on with Max-Forwards {first.Forwarded.Message.Integer(Fields.MaxForwards)}, having got it with {first.Request.Message.Integer(Fields.MaxForwards)}.",
            first.Request, first.Forwarded);
}

sealed class RequestCameBack() : FindingRule(
    "request-came-back", Severity.Warning, new(3261, "16.3"),
    "A spiral is allowed when the request URI changes on the way (a forwarding does that); otherwise it is a loop in the making.")
{
    public override IEnumerable<Finding> Find(CallEvidence call) =>
        from place in call.Invitations.GroupBy(transaction => (transaction.Request.Exchange, transaction.Request.To))
        let visits = place.Select(transaction => transaction.Request).OrderBy(request => request.ViaCount).ToArray()
        where visits[^1].ViaCount > visits[0].ViaCount
        select Found($"The same INVITE reached {place.Key.To} {visits.Length.Times()}, each time over more hops.", visits);
}

sealed class FailedOver() : FindingRule(
    "failed-over", Severity.Info, new(3263, "4.3"),
    "The caller was served by another target; the one that failed still needs a look.")
{
    public override IEnumerable<Finding> Find(CallEvidence call) =>
        from failed in call.Invitations
        where failed.Final is null or { StatusCode: 408 or >= 500 and < 600 }
        let next = call.Invitations.FirstOrDefault(other =>
            other.Request.Exchange == failed.Request.Exchange && other.Request.ViaCount == failed.Request.ViaCount && other.Request.To != failed.Request.To
            && other.Request.Time > (failed.Final ?? failed.Request).Time)
        where next is not null
        select Found(
            $"{failed.Request.From} sent the call to {next.Request.To} after {failed.Request.To} {(failed.Final is null ? "did not answer" : $"answered {failed.Final.Label()}")}.",
            failed.Request, failed.Final, next.Request);
}
