using System.Net;
using Homer.Search.Store;

namespace Homer.Search.Calls;

/// <summary>
/// The streams of a call, put together out of its quality reports and told apart by what they measure: its SSRC, else its two ends. Addresses of session
/// descriptions tell which side hears a stream, and the codec whose clock turns RTCP's jitter into milliseconds.
/// </summary>
public static class MediaQuality
{
    /// <summary>Reports and descriptions name the port of RTP, RTCP has the next one (RFC 3550 §11) unless both share one (RFC 5761).</summary>
    const int RtcpOffset = 1;

    /// <summary>What a jitter buffer adds when no report says so, as a multiple of the jitter; and the time of one packet.</summary>
    const double BufferedJitters = 2;
    const double PacketMs = 20;

    /// <param name="reports">Quality reports of the call, in any order.</param>
    /// <param name="ends">What its session descriptions say.</param>
    public static IReadOnlyList<MediaFlow> Streams(IEnumerable<Document> reports, IReadOnlyList<AudioEnd> ends) =>
    [
        .. reports.OrderBy(report => report.Time).GroupBy(Key).Where(stream => stream.Key.Length > 0)
            .Select(stream => Stream([.. stream], ends, [.. reports]))
            .OrderBy(stream => stream.HeardBy ?? Side.Network).ThenBy(stream => stream.First),
    ];

    /// <summary>Empty for a report that measures no stream.</summary>
    static string Key(Document report)
    {
        if (report.Integer(Fields.QosSsrc) is { } ssrc and not 0)
            return $"ssrc {ssrc}";
        (IPEndPoint? from, IPEndPoint? to) = Ends(report);
        bool measures = report.Decimal(Fields.LossPercent) is not null || report.Integer(Fields.Packets) is not null || report.Decimal(Fields.Mos) is not null;
        return measures ? $"{from} {to} {report.Text(Fields.QosDirection)}" : "";
    }

    static MediaFlow Stream(Document[] reports, IReadOnlyList<AudioEnd> ends, Document[] all)
    {
        (IPEndPoint? from, IPEndPoint? to) = reports.Select(Ends).FirstOrDefault(pair => pair.To is not null);
        AudioEnd? listener = to is null ? null : ListenerAt(to, ends);
        // The answer says which of the offered codecs is in use.
        AudioEnd? agreed = ends.LastOrDefault(end => end.IsAnswer) ?? listener;
        string? codec = reports.Select(report => report.Text(Fields.QosCodec)).FirstOrDefault(name => name is not null) ?? agreed?.Codec;
        int? clock = (int?)reports.Select(report => report.Integer(Fields.QosClockRate)).FirstOrDefault(rate => rate is not null) ?? agreed?.ClockRate;
        long? ssrc = reports[0].Integer(Fields.QosSsrc);
        long? sent = all.Where(report => ssrc is not null && report.Integer(Fields.QosReporterSsrc) == ssrc).Max(report => report.Integer(Fields.SentPackets));
        long? lost = reports.LastOrDefault(report => report.Integer(Fields.LostPackets) is not null)?.Integer(Fields.LostPackets);
        long? packets = reports.Max(report => report.Integer(Fields.Packets)) ?? (sent - Math.Max(0, lost ?? 0));
        double?[] losses = [.. reports.Select((report, index) => LossSince(report, reports.Take(index)))];
        double? loss = packets + lost > 0 ? Math.Clamp(100.0 * lost!.Value / (packets + lost)!.Value, 0, 100) : losses.Average();
        double?[] jitters = [.. reports.Select(report => JitterMs(report, clock))];
        double? jitter = jitters.Average();
        double? delay = Delay(reports, jitter);
        double? discarded = Mean(reports, Fields.DiscardPercent);
        return new MediaFlow
        {
            From = from,
            To = to,
            HeardBy = listener?.Owner,
            Ssrc = ssrc,
            Codec = codec,
            ClockRate = clock,
            Packets = packets,
            LostPackets = lost,
            LossPercent = loss,
            MeanJitterMs = jitter,
            MaximumJitterMs = reports.Max(report => report.Decimal(Fields.JitterMaximumMs)) ?? jitters.Max(),
            MeanRoundTripMs = Mean(reports, Fields.RoundTripMs),
            ReportedMos = reports.Min(report => report.Decimal(Fields.MosMinimum) ?? report.Decimal(Fields.Mos)),
            Estimate = MosEstimate.Of(codec, loss, discarded, delay),
            Points =
            [
                .. reports.Select((report, index) => new QualityPoint(
                    report.Time, losses[index], jitters[index], report.Decimal(Fields.RoundTripMs),
                    report.Decimal(Fields.Mos) ?? MosEstimate.Of(codec, losses[index], discarded, delay)?.Mos)),
            ],
        };
    }

    /// <summary>Sender and receiver of the measured stream: as the report says, else of RTCP, whose sender receives the stream it reports about.</summary>
    static (IPEndPoint? From, IPEndPoint? To) Ends(Document report)
    {
        if (End(report, Fields.QosStreamDestinationIp, Fields.QosStreamDestinationPort) is { } destination)
            return (End(report, Fields.QosStreamSourceIp, Fields.QosStreamSourcePort), destination);
        return report.Text(Fields.QosReport) is "sender-report" or "receiver-report" or "extended-report"
            ? (End(report, Fields.DestinationIp, Fields.DestinationPort), End(report, Fields.SourceIp, Fields.SourcePort))
            : (null, null);
    }

    static IPEndPoint? End(Document report, Field address, Field port) =>
        report.Address(address) is { } ip ? new IPEndPoint(ip, (int)(report.Integer(port) ?? 0)) : null;

    /// <summary>By address and port; by the address alone when it is all one side's.</summary>
    static AudioEnd? ListenerAt(IPEndPoint end, IReadOnlyList<AudioEnd> ends)
    {
        AudioEnd[] here = [.. ends.Where(known => known.Address.Equals(end.Address))];
        return here.FirstOrDefault(known => known.Port == end.Port || known.Port + RtcpOffset == end.Port)
            ?? (here.Select(known => known.Owner).Distinct().Count() == 1 ? here[0] : null);
    }

    /// <summary>
    /// Of the packets since the last report of the same receiver, by its counts; without those as the report itself says, which RTCP rounds down to 1/256.
    /// </summary>
    static double? LossSince(Document report, IEnumerable<Document> earlier)
    {
        Document? before = earlier.LastOrDefault(other => other.Integer(Fields.QosReporterSsrc) == report.Integer(Fields.QosReporterSsrc));
        long? expected = report.Integer(Fields.HighestSequence) - before?.Integer(Fields.HighestSequence);
        long? lost = report.Integer(Fields.LostPackets) - before?.Integer(Fields.LostPackets);
        return expected > 0 && lost is not null ? Math.Clamp(100.0 * lost.Value / expected.Value, 0, 100) : report.Decimal(Fields.LossPercent);
    }

    static double? JitterMs(Document report, int? clock) =>
        report.Decimal(Fields.JitterMs) ?? (report.Integer(Fields.JitterUnits) is { } units && clock is { } rate ? units * 1000.0 / rate : null);

    /// <summary>Mouth to ear: as a report says, else half the round trip, the end systems or the jitter buffer, and one packet.</summary>
    static double? Delay(Document[] reports, double? jitter)
    {
        if (Mean(reports, Fields.OneWayDelayMs) is { } told)
            return told;
        if (Mean(reports, Fields.RoundTripMs) is not { } roundTrip)
            return null;
        return (roundTrip / 2) + (Mean(reports, Fields.EndSystemDelayMs) ?? Mean(reports, Fields.JitterBufferMs) + PacketMs ?? (BufferedJitters * (jitter ?? 0)) + PacketMs);
    }

    static double? Mean(Document[] reports, Field field) => reports.Average(report => report.Decimal(field));
}
