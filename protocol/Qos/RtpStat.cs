using System.Net;
using System.Text;
using Homer.Search.Protocol.Sip;

namespace Homer.Search.Protocol.Qos;

/// <summary>
/// Reads the statistics that phones and gateways put into a BYE or its answer: <c>X-RTP-Stat</c>, <c>P-RTP-Stat</c>, <c>X-Siemens-RTP-stats</c> and
/// <c>RTP-RxStat</c>. Jitter is in milliseconds, as the manuals of AudioCodes and Poly say; of baresip alone it is known to be in units of a clock.
/// </summary>
public static class RtpStat
{
    /// <summary>In the order of preference when a message has several.</summary>
    static readonly string[] Headers = ["X-RTP-Stat", "P-RTP-Stat", "X-Siemens-RTP-stats", "X-NG-RTP-STATS", "RTP-RxStat"];

    /// <summary>
    /// What the headers of a message say of the stream received, and of the one sent when they tell them apart; none without such a header.
    /// </summary>
    public static IReadOnlyList<StreamQuality> Find(ReadOnlySpan<byte> headerLines)
    {
        // Of calls without such a header this search is all.
        if (headerLines.IndexOf("RTP-"u8) < 0 && headerLines.IndexOf("rtp-"u8) < 0)
            return [];
        int best = Headers.Length;
        string value = "";
        foreach (SipHeader header in new SipHeaders(headerLines))
        {
            for (int index = 0; index < best; index++)
            {
                if (!Ascii.EqualsIgnoreCase(header.Name, Headers[index]))
                    continue;
                best = index;
                value = Encoding.Latin1.GetString(header.Value);
            }
        }

        return value.Length == 0 ? [] : Read(value);
    }

    internal static IReadOnlyList<StreamQuality> Read(string value)
    {
        var pairs = new RtpStatPairs(value);
        if (pairs.IsEmpty)
            return [];
        long? received = QualityUnits.Count(pairs.Whole(0, "PR", "Pkt"));
        long? sent = QualityUnits.Count(pairs.Whole(0, "PS"));
        (IPEndPoint? local, IPEndPoint? remote) = (pairs.End(0), pairs.End(1));
        long? lost = pairs.Whole(0, "PL", "LostPkt");
        var stream = new StreamQuality
        {
            Kind = QualityKind.RtpStat,
            Direction = "received",
            StreamSource = remote?.Address,
            StreamSourcePort = remote?.Port,
            StreamDestination = local?.Address,
            StreamDestinationPort = local?.Port,
            Packets = received,
            Octets = QualityUnits.Count(pairs.Whole(0, "OR", "Oct")),
            SentPackets = sent,
            SentOctets = QualityUnits.Count(pairs.Whole(0, "OS")),
            Lost = lost,
            LossPercent = QualityUnits.Share(lost, received + lost),
            JitterMs = QualityUnits.Positive(JitterMs(pairs, 0, "DE") ?? pairs.Number(0, "AvgJit")),
            RoundTripMs = QualityUnits.Delay(pairs.Number(0, "DL")),
            OneWayDelayMs = QualityUnits.Delay(pairs.Number(0, "LA")),
            Mos = QualityUnits.Mos(pairs.Number(0, "MOS", "MLQK")),
            Codec = pairs.Codec("DE") ?? pairs.Codec("EN"),
            Reporter = pairs.Piece(0, "EX"),
        };
        return pairs.Number(1, "PL") is null && pairs.Number(1, "JI") is null ? [stream] : [stream, Sent(stream, pairs)];
    }

    /// <summary>What the other side lost of the stream sent, as it told by RTCP.</summary>
    static StreamQuality Sent(StreamQuality received, RtpStatPairs pairs)
    {
        long? lost = pairs.Whole(1, "PL");
        return new StreamQuality
        {
            Kind = QualityKind.RtpStat,
            Direction = "sent",
            StreamSource = received.StreamDestination,
            StreamSourcePort = received.StreamDestinationPort,
            StreamDestination = received.StreamSource,
            StreamDestinationPort = received.StreamSourcePort,
            SentPackets = received.SentPackets,
            SentOctets = received.SentOctets,
            Lost = lost,
            LossPercent = QualityUnits.Share(lost, received.SentPackets),
            JitterMs = QualityUnits.Positive(JitterMs(pairs, 1, "EN")),
            RoundTripMs = received.RoundTripMs,
            Codec = pairs.Codec("EN"),
            Reporter = received.Reporter,
        };
    }

    /// <summary>
    /// In ms. baresip multiplies its milliseconds by the whole kHz of the rate that it writes behind the codec, and by 8 when it names no codec
    /// (src/rtpstat.c, before that audio_print_rtpstat in src/audio.c: "timestamp units (ie: 8 ts units = 1 ms @ 8KHZ)"; no version does otherwise).
    /// </summary>
    /// <param name="codec">The pair that names the codec of the stream.</param>
    static double? JitterMs(RtpStatPairs pairs, int index, string codec)
    {
        double? jitter = pairs.Number(index, "JI");
        if (!string.Equals(pairs.Piece(0, "EX"), "BareSip", StringComparison.OrdinalIgnoreCase))
            return jitter;
        int kilohertz = (QualityUnits.ClockRate(pairs.Rate(codec)) ?? 8000) / 1000;
        return kilohertz > 0 ? jitter / kilohertz : null;
    }
}
