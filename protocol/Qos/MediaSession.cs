using Homer.Search.Protocol.Json;

namespace Homer.Search.Protocol.Qos;

/// <summary>Reads what Horaclifix makes of an Oracle session border controller's IPFIX (HEP type 38): one stream of each side of a call.</summary>
static class MediaSession
{
    public static bool Looks(JsonObject report) => report.Has("INC_ID") || report.Has("OUT_ID") || report.Has("INC_RTP_PK");

    public static IReadOnlyList<StreamQuality> Read(JsonObject report) => [Side(report, "INC", "CALLER"), Side(report, "OUT", "CALLEE")];

    static StreamQuality Side(JsonObject report, string side, string party)
    {
        long? packets = QualityUnits.Count(report.Whole($"{side}_RTP_PK"));
        long? lost = report.Whole($"{side}_RTP_PK_LOSS");
        return new StreamQuality
        {
            Kind = QualityKind.MediaSession,
            CallId = report.Text($"{side}_ID"),
            StreamSource = RtpReport.Address(report, $"{party}_SRC_IP"),
            StreamSourcePort = RtpReport.Port(report, $"{party}_SRC_PORT"),
            StreamDestination = RtpReport.Address(report, $"{party}_DST_IP"),
            StreamDestinationPort = RtpReport.Port(report, $"{party}_DST_PORT"),
            Mos = QualityUnits.Mos(report.Decimal($"{side}_MOS")),
            RFactor = report.Decimal($"{side}_RVAL") is { } hundredfold ? QualityUnits.RFactor(hundredfold / 100) : null,
            JitterMs = QualityUnits.Positive(report.Decimal($"{side}_RTP_AVG_JITTER")),
            JitterMaximumMs = QualityUnits.Positive(report.Decimal($"{side}_RTP_MAX_JITTER")),
            LossPercent = QualityUnits.Share(lost, packets + lost),
            Lost = lost,
            Packets = packets,
            Octets = QualityUnits.Count(report.Whole($"{side}_RTP_BYTE")),
            RoundTripMs = QualityUnits.Delay(report.Decimal($"{side}_RTCP_AVG_LAT")),
            Reporter = report.Text("NAME"),
            Direction = side == "INC" ? "incoming" : "outgoing",
        };
    }
}
