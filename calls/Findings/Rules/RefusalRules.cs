using Homer.Search.Store;

namespace Homer.Search.Calls;

sealed class NoCapacity() : FindingRule(
    "no-capacity", Severity.Error, new(3261, "21.5.4"),
    "The carrier or gateway is overloaded, out of channels, or sees its own next hop down: check channel and call-rate limits, then ask them.")
{
    public override IEnumerable<Finding> Find(CallEvidence call) =>
        from refusal in call.Refusals(503)
        let answer = refusal.Answer
        let retry = call.Header(answer, "Retry-After")
        select Found(
            $"{answer.From} refused the {answer.Method} with {answer.Label()} after {answer.After(refusal.Transaction.Request).Seconds()}{(retry is null ? "" : $" and asks not to try again for {retry} s")}.",
            refusal.Transaction.Request, answer);
}

sealed class ServerFailure() : FindingRule(
    "server-failure", Severity.Error, new(3261, "21.5"),
    "The fault lies in that server or behind it; its log at this time tells more, and the Reason or Warning header of the answer may.")
{
    public override IEnumerable<Finding> Find(CallEvidence call) =>
        from refusal in call.Refusals()
        let answer = refusal.Answer
        where answer.StatusCode is >= 500 and < 600 and not (501 or 503 or 513)
        select Found(
            $"{answer.From} failed with {answer.Label()} after {answer.After(refusal.Transaction.Request).Seconds()}.", refusal.Transaction.Request, answer);
}

sealed class UnknownNumber() : FindingRule(
    "unknown-number", Severity.Warning, new(3261, "21.4.5"),
    "Compare the user of the request URI with what the next hop expects: prefix, +, national or international form; else the number is not in service.")
{
    public override IEnumerable<Finding> Find(CallEvidence call) =>
        from refusal in call.Refusals(404, 410, 484, 485, 604)
        let answer = refusal.Answer
        select Found(
            $"{answer.From} does not know {refusal.Transaction.Request.Message.Text(Fields.UriUser) ?? "the number"}: {answer.Label()}.", refusal.Transaction.Request, answer);
}

sealed class CalleeUnavailable() : FindingRule(
    "callee-unavailable", Severity.Info, new(3261, "21.4.18"),
    "Without ringing before, 480 mostly means that the callee is not registered: look for its registrations around this time.")
{
    public override IEnumerable<Finding> Find(CallEvidence call) =>
        from refusal in call.Refusals(480)
        where refusal.Transaction.Ringing is null
        select Found($"{refusal.Answer.From} could not reach the callee: {refusal.Answer.Label()}, without ringing.", refusal.Transaction.Request, refusal.Answer);
}

sealed class PolicyRefusal() : FindingRule(
    "policy-refusal", Severity.Warning, new(3261, "21.4.4"),
    "A rule of that server forbids it: the source address is not allowed, the destination is barred, credit has run out, or the caller's number is not accepted.")
{
    public override IEnumerable<Finding> Find(CallEvidence call) =>
        from refusal in call.Refusals(402, 403, 607, 608)
        where refusal.Transaction.Request.Message.Text(Fields.AuthUser) is null
        select Found(
            $"{refusal.Answer.From} forbids the {refusal.Answer.Method} from {refusal.Answer.To}: {refusal.Answer.Label()}.", refusal.Transaction.Request, refusal.Answer);
}

sealed class BadRequest() : FindingRule(
    "bad-request", Severity.Error, new(3261, "21.4.1"),
    "Read the reason phrase and the Warning header, and compare the request with RFC 3261 §20: a header is missing, doubled or malformed, often after a proxy changed it.")
{
    public override IEnumerable<Finding> Find(CallEvidence call) =>
        from refusal in call.Refusals(400, 413, 414, 416, 493, 494, 505, 513)
        let warning = call.Header(refusal.Answer, "Warning")
        select Found(
            $"{refusal.Answer.From} cannot make sense of the {refusal.Answer.Method}: {refusal.Answer.Label()}{(warning is null ? "" : $" ({warning})")}.",
            refusal.Transaction.Request, refusal.Answer);
}

sealed class ExtensionRefused() : FindingRule(
    "extension-refused", Severity.Error, new(3261, "8.2.2.3"),
    "Take the option out of Require on the sending side (100rel, timer and precondition can be set to supported), or switch it on at the receiver.")
{
    public override IEnumerable<Finding> Find(CallEvidence call) =>
        from refusal in call.Refusals(420, 421)
        let option = call.Header(refusal.Answer, "Unsupported") ?? call.Header(refusal.Answer, "Require") ?? call.Header(refusal.Transaction.Request, "Require")
        select Found(
            $"{refusal.Answer.From} {(refusal.Answer.StatusCode == 420 ? "does not support" : "insists on")} {option ?? "an extension"}: {refusal.Answer.Label()}.",
            refusal.Transaction.Request, refusal.Answer);
}

sealed class MethodRefused() : FindingRule(
    "method-refused", Severity.Warning, new(3261, "21.4.6"),
    "The receiver does not take this method; its Allow header says which it takes.")
{
    public override IEnumerable<Finding> Find(CallEvidence call) =>
        from refusal in call.Refusals(405, 501)
        let allowed = call.Header(refusal.Answer, "Allow")
        select Found(
            $"{refusal.Answer.From} does not take {refusal.Answer.Method}: {refusal.Answer.Label()}{(allowed is null ? "" : $", it allows {allowed}")}.",
            refusal.Transaction.Request, refusal.Answer);
}

sealed class RedirectNotFollowed() : FindingRule(
    "redirect-not-followed", Severity.Warning, new(3261, "8.1.3.4"),
    "The caller or its proxy must send the call to the Contact of the redirection; many gateways need that to be switched on.")
{
    public override IEnumerable<Finding> Find(CallEvidence call) =>
        from refusal in call.Refusals()
        let answer = refusal.Answer
        where answer.StatusCode < 400 && call.HasPassed(CallTimeout.Calling, answer)
        where !call.Invitations.Any(other => other.Request.Time > answer.Time)
        select Found(
            $"{answer.From} redirected to {answer.Message.Text(Fields.ContactUser)}@{answer.Message.Text(Fields.ContactHost)} with {answer.Label()}, and nobody followed.",
            refusal.Transaction.Request, answer);
}
