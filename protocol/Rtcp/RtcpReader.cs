using System.Buffers.Binary;
using System.Text;
using Homer.Search.Protocol.Qos;

namespace Homer.Search.Protocol.Rtcp;

/// <summary>Reads a compound RTCP packet as it is on the wire (RFC 3550 §6, RFC 3611): a report for each stream that it measures.</summary>
public static class RtcpReader
{
    const int HeaderLength = 4;
    const int SsrcLength = 4;
    const int SenderInfoLength = 20;
    const int BlockLength = 24;
    const byte VoipMetricsBlock = 7;
    const byte CanonicalName = 1;

    /// <summary>Whether octets begin as RTCP does: version 2 and a known packet type.</summary>
    public static bool Begins(ReadOnlySpan<byte> octets) => octets.Length >= HeaderLength && octets[0] >> 6 == 2 && octets[1] is >= 200 and <= 207;

    /// <summary>The reports in their order; what follows a packet that is cut or damaged is not read.</summary>
    public static IReadOnlyList<StreamQuality> Read(ReadOnlySpan<byte> octets)
    {
        var reports = new List<StreamQuality>();
        string? name = null;
        string? ending = null;
        uint? reporter = null;
        while (Begins(octets))
        {
            int length = HeaderLength * (BinaryPrimitives.ReadUInt16BigEndian(octets[2..]) + 1);
            ReadOnlySpan<byte> body = octets[HeaderLength..Math.Min(length, octets.Length)];
            int count = octets[0] & 0x1f;
            if (body.Length >= SsrcLength)
                reporter ??= BinaryPrimitives.ReadUInt32BigEndian(body);
            switch ((RtcpPacketType)octets[1])
            {
                case RtcpPacketType.SenderReport:
                    ReadSender(body, count, reports);
                    break;
                case RtcpPacketType.ReceiverReport when body.Length >= SsrcLength:
                    var about = new StreamQuality { Kind = QualityKind.ReceiverReport, ReporterSsrc = BinaryPrimitives.ReadUInt32BigEndian(body) };
                    ReadBlocks(body[SsrcLength..], count, about, reports);
                    break;
                case RtcpPacketType.SourceDescription:
                    name ??= ReadName(body);
                    break;
                case RtcpPacketType.Goodbye:
                    ending = "bye";
                    break;
                case RtcpPacketType.ExtendedReport when body.Length >= SsrcLength:
                    ReadExtended(body, reports);
                    break;
            }

            octets = octets[Math.Min(length, octets.Length)..];
        }

        if (reports.Count == 0 && (name is not null || ending is not null))
            reports.Add(new StreamQuality { Kind = QualityKind.OtherRtcp, ReporterSsrc = reporter });
        return [.. reports.Select(report => report with { Reporter = name, Event = ending })];
    }

    static void ReadSender(ReadOnlySpan<byte> body, int count, List<StreamQuality> reports)
    {
        if (body.Length < SsrcLength + SenderInfoLength)
            return;
        var about = new StreamQuality
        {
            Kind = QualityKind.SenderReport,
            ReporterSsrc = BinaryPrimitives.ReadUInt32BigEndian(body),
            SenderNtp = BinaryPrimitives.ReadUInt32BigEndian(body[(SsrcLength + 2)..]),
            SentPackets = BinaryPrimitives.ReadUInt32BigEndian(body[(SsrcLength + 12)..]),
            SentOctets = BinaryPrimitives.ReadUInt32BigEndian(body[(SsrcLength + 16)..]),
        };
        int before = reports.Count;
        ReadBlocks(body[(SsrcLength + SenderInfoLength)..], count, about, reports);
        // What it says of itself stands also when it has no block, or was cut before one.
        if (reports.Count == before)
            reports.Add(about);
    }

    static void ReadBlocks(ReadOnlySpan<byte> blocks, int count, StreamQuality about, List<StreamQuality> reports)
    {
        for (; count > 0 && blocks.Length >= BlockLength; count--, blocks = blocks[BlockLength..])
        {
            reports.Add(about with
            {
                StreamSsrc = BinaryPrimitives.ReadUInt32BigEndian(blocks),
                LossPercent = QualityUnits.Percent(blocks[4]),
                Lost = QualityUnits.Signed24(BinaryPrimitives.ReadUInt32BigEndian(blocks[4..]) & 0xffffff),
                HighestSequence = BinaryPrimitives.ReadUInt32BigEndian(blocks[8..]),
                JitterUnits = BinaryPrimitives.ReadUInt32BigEndian(blocks[12..]),
                LastSenderNtp = BinaryPrimitives.ReadUInt32BigEndian(blocks[16..]),
                SinceLastSender = BinaryPrimitives.ReadUInt32BigEndian(blocks[20..]),
            });
        }
    }

    static void ReadExtended(ReadOnlySpan<byte> body, List<StreamQuality> reports)
    {
        uint reporter = BinaryPrimitives.ReadUInt32BigEndian(body);
        ReadOnlySpan<byte> blocks = body[SsrcLength..];
        while (blocks.Length >= HeaderLength)
        {
            int length = HeaderLength * (BinaryPrimitives.ReadUInt16BigEndian(blocks[2..]) + 1);
            if (length > blocks.Length)
                return;
            if (blocks[0] == VoipMetricsBlock && length >= XrVoipMetrics.Length)
                reports.Add(XrVoipMetrics.Read(blocks).ToQuality(reporter));
            blocks = blocks[length..];
        }
    }

    /// <summary>CNAME of the first chunk (RFC 3550 §6.5.1).</summary>
    static string? ReadName(ReadOnlySpan<byte> body)
    {
        ReadOnlySpan<byte> items = body.Length > SsrcLength ? body[SsrcLength..] : [];
        while (items.Length >= 2 && items[0] != 0 && items.Length >= 2 + items[1])
        {
            if (items[0] == CanonicalName)
                return Encoding.UTF8.GetString(items.Slice(2, items[1]));
            items = items[(2 + items[1])..];
        }

        return null;
    }
}
