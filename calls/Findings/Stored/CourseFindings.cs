using System.Text;
using Homer.Search.Protocol;

namespace Homer.Search.Calls;

/// <summary>A finding that follows from the course of the whole call.</summary>
/// <param name="Name">Of the rule.</param>
sealed record CourseFinding(string Name, Func<FactEvidence, bool> Holds);

/// <summary>Findings of times, of what was sent again, of what the two sides agreed on, and of marks that single messages have.</summary>
static class CourseFindings
{
    /// <summary>Of a codec.</summary>
    const int LongestName = 32;

    public static CourseFinding[] Rules { get; } =
    [
        // Who does not confirm.
        new("missing-ack", static call => call.Exchanges.Exists(exchange => exchange is { Method: Method.Invite, Success: not null, IsAcknowledged: false }
            && (exchange.FinalCount > 1 || HasGivenUp(call, exchange.Success)))),
        new("missing-prack", static call => (call.Marks & MessageMarks.Reliable) != 0 && !call.Exchanges.Exists(exchange => exchange.Method == Method.Prack)
            && call.Invitations.Exists(exchange => exchange.ReliableCount > 1)),

        // It takes too long, or is over too soon.
        new("sent-again", static call => call.Exchanges.Exists(exchange => exchange is { IsAnswered: true, Request.Count: > 1 })),
        new("slow-first-response", static call => call.Exchanges.Exists(exchange =>
            exchange is { IsInvitation: true, IsAnswered: true, Request.Count: 1 } && exchange.FirstAnswer.Since(exchange.Request.First) > SlowFirstResponse.Slow)),
        new("long-post-dial-delay", static call => call.Summary is { IsCall: true, RingDelay: { } delay } && Milliseconds(delay) > LongPostDialDelay.LongestMs),
        new("abandoned-before-ringing", static call =>
            call.Summary is { Outcome: CallOutcome.CancelledCaller, RingDelay: null, Setup: { } setup } && Milliseconds(setup) >= AbandonedBeforeRinging.PatientMs),
        new("ended-at-once", static call =>
            call.Summary is { Outcome: CallOutcome.Answered, Duration: { } duration, ReleasedBy: not null } && Milliseconds(duration) < EndedAtOnce.ShortMs
            && !call.Exchanges.Exists(exchange => exchange is { Method: Method.Refer, Success: not null })),

        // Who may call.
        new("wrong-credentials", static call => (call.Marks & MessageMarks.Credentials) != 0 && call.Exchanges.Exists(exchange => IsWrong(call, exchange))),
        new("authentication-loop", HasLooped),

        // The way it went.
        new("max-forwards-nearly-used", static call => (call.Marks & MessageMarks.FewForwards) != 0),
        new("failed-over", HasFailedOver),

        // What the two sides agreed on.
        new("codec-not-offered", static call => call.Exchanges.Exists(exchange => Codecs(call, exchange, CodecNotOffered.SharesNone))),
        new("dtmf-not-agreed", static call => call.Invitations.Exists(exchange => Codecs(call, exchange, (offered, answered) =>
            offered.Contains(DtmfNotAgreed.Event, StringComparer.OrdinalIgnoreCase) && !answered.Contains(DtmfNotAgreed.Event, StringComparer.OrdinalIgnoreCase)))),
        new("answer-without-sdp", static call => call.Invitations.Exists(exchange =>
            exchange.Request.Has(MessageMarks.HasSdp) && exchange is { Success: not null, MediaAnswer: null })),
        new("one-way-from-start", static call => (call.Marks & MessageMarks.OneWay) != 0
            && call.Invitations.Exists(exchange => exchange.Success is { } answer && answer.Has(MessageMarks.OneWay))),
        new("private-media-address", static call => call.HasReceived(MessageMarks.PrivateMedia)),
        new("private-contact", static call => call.HasReceived(MessageMarks.PrivateContact)),

        // The dialog.
        new("answered-twice", static call => call.AtCaller.Exists(exchange => exchange is { Method: Method.Invite, IsAnsweredTwice: true })),
        new("cancel-too-late", IsCancelledTooLate),
        new("released-by-failure", static call => Array.Exists(call.Sendings, sending =>
            sending is { IsRequest: true, Reason: not 0, Key.Method: Method.Bye or Method.Cancel } && OutcomeClass.IsFailure(call.Text(sending.Reason)))),
        new("transfer-failed", static call => (call.Marks & MessageMarks.TransferFailed) != 0),

        // The capture, and what a reader should know.
        new("clocks-disagree", static call => call.Exchanges.Exists(exchange => exchange.IsAnswered && exchange.FirstAnswer < exchange.Request.First)),
        new("one-sided-capture", IsOneSided),
        new("cut-message", static call => (call.Marks & MessageMarks.Cut) != 0),
        new("too-large-for-udp", static call => (call.Marks & MessageMarks.TooLarge) != 0),
        new("emergency-call", static call => (call.Marks & MessageMarks.Emergency) != 0),
        new("weak-attestation", static call => (call.Marks & MessageMarks.WeaklyAttested) != 0),
    ];

    static long Milliseconds(long nanoseconds) => nanoseconds / Instant.NanosecondsPerMillisecond;

    static bool HasGivenUp(FactEvidence call, Sending answer)
    {
        foreach (Sending bye in call.Sendings)
        {
            if (bye is { IsRequest: true, Key.Method: Method.Bye } && bye.From == answer.From && MissingAck.IsGivingUp(bye.First.Since(answer.First)))
                return true;
        }

        return false;
    }

    static bool HasFailedOver(FactEvidence call)
    {
        foreach (Exchange failed in call.Invitations)
        {
            if (failed.Success is not null || failed.Failure is { Key.Code: not (408 or (>= 500 and < 600)) })
                continue;
            foreach (Exchange next in call.Invitations)
            {
                if (next.IsSameRequest(failed) && next.Request.FromHost == failed.Request.FromHost && next.Request.To != failed.Request.To
                    && next.Request.First > (failed.Failure ?? failed.Request).First)
                    return true;
            }
        }

        return false;
    }

    static bool IsCancelledTooLate(FactEvidence call)
    {
        foreach (Exchange cancel in call.AtCaller)
        {
            if (cancel.Method == Method.Cancel && call.AtCaller.Exists(exchange =>
                exchange is { Method: Method.Invite, Success: not null } && exchange.Request.Key.CSeq == cancel.Request.Key.CSeq))
                return true;
        }

        return false;
    }

    static bool HasLooped(FactEvidence call) => call.AtCaller.FindAll(IsChallenged) is { Count: > AuthenticationLoop.Most } challenged
        && challenged.GroupBy(exchange => exchange.Method).Any(method => method.Count() > AuthenticationLoop.Most
            && !call.AtCaller.Exists(exchange => exchange.Method == method.Key && exchange.Success is not null));

    static bool IsChallenged(Exchange exchange) => exchange is { Success: null, Failure.Key.Code: 401 or 407 };

    /// <summary>The facts do not keep realms: a challenge to credentials counts when the one before it had the same code, so was not of another server.</summary>
    static bool IsWrong(FactEvidence call, Exchange exchange) => exchange is { Success: null, Failure: { } refusal } && exchange.Request.Has(MessageMarks.Credentials)
        && (refusal.Key.Code == 403 || (refusal.Key.Code is 401 or 407 && !refusal.Has(MessageMarks.Stale) && call.Exchanges.Exists(before =>
            before.Method == exchange.Method && before.Request.First < exchange.Request.First && before.Failure?.Key.Code == refusal.Key.Code)));

    static bool Codecs(FactEvidence call, Exchange exchange, Func<string[], string[], bool> holds)
    {
        if (exchange.MediaAnswer is not { Codecs: not 0 } answer || exchange.Request.Codecs == 0 || answer.Codecs == exchange.Request.Codecs)
            return false;
        ReadOnlySpan<byte> offered = call.Text(exchange.Request.Codecs);
        // A list that fills its room may have been cut.
        return offered.Length <= Texts.MaximumLength - LongestName && holds(Names(offered), Names(call.Text(answer.Codecs)));
    }

    static string[] Names(ReadOnlySpan<byte> codecs) => Encoding.UTF8.GetString(codecs).Split('\n');

    static bool IsOneSided(FactEvidence call) => !Array.Exists(call.Sendings, static sending => !sending.IsRequest)
        // An ACK proves that an answer came.
        ? Array.Exists(call.Sendings, static sending => sending.Key.Method == Method.Ack)
        : !Array.Exists(call.Sendings, static sending => sending.IsRequest) && call.Sendings.Sum(static sending => sending.Count) > 1;
}
