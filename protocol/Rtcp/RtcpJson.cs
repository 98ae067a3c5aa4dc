using Homer.Search.Protocol.Json;
using Homer.Search.Protocol.Qos;

namespace Homer.Search.Protocol.Rtcp;

/// <summary>
/// Reads RTCP as capture agents write it in JSON (HEP type 5): rtpengine, captagent, heplify, Asterisk, rtpproxy and hepipe.js agree on most names. A
/// compound packet may repeat names of the outermost object; blocks of every repetition count.
/// </summary>
static class RtcpJson
{
    /// <summary>Seconds from 1900, where NTP begins, to 1970.</summary>
    const long NtpEpoch = 2_208_988_800;

    public static bool Looks(IReadOnlyList<JsonLeaf> leaves) => leaves.Any(static leaf =>
        leaf.Path.StartsWith("report_blocks", StringComparison.Ordinal) || leaf.Path.StartsWith("sender_information", StringComparison.Ordinal)
        || leaf.Path.StartsWith("Extended_report_information", StringComparison.Ordinal) || leaf.Path.StartsWith("sdes_information", StringComparison.Ordinal)
        || leaf.Path is "report_count" or "voip_metrics.ssrc");

    public static IReadOnlyList<StreamQuality> Read(IReadOnlyList<JsonLeaf> leaves)
    {
        var outermost = new JsonObject(leaves.Where(static leaf => !leaf.Path.Contains('.', StringComparison.Ordinal)));
        var sender = new JsonObject(Within(leaves, "sender_information"));
        var about = new StreamQuality
        {
            Kind = sender.Has("packets") ? QualityKind.SenderReport : QualityKind.ReceiverReport,
            ReporterSsrc = outermost.Word("ssrc"),
            SenderNtp = MiddleOfNtp(sender),
            SentPackets = QualityUnits.Count(sender.Whole("packets")),
            SentOctets = QualityUnits.Count(sender.Whole("octets")),
            Reporter = Name(leaves),
        };

        List<StreamQuality> reports = [.. Within(leaves, "report_blocks").GroupBy(static leaf => leaf.Holder).Select(block => Block(about, new JsonObject(block)))];
        if (reports.Count == 0 && sender.Has("packets"))
            reports.Add(about);
        foreach (string name in (string[])["voip_metrics", "report_blocks_xr", "Extended_report_information"])
        {
            var metrics = new JsonObject(Within(leaves, name));
            if (Metrics(metrics) is { IsBlank: false } extended)
                reports.Add(extended.ToQuality(about.ReporterSsrc) with { Reporter = about.Reporter });
        }

        return reports.Count > 0 ? reports : [about with { Kind = QualityKind.OtherRtcp }];
    }

    static IEnumerable<JsonLeaf> Within(IReadOnlyList<JsonLeaf> leaves, string name) =>
        leaves.Where(leaf => leaf.Path.Length > name.Length && leaf.Path[name.Length] == '.' && leaf.Path.StartsWith(name, StringComparison.OrdinalIgnoreCase));

    static StreamQuality Block(StreamQuality about, JsonObject block) => about with
    {
        StreamSsrc = block.Word("source_ssrc"),
        LossPercent = QualityUnits.Percent(block.Decimal("fraction_lost")),
        Lost = QualityUnits.Signed24(block.Whole("packets_lost")),
        HighestSequence = QualityUnits.Count(block.Whole("highest_seq_no")),
        JitterUnits = QualityUnits.Count(block.Whole("ia_jitter")),
        LastSenderNtp = block.Word("lsr") ?? 0,
        SinceLastSender = block.Word("dlsr") ?? 0,
    };

    /// <summary>Loss and density are parts of 256 in every dialect; scores are parts of ten in some, which their size tells.</summary>
    static XrVoipMetrics Metrics(JsonObject metrics) => new()
    {
        StreamSsrc = metrics.Word("ssrc") ?? metrics.Word("id") ?? metrics.Word("identifier"),
        LossRate = metrics.Decimal("loss_rate") ?? metrics.Decimal("fraction_lost"),
        DiscardRate = metrics.Decimal("discard_rate") ?? metrics.Decimal("fraction_discard"),
        BurstDensity = metrics.Decimal("burst_density") ?? metrics.Decimal("burst_rate"),
        GapDensity = metrics.Decimal("gap_density") ?? metrics.Decimal("gap_rate"),
        BurstDuration = metrics.Decimal("burst_duration"),
        GapDuration = metrics.Decimal("gap_duration"),
        RoundTripDelay = metrics.Decimal("round_trip_delay"),
        EndSystemDelay = metrics.Decimal("end_system_delay") ?? metrics.Decimal("end_sys_delay"),
        SignalLevel = metrics.Decimal("signal_level") ?? metrics.Decimal("signal_lev"),
        NoiseLevel = metrics.Decimal("noise_level") ?? metrics.Decimal("noise_lev"),
        Rerl = metrics.Decimal("rerl"),
        RFactor = metrics.Decimal("r_factor") ?? metrics.Decimal("R_fact"),
        MosListening = metrics.Decimal("mos_lq"),
        MosConversational = metrics.Decimal("mos_cq"),
        JitterBufferNominal = metrics.Decimal("jb_nominal") ?? metrics.Decimal("jb_nom"),
        JitterBufferMaximum = metrics.Decimal("jb_maximum") ?? metrics.Decimal("jb_max"),
    };

    /// <summary>What is called microseconds is the fraction of NTP; of an agent that counts from 1970 both are something else.</summary>
    static uint MiddleOfNtp(JsonObject sender) =>
        sender.Word("ntp_timestamp_sec") is { } seconds && seconds > NtpEpoch && sender.Word("ntp_timestamp_usec") is { } fraction
            ? (seconds << 16) | (fraction >> 16)
            : 0;

    /// <summary>SDES item 1 is the canonical name (RFC 3550 §6.5.1).</summary>
    static string? Name(IReadOnlyList<JsonLeaf> leaves) =>
        Within(leaves, "sdes_information").GroupBy(static leaf => leaf.Holder).Select(static item => new JsonObject(item))
            .FirstOrDefault(static item => item.Whole("type") == 1)?.Text("text");
}
