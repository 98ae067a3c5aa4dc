using System.Net;
using Homer.Search.Protocol.Json;

namespace Homer.Search.Protocol.Qos;

/// <summary>Reads the RTP statistics of agents that see the media (HEP types 34 and 35): one flat object of one stream.</summary>
static class RtpReport
{
    static readonly string[] Marks = ["RTP_SIP_CALL_ID", "REPORT_NAME", "TOTAL_PK", "MEAN_MOS", "RFACTOR", "MOS", "mos"];

    public static bool Looks(JsonObject report) => Array.Exists(Marks, report.Has);

    public static StreamQuality Read(JsonObject report)
    {
        long? total = QualityUnits.Count(report.Whole("TOTAL_PK"));
        long? lost = report.Whole("PACKET_LOSS");
        long? expected = QualityUnits.Count(report.Whole("EXPECTED_PK")) ?? QualityUnits.Count(total + lost);
        return new StreamQuality
        {
            Kind = QualityKind.RtpReport,
            CallId = report.Text("RTP_SIP_CALL_ID") ?? report.Text("CORRELATION_ID"),
            StreamSsrc = report.Word("SSRC"),
            StreamSource = Address(report, "SRC_IP"),
            StreamSourcePort = Port(report, "SRC_PORT"),
            StreamDestination = Address(report, "DST_IP"),
            StreamDestinationPort = Port(report, "DST_PORT"),
            Mos = QualityUnits.Mos(report.Decimal("MEAN_MOS")) ?? QualityUnits.Mos(report.Decimal("MOS")),
            MosMinimum = QualityUnits.Mos(report.Decimal("MIN_MOS")),
            RFactor = QualityUnits.RFactor(report.Decimal("MEAN_RFACTOR") ?? report.Decimal("RFACTOR")),
            JitterMs = QualityUnits.Positive(report.Decimal("MEAN_JITTER") ?? report.Decimal("JITTER")),
            JitterMaximumMs = QualityUnits.Positive(report.Decimal("MAX_JITTER")),
            LossPercent = QualityUnits.Share(lost, expected),
            Lost = lost,
            Packets = total,
            Octets = QualityUnits.Count(report.Whole("TL_BYTE")),
            Expected = expected,
            Codec = report.Text("CODEC_NAME"),
            PayloadType = QualityUnits.PayloadType(report.Whole("CODEC_PT")),
            ClockRate = QualityUnits.ClockRate(report.Whole("CLOCK")),
            Reporter = report.Text("REPORT_NAME"),
            Direction = report.Text("DIR"),
            Event = report.Text("TYPE"),
        };
    }

    internal static IPAddress? Address(JsonObject report, string name) => IPAddress.TryParse(report.Text(name), out IPAddress? address) ? address : null;

    internal static int? Port(JsonObject report, string name) => report.Whole(name) is > 0 and <= ushort.MaxValue and var port ? (int)port : null;
}
