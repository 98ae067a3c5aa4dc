using System.Globalization;
using System.Text;
using Homer.Search.Protocol.Hep;
using Homer.Search.Store;

namespace Homer.Search.Ingest;

/// <summary>Which field of a <c>log</c> or <c>qos</c> document comes from where.</summary>
static class ReportRow
{
    static readonly byte[][] Names =
        [.. Enumerable.Range(0, byte.MaxValue + 1).Select(type => Encoding.UTF8.GetBytes(Name((HepProtocolType)type)))];

    /// <summary>Quality reports apart, everything that is not SIP is a log line.</summary>
    public static DocumentKind KindOf(HepProtocolType type) => type switch
    {
        HepProtocolType.Rtcp or HepProtocolType.RtpReport or HepProtocolType.RtcpXr or HepProtocolType.Horaclifix
            or HepProtocolType.Report => DocumentKind.Qos,
        _ => DocumentKind.Log,
    };

    /// <summary>What <c>network.protocol</c> says.</summary>
    public static ReadOnlySpan<byte> ProtocolName(HepProtocolType type) => Names[(byte)type];

    public static void Set(DocumentBatch batch, int row, in HepPacket packet, ReadOnlySpan<byte> payload)
    {
        // Of a log line or a report, agents give the Call-ID it belongs to as correlation id.
        batch.Set(row, Fields.CallId, packet.CorrelationId);
        batch.Set(row, Fields.Text, payload.TrimEnd((byte)0));
    }

    static string Name(HepProtocolType type) => type switch
    {
        HepProtocolType.Rtcp => "rtcp",
        HepProtocolType.Log or HepProtocolType.LegacyLog => "log",
        _ => string.Create(CultureInfo.InvariantCulture, $"hep-{(int)type}"),
    };
}
