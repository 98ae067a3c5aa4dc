using System.Globalization;
using System.Net;

namespace Homer.Search.Tests.Fuzz;

/// <summary>Flat RTP statistics (HEP types 34 and 35) and blocks of RTCP JSON, of leaves that <see cref="SlowJson"/> has read. It cannot say more dialects.</summary>
static class SlowReport
{
    static readonly string[] OtherDialects = ["voip_metrics", "report_blocks_xr", "Extended_report_information"];

    internal static Facts? Read(IReadOnlyList<(string Path, string Text, int Holder)> leaves)
    {
        if (leaves.Any(static leaf => Array.Exists(OtherDialects, name => leaf.Path.StartsWith(name, StringComparison.OrdinalIgnoreCase))))
            return null;
        if (leaves.Any(static leaf => leaf.Path.StartsWith("report_blocks.", StringComparison.Ordinal)))
            return Blocks(leaves);
        string[] names = [.. leaves.Select(static leaf => leaf.Path.Split('.')[^1])];
        bool isRtcp = names.Contains("report_count") || leaves.Any(static leaf => leaf.Path.StartsWith("report_blocks", StringComparison.OrdinalIgnoreCase)
            || leaf.Path.StartsWith("sender_information", StringComparison.OrdinalIgnoreCase) || leaf.Path.StartsWith("sdes_information", StringComparison.OrdinalIgnoreCase));
        bool isMediaSession = names.Any(static name => name.ToUpperInvariant() is "INC_ID" or "OUT_ID" or "INC_RTP_PK");
        bool isStatistics = names.Any(static name => name.ToUpperInvariant() is "RTP_SIP_CALL_ID" or "REPORT_NAME" or "TOTAL_PK" or "MEAN_MOS" or "RFACTOR" or "MOS");
        return isRtcp || isMediaSession || !isStatistics ? null : Statistics(leaves);
    }

    static Facts Blocks(IReadOnlyList<(string Path, string Text, int Holder)> leaves)
    {
        var outer = Object(leaves.Where(static leaf => !leaf.Path.Contains('.', StringComparison.Ordinal)));
        var sender = Object(Under(leaves, "sender_information."));
        bool isSender = sender.ContainsKey("packets");
        long? seconds = Word(sender, "ntp_timestamp_sec");
        long? fraction = Word(sender, "ntp_timestamp_usec");
        string? name = Under(leaves, "sdes_information.").GroupBy(static leaf => leaf.Holder).Select(Object)
            .Where(static item => Whole(item, "type") == 1).Select(static item => Text(item, "text")).FirstOrDefault();
        var blocks = Under(leaves, "report_blocks.").GroupBy(static leaf => leaf.Holder).Select(Object).Take(8).ToList();
        Facts facts = new Facts().Add("reports", blocks.Count);
        foreach (Dictionary<string, string> block in blocks)
        {
            double? lost = Whole(block, "packets_lost");
            Add(facts, isSender ? "SenderReport" : "ReceiverReport", new()
            {
                ["reporter"] = Word(outer, "ssrc"),
                ["stream"] = Word(block, "source_ssrc"),
                ["loss"] = Number(block, "fraction_lost") is >= 0 and < 256 and var parts ? parts * 100 / 256 : null,
                ["lost"] = lost is >= 8388608 and <= 16777215 ? lost - 16777216 : lost,
                ["jitter units"] = Positive(Whole(block, "ia_jitter")),
                ["highest"] = Positive(Whole(block, "highest_seq_no")),
                ["sent"] = Positive(Whole(sender, "packets")),
                ["sent octets"] = Positive(Whole(sender, "octets")),
                ["ntp"] = seconds > 2_208_988_800 && fraction is not null ? ((seconds * 65536) & uint.MaxValue) + (fraction / 65536) : 0,
                ["last"] = Word(block, "lsr") ?? 0,
                ["since"] = Word(block, "dlsr") ?? 0,
            }, new() { ["name"] = name });
        }

        return facts;
    }

    static Facts Statistics(IReadOnlyList<(string Path, string Text, int Holder)> leaves)
    {
        Dictionary<string, string> all = Object(leaves);
        double? total = Positive(Whole(all, "TOTAL_PK"));
        double? lost = Whole(all, "PACKET_LOSS");
        double? expected = Positive(Whole(all, "EXPECTED_PK")) ?? Positive(total + lost);
        Facts facts = new Facts().Add("reports", 1);
        Add(facts, "RtpReport", new()
        {
            ["stream"] = Word(all, "SSRC"),
            ["mos"] = Mos(Number(all, "MEAN_MOS")) ?? Mos(Number(all, "MOS")),
            ["minimum"] = Mos(Number(all, "MIN_MOS")),
            ["r"] = (Number(all, "MEAN_RFACTOR") ?? Number(all, "RFACTOR")) is { } r && (r >= 1000 ? r / 100 : r) is >= 0 and <= 120 and var rating ? rating : null,
            ["jitter"] = Positive(Number(all, "MEAN_JITTER") ?? Number(all, "JITTER")),
            ["jitter maximum"] = Positive(Number(all, "MAX_JITTER")),
            ["loss"] = lost is not null && expected > 0 ? Math.Clamp(lost.Value * 100 / expected.Value, 0, 100) : null,
            ["lost"] = lost,
            ["packets"] = total,
            ["octets"] = Positive(Whole(all, "TL_BYTE")),
            ["expected"] = expected,
            ["type"] = Whole(all, "CODEC_PT") is >= 0 and <= 127 and var type ? type : null,
            ["clock"] = Whole(all, "CLOCK") is > 0 and < 1_000_000 and var clock ? clock : null,
            ["ntp"] = 0,
            ["last"] = 0,
            ["since"] = 0,
        }, new()
        {
            ["call-id"] = Text(all, "RTP_SIP_CALL_ID") ?? Text(all, "CORRELATION_ID"),
            ["codec"] = Text(all, "CODEC_NAME"),
            ["name"] = Text(all, "REPORT_NAME"),
            ["direction"] = Text(all, "DIR"),
            ["event"] = Text(all, "TYPE"),
            ["source"] = $"{Address(all, "SRC_IP")}:{Port(all, "SRC_PORT")}",
            ["destination"] = $"{Address(all, "DST_IP")}:{Port(all, "DST_PORT")}",
        });
        return facts;
    }

    static void Add(Facts facts, string kind, Dictionary<string, double?> numbers, Dictionary<string, string?> texts)
    {
        facts.Add("kind", kind);
        foreach (string name in (string[])["reporter", "stream"])
            facts.Add(name, numbers.GetValueOrDefault(name));
        facts.Add("call-id", texts.GetValueOrDefault("call-id")).Add("source", texts.GetValueOrDefault("source", ":")).Add("destination", texts.GetValueOrDefault("destination", ":"));
        foreach (string name in (string[])
        [
            "mos", "listening", "conversational", "minimum", "r", "jitter units", "jitter", "jitter maximum", "loss", "lost", "packets", "octets", "expected", "highest", "sent",
            "sent octets", "discard", "burst loss", "gap loss", "burst", "gap", "round trip", "end system", "one way", "signal", "noise", "echo", "buffer", "buffer maximum",
        ])
            facts.Add(name, numbers.GetValueOrDefault(name));
        facts.Add("codec", texts.GetValueOrDefault("codec")).Add("type", numbers.GetValueOrDefault("type")).Add("clock", numbers.GetValueOrDefault("clock"));
        foreach (string name in (string[])["name", "direction", "event", "start", "end"])
            facts.Add(name, texts.GetValueOrDefault(name));
        foreach (string name in (string[])["ntp", "last", "since"])
            facts.Add(name, numbers.GetValueOrDefault(name));
    }

    static IEnumerable<(string Path, string Text, int Holder)> Under(IReadOnlyList<(string Path, string Text, int Holder)> leaves, string path) =>
        leaves.Where(leaf => leaf.Path.StartsWith(path, StringComparison.OrdinalIgnoreCase));

    static Dictionary<string, string> Object(IEnumerable<(string Path, string Text, int Holder)> leaves)
    {
        var values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach ((string path, string text, _) in leaves)
            values[path.Split('.')[^1]] = text;
        return values;
    }

    static string? Text(Dictionary<string, string> values, string name) => values.GetValueOrDefault(name) is { Length: > 0 } text ? text : null;

    static double? Number(Dictionary<string, string> values, string name) =>
        double.TryParse(values.GetValueOrDefault(name), NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number) ? number : null;

    static double? Whole(Dictionary<string, string> values, string name) => Number(values, name) is { } number && Math.Abs(number) < 9007199254740992 ? Math.Truncate(number) + 0.0 : null;

    static long? Word(Dictionary<string, string> values, string name) => Whole(values, name) is >= 0 and <= uint.MaxValue and var number ? (long)number : null;

    static double? Positive(double? number) => number >= 0 ? number : null;

    static double? Mos(double? score) => score switch { 127 => null, >= 1 and <= 5 => score, >= 10 and <= 50 => score / 10, >= 100 and <= 500 => score / 100, _ => null };

    static IPAddress? Address(Dictionary<string, string> values, string name) => IPAddress.TryParse(values.GetValueOrDefault(name), out IPAddress? address) ? address : null;

    static double? Port(Dictionary<string, string> values, string name) => Whole(values, name) is > 0 and <= 65535 and var port ? port : null;
}
