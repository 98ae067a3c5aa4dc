using Homer.Search.Store;

namespace Homer.Search.Calls;

sealed class NoCommonCodec() : FindingRule(
    "no-common-codec", Severity.Error, new(3264, "6"),
    "Let both sides have one codec in common, or transcode between them; check SRTP against RTP and IPv6 against IPv4 as well.")
{
    public override IEnumerable<Finding> Find(CallEvidence call) =>
        from refusal in call.Refusals(415, 488, 580, 606)
        let answer = refusal.Answer
        let offered = refusal.Transaction.Request.Codecs()
        let warning = call.Header(answer, "Warning")
        select Found(
            $"{answer.From} refused the media with {answer.Label()}{(warning is null ? "" : $" ({warning})")}; offered was {(offered.Count == 0 ? "nothing" : offered.Joined())}.",
            refusal.Transaction.Request, answer);
}

sealed class CodecNotOffered() : FindingRule(
    "codec-not-offered", Severity.Error, new(3264, "6.1"),
    "An answer may only take from the offer; one side will send what the other cannot decode. Look for a gateway that adds codecs.")
{
    public override IEnumerable<Finding> Find(CallEvidence call) =>
        from transaction in call.Transactions
        let answer = transaction.MediaAnswer
        where answer is not null
        let strange = answer.Codecs().Except(transaction.Request.Codecs(), StringComparer.OrdinalIgnoreCase).ToArray()
        where strange.Length > 0 && transaction.Request.Codecs().Count > 0
        group (transaction, answer, strange) by answer.Identity into hops
        let seen = hops.First()
        select Found(
            $"{seen.answer.From} answered with {seen.strange.Joined()}, which {seen.transaction.Request.From} had not offered ({seen.transaction.Request.Codecs().Joined()}).",
            seen.transaction.Request, seen.answer);
}

sealed class DtmfNotAgreed() : FindingRule(
    "dtmf-not-agreed", Severity.Warning, new(4733, "2.4"),
    "Without telephone-event tones travel in the voice, which compressed codecs damage: switch RFC 4733 on at the side that does not answer with it, or use INFO on both.")
{
    public const string Event = "telephone-event";

    public override IEnumerable<Finding> Find(CallEvidence call) =>
        from transaction in call.Invitations
        let answer = transaction.MediaAnswer
        where answer is not null && answer.Codecs().Count > 0
        where Has(transaction.Request) && !Has(answer)
        group (transaction, answer) by answer.Identity into hops
        let seen = hops.First()
        select Found($"{seen.transaction.Request.From} offered {Event} for keypad tones, and {seen.answer.From} did not take it.", seen.transaction.Request, seen.answer);

    static bool Has(Transmission message) => message.Codecs().Contains(Event, StringComparer.OrdinalIgnoreCase);
}

sealed class AnswerWithoutSdp() : FindingRule(
    "answer-without-sdp", Severity.Error, new(3261, "13.2.1"),
    "The offer must be answered in the 2xx or in a reliable provisional response; without it neither side knows where to send voice.")
{
    public override IEnumerable<Finding> Find(CallEvidence call) =>
        from transaction in call.Invitations
        where transaction.Request.HasSdp() && transaction is { Success: not null, MediaAnswer: null }
        group transaction by transaction.Success!.Identity into hops
        let origin = hops.MaxBy(transaction => transaction.Request.ViaCount)!
        select Found($"{origin.Success!.From} answered the offer with {origin.Success.Label()} and no session description.", origin.Request, origin.Success);
}

sealed class OneWayFromStart() : FindingRule(
    "one-way-from-start", Severity.Warning, new(3264, "6.1"),
    "Right for announcements and music on hold; otherwise a side was left on hold, or a gateway copied the direction of an old description.")
{
    public override IEnumerable<Finding> Find(CallEvidence call) =>
        from transaction in call.Invitations
        let answer = transaction.Success is { } success && success.HasSdp() ? success : null
        let direction = answer?.Message.Text(Fields.SdpDirection)
        where direction is "sendonly" or "recvonly" or "inactive"
        group (transaction, answer, direction) by answer.Identity into hops
        let seen = hops.First()
        select Found($"The answer of {seen.answer.From} says {seen.direction}: {Meaning(seen.direction)}.", seen.transaction.Request, seen.answer);

    static string Meaning(string direction) => direction switch
    {
        "sendonly" => "it will not listen",
        "recvonly" => "it will not speak",
        _ => "no voice flows either way",
    };
}
