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

/// <summary>An answer may name further codecs, but one of the offer at least must be among them.</summary>
sealed class CodecNotOffered() : FindingRule(
    "codec-not-offered", Severity.Error, new(3264, "6.1"),
    "Neither side can decode what the other sends. Look for a gateway that puts its own list of codecs into the answer instead of choosing from the offer.")
{
    public override IEnumerable<Finding> Find(CallEvidence call) =>
        from transaction in call.Transactions
        let answer = transaction.MediaAnswer
        where answer is not null && SharesNone(transaction.Request.Codecs(), answer.Codecs())
        group (transaction, answer) by answer.Identity into hops
        let seen = hops.First()
        select Found(
            $"{seen.answer.From} answered with {seen.answer.Codecs().Joined()}, nothing of which for voice {seen.transaction.Request.From} had offered ({seen.transaction.Request.Codecs().Joined()}).",
            seen.transaction.Request, seen.answer);

    /// <summary>Whether the two lists have no codec for voice in common, though each has one.</summary>
    public static bool SharesNone(IReadOnlyList<string> offered, IReadOnlyList<string> answered) =>
        offered.Any(IsVoice) && answered.Any(IsVoice) && !answered.Where(IsVoice).Intersect(offered, StringComparer.OrdinalIgnoreCase).Any();

    static bool IsVoice(string codec) =>
        !codec.Equals(DtmfNotAgreed.Event, StringComparison.OrdinalIgnoreCase) && !codec.Equals("CN", StringComparison.OrdinalIgnoreCase);
}

sealed class DtmfNotAgreed() : FindingRule(
    "dtmf-not-agreed", Severity.Warning, new(4733, "2.5.1.1"),
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
