using System.Globalization;
using System.Net;
using System.Text;
using Homer.Search.Protocol.Sip;

namespace Homer.Search.Protocol.Qos;

/// <summary>
/// Reads the statistics that phones and gateways put into a BYE or its answer: <c>X-RTP-Stat</c>, <c>P-RTP-Stat</c>, <c>X-Siemens-RTP-stats</c> and
/// <c>RTP-RxStat</c>. Nobody has written down their grammar: pairs parted by <c>;</c> or <c>,</c>, a piece without <c>=</c> belonging to the value before.
/// </summary>
public static class RtpStat
{
    /// <summary>In the order of preference when a message has several.</summary>
    static readonly string[] Headers = ["X-RTP-Stat", "P-RTP-Stat", "X-Siemens-RTP-stats", "X-NG-RTP-STATS", "RTP-RxStat"];

    /// <summary>What the headers of a message say of the stream received, and of the one sent when they tell them apart; none when there is no such header.</summary>
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
        Dictionary<string, string> pairs = Pairs(value);
        if (pairs.Count == 0)
            return [];
        long? received = QualityUnits.Count(Whole(pairs, 0, "PR", "Pkt"));
        long? sent = QualityUnits.Count(Whole(pairs, 0, "PS"));
        (IPEndPoint? local, IPEndPoint? remote) = (End(pairs, 0), End(pairs, 1));
        long? lost = Whole(pairs, 0, "PL", "LostPkt");
        var stream = new StreamQuality
        {
            Kind = QualityKind.RtpStat,
            Direction = "received",
            StreamSource = remote?.Address,
            StreamSourcePort = remote?.Port,
            StreamDestination = local?.Address,
            StreamDestinationPort = local?.Port,
            Packets = received,
            Octets = QualityUnits.Count(Whole(pairs, 0, "OR", "Oct")),
            SentPackets = sent,
            SentOctets = QualityUnits.Count(Whole(pairs, 0, "OS")),
            Lost = lost,
            LossPercent = QualityUnits.Share(lost, received + lost),
            JitterMs = QualityUnits.Positive(Number(pairs, 0, "JI", "AvgJit")),
            RoundTripMs = QualityUnits.Delay(Number(pairs, 0, "DL")),
            OneWayDelayMs = QualityUnits.Delay(Number(pairs, 0, "LA")),
            Mos = QualityUnits.Mos(Number(pairs, 0, "MOS", "MLQK")),
            Codec = Codec(pairs, "DE") ?? Codec(pairs, "EN"),
            Reporter = Piece(pairs, 0, "EX"),
        };
        return Number(pairs, 1, "PL") is null && Number(pairs, 1, "JI") is null ? [stream] : [stream, Sent(stream, pairs)];
    }

    /// <summary>What the other side lost of the stream sent, as it told by RTCP.</summary>
    static StreamQuality Sent(StreamQuality received, Dictionary<string, string> pairs)
    {
        long? lost = Whole(pairs, 1, "PL");
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
            JitterMs = QualityUnits.Positive(Number(pairs, 1, "JI")),
            RoundTripMs = received.RoundTripMs,
            Codec = Codec(pairs, "EN"),
            Reporter = received.Reporter,
        };
    }

    static Dictionary<string, string> Pairs(string value)
    {
        var pairs = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        string name = "";
        // VQMetrics="MLQK=4.4;…" holds pairs itself: without its quotes they are pairs like the others.
        foreach (string piece in value.Replace('"', ';').Split((char[])[';', ',', '\r', '\n'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            int equals = piece.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0)
                pairs.TryAdd(name = piece[..equals].Trim(), piece[(equals + 1)..].Trim());
            else if (name.Length > 0)
                pairs[name] = $"{pairs[name]},{piece}";
        }

        return pairs;
    }

    static string? Piece(Dictionary<string, string> pairs, int index, params ReadOnlySpan<string> names)
    {
        foreach (string name in names)
        {
            if (pairs.TryGetValue(name, out string? value) && value.Split(',') is var pieces && pieces.Length > index && pieces[index].Length > 0)
                return pieces[index];
        }

        return null;
    }

    /// <summary>Written like an encoding of SDP by some: <c>PCMU/8000</c>.</summary>
    static string? Codec(Dictionary<string, string> pairs, string name) => Piece(pairs, 0, name)?.Split('/')[0] is { Length: > 0 } codec ? codec : null;

    static double? Number(Dictionary<string, string> pairs, int index, params ReadOnlySpan<string> names) =>
        double.TryParse(Piece(pairs, index, names), NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number)
            ? number
            : null;

    static long? Whole(Dictionary<string, string> pairs, int index, params ReadOnlySpan<string> names) =>
        Number(pairs, index, names) is { } number && Math.Abs(number) < 1L << 53 ? (long)number : null;

    /// <summary><c>IP=local,remote</c>; an unspecified address says nothing.</summary>
    static IPEndPoint? End(Dictionary<string, string> pairs, int index) =>
        IPEndPoint.TryParse(Piece(pairs, index, "IP") ?? "", out IPEndPoint? end) && !end.Address.Equals(IPAddress.Any) && !end.Address.Equals(IPAddress.IPv6Any)
            ? end
            : null;
}
