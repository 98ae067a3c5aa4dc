using System.Globalization;
using Homer.Search.Store;

namespace Homer.Search.Calls;

sealed class UnknownDialog() : FindingRule(
    "unknown-dialog", Severity.Error, new(3261, "12.2.2"),
    "One side thinks the call goes on, the other has forgotten it: it restarted, timed out, or the request reached another server of the same name.")
{
    public override IEnumerable<Finding> Find(CallEvidence call) =>
        from refusal in call.Refusals(481)
        where refusal.Transaction.Method != "CANCEL"
        select Found(
            $"{refusal.Answer.From} does not know the call that the {refusal.Answer.Method} from {refusal.Answer.To} belongs to: {refusal.Answer.Label()}.",
            refusal.Transaction.Request, refusal.Answer);
}

sealed class Glare() : FindingRule(
    "glare", Severity.Info, new(3261, "14.1"),
    "Both sides changed the session at the same moment; they should try again after a random time. Frequent glare means that both refresh the session.")
{
    public override IEnumerable<Finding> Find(CallEvidence call) =>
        from refusal in call.Refusals(491)
        select Found($"The {refusal.Answer.Method} of {refusal.Answer.To} crossed one of {refusal.Answer.From}: {refusal.Answer.Label()}.", refusal.Transaction.Request, refusal.Answer);
}

sealed class AnsweredTwice() : FindingRule(
    "answered-twice", Severity.Warning, new(3261, "13.2.2.4"),
    "Two devices picked up before the other branch was cancelled; the caller must end one of them, else a person speaks into silence.")
{
    public override IEnumerable<Finding> Find(CallEvidence call) =>
        from transaction in call.AtCaller
        where transaction.Method == "INVITE"
        let answers = transaction.Responses.Where(response => response.StatusCode is >= 200 and < 300).DistinctBy(response => response.Message.Text(Fields.ToTag)).ToArray()
        where answers.Length > 1
        select Found($"{answers.Length} devices answered the same INVITE within {answers[^1].After(answers[0]).Seconds()}.", answers);
}

sealed class CancelTooLate() : FindingRule(
    "cancel-too-late", Severity.Info, new(3261, "9.1"),
    "The answer counts; the caller has to hang up with BYE. Billing may show a call of a second that nobody meant to have.")
{
    public override IEnumerable<Finding> Find(CallEvidence call) =>
        from cancel in call.AtCaller
        where cancel.Method == "CANCEL"
        let invitation = call.AtCaller.FirstOrDefault(transaction => transaction is { Method: "INVITE", Success: not null } && IsSame(transaction.Request, cancel.Request))
        where invitation is not null
        select Found($"{cancel.Request.From} cancelled, but the callee had answered already ({invitation.Success!.Label()}).", cancel.Request, invitation.Success);

    static bool IsSame(Transmission left, Transmission right) => left.Message.Integer(Fields.CSeqNumber) == right.Message.Integer(Fields.CSeqNumber);
}

/// <summary>The side that does not refresh hangs up a third of the interval, at most 32 s, before it is over.</summary>
sealed class SessionTimerExpired() : FindingRule(
    "session-timer-expired", Severity.Error, new(4028, "10"),
    "The refresher sent no re-INVITE or UPDATE in time, or it got lost: see which side refresher= names, and whether its request found its way.")
{
    const double Tolerance = 2;

    public override IEnumerable<Finding> Find(CallEvidence call)
    {
        Transmission? bye = call.Messages.FirstOrDefault(message => message is { IsRequest: true, Method: "BYE" });
        Transmission? agreed = bye is null ? null : call.Messages.LastOrDefault(message =>
            message is { StatusCode: >= 200 and < 300, Method: "INVITE" or "UPDATE", IsRetransmission: false } && message.Time < bye.Time && Interval(call, message) > 0);
        if (bye is null || agreed is null)
            yield break;

        double interval = Interval(call, agreed);
        double waited = bye.After(agreed).TotalSeconds;
        double early = interval - Math.Min(32, interval / 3);
        bool isSaid = bye.Message.Text(Fields.ReasonText)?.Contains("session", StringComparison.OrdinalIgnoreCase) == true;
        if (isSaid || Math.Abs(waited - interval) < Tolerance || Math.Abs(waited - early) < Tolerance)
        {
            yield return Found(
                string.Create(CultureInfo.InvariantCulture, $"{bye.From} hung up {waited:0.0} s after the session timer of {interval:0} s was last set: it was not refreshed."),
                agreed, bye);
        }
    }

    static double Interval(CallEvidence call, Transmission message) =>
        call.Header(message, "Session-Expires")?.Split(';')[0].Trim() is { } text && double.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out double seconds) ? seconds : 0;
}

sealed class SessionIntervalTooSmall() : FindingRule(
    "session-interval-too-small", Severity.Info, new(4028, "6"),
    "The caller should try again with Min-SE of the answer; raise its Session-Expires to save the extra round.")
{
    public override IEnumerable<Finding> Find(CallEvidence call) =>
        from refusal in call.Refusals(422)
        let least = call.Header(refusal.Answer, "Min-SE")
        select Found(
            $"{refusal.Answer.From} wants session timers of at least {least ?? "a longer time than offered"}{(least is null ? "" : " s")}: {refusal.Answer.Label()}.",
            refusal.Transaction.Request, refusal.Answer);
}

sealed class ReleasedByFailure() : FindingRule(
    "released-by-failure", Severity.Error, new(3326, "2"),
    "Nobody hung up: the cause comes from the telephone network or a gateway behind the sender of this message.")
{
    public override IEnumerable<Finding> Find(CallEvidence call) =>
        from message in call.Messages
        where message is { IsRequest: true, Method: "BYE" or "CANCEL", IsRetransmission: false }
        where message.Message.Text(Fields.ReasonProtocol) == "Q.850" && OutcomeClass.IsFailureCause((int?)message.Message.Integer(Fields.ReasonCause))
        group message by message.Identity into hops
        let origin = hops.MinBy(message => message.ViaCount)!
        let text = origin.Message.Text(Fields.ReasonText)
        select Found(
            $"{origin.From} ended the call with Q.850 cause {origin.Message.Integer(Fields.ReasonCause)}{(string.IsNullOrEmpty(text) ? "" : $" ({text})")}, not because a person hung up.",
            origin);
}

sealed class TransferFailed() : FindingRule(
    "transfer-failed", Severity.Error, new(3515, "2.4.5"),
    "The call to the transfer target failed with that code; look for the call that the Refer-To address caused.")
{
    public override IEnumerable<Finding> Find(CallEvidence call) =>
        from notify in call.Messages
        where notify is { IsRequest: true, Method: "NOTIFY", IsRetransmission: false }
            && string.Equals(notify.Message.Text(Fields.ContentType), "message/sipfrag", StringComparison.OrdinalIgnoreCase)
        let line = call.Body(notify)?.Split('\n')[0].Trim()
        where line is not null && line.StartsWith("SIP/2.0 ", StringComparison.Ordinal) && line.Length > 8 && line[8] is >= '3' and <= '6'
        group (notify, line) by notify.Identity into hops
        let seen = hops.First()
        select Found($"The transfer that {seen.notify.To} asked {seen.notify.From} for failed: {seen.line["SIP/2.0 ".Length..]}.", seen.notify);
}
