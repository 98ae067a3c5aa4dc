using System.Globalization;
using Homer.Search.Store;

namespace Homer.Search.Calls;

sealed class NoMedia() : FindingRule(
    "no-media", Severity.Error, new(3550, "6.4.1"),
    "Signalling works and voice does not: a firewall drops RTP, or both sides send to an address that a proxy or router should have rewritten (see the media addresses).")
{
    public override IEnumerable<Finding> Find(CallEvidence call)
    {
        if (call.Talk is { } talk && call.Streams.Count > 0 && call.Streams.All(stream => CallEvidence.IsSilent(stream)))
            yield return Found($"The call was answered and lasted {talk.Seconds()}, and by every report not one packet of voice arrived.", call.Answer);
    }
}

/// <summary>
/// One side hears and the other does not: reports of one direction count packets, and those of the other say that none came, or the side that should hear
/// reports on nothing while the other says it sends. A receiver that got nothing sends no block (RFC 3550 §6.4.1).
/// </summary>
sealed class OneWayAudio() : FindingRule(
    "one-way-audio", Severity.Error, new(3550, "6.4.1"),
    "Compare the media address that the deaf side asked for with where it really is: a private address, a firewall, or a relay that was put into one direction only.")
{
    const int FewReports = 2;

    public override IEnumerable<Finding> Find(CallEvidence call)
    {
        if (call.Talk is null)
            yield break;
        foreach (Side deaf in (Side[])[Side.Caller, Side.Callee])
        {
            Side other = deaf == Side.Caller ? Side.Callee : Side.Caller;
            bool isOtherServed = call.Streams.Any(stream => stream.HeardBy == other && stream.Packets > 0 && !CallEvidence.IsSilent(stream));
            MediaFlow[] toDeaf = [.. call.Streams.Where(stream => stream.HeardBy == deaf)];
            if (isOtherServed && (toDeaf.Length > 0 ? toDeaf.All(CallEvidence.IsSilent) : ReportsNothing(call, deaf)))
                yield return Found($"The {deaf.Word()} heard nothing while the {other.Word()} did, by the reports of both.", call.Answer);
        }
    }

    /// <summary>It sends reports, again and again, and none of them is about a stream, though the other side sends.</summary>
    static bool ReportsNothing(CallEvidence call, Side deaf)
    {
        Document[] own = [.. call.Reports.Where(report => call.IsAt(report, deaf))];
        bool otherSends = call.Reports.Any(report => report.Integer(Fields.SentPackets) > 0 && !call.IsAt(report, deaf));
        return otherSends && own.Length >= FewReports && own.All(report => report.Integer(Fields.QosSsrc) is null);
    }
}

sealed class PoorVoice() : FindingRule(
    "poor-voice", Severity.Warning, new(3611, "4.7.5"),
    "Loss and jitter come from the network between the sender and who reports: look along it for a full line, Wi-Fi, or missing priority for voice; delay adds to it.")
{
    /// <summary>R 70: many users are dissatisfied (ITU-T G.107 Annex B).</summary>
    const double Poor = 3.6;

    public override IEnumerable<Finding> Find(CallEvidence call) =>
        from stream in call.Streams
        where stream.Mos < Poor && !CallEvidence.IsSilent(stream)
        select Found(
            string.Create(
                CultureInfo.InvariantCulture,
                $"Voice heard by {(stream.HeardBy is { } side ? $"the {side.Word()}" : stream.To?.ToString() ?? "one side")} had a mean opinion score of {stream.Mos:0.0}{(stream.ReportedMos is null ? " by the E-model" : "")}: {stream.LossPercent ?? 0:0.0} % loss, {stream.MeanJitterMs ?? 0:0} ms jitter."),
            call.Answer);
}

sealed class JitterTooGreat() : FindingRule(
    "great-jitter", Severity.Warning, new(3550, "6.4.1"),
    "Packets come unevenly and jitter buffers throw late ones away: look for queues without priority for voice on the way of this stream.")
{
    const double GreatMs = 50;

    public override IEnumerable<Finding> Find(CallEvidence call) =>
        from stream in call.Streams
        where stream.MaximumJitterMs > GreatMs
        select Found(
            string.Create(CultureInfo.InvariantCulture, $"The stream to {stream.To} had a jitter of up to {stream.MaximumJitterMs:0} ms."), call.Answer);
}
