using System.Text;

namespace Homer.Search.Tests.Fuzz;

/// <summary>A compound RTCP packet by RFC 3550 §6 and RFC 3611 §4.7, number by number.</summary>
static class SlowRtcp
{
    const int MostReports = 8;

    internal static bool Begins(byte[] octets) => octets.Length >= 4 && octets[0] is >= 0x80 and <= 0xbf && octets[1] is >= 200 and <= 207;

    internal static Facts Read(byte[] octets)
    {
        var reports = new List<Action<Facts, string?, string?>>();
        string? name = null;
        string? ending = null;
        long? first = null;
        for (int place = 0; Begins(octets[place..]);)
        {
            int length = 4 * (1 + (int)Number(octets, place + 2, 2));
            byte[] packet = octets[(place + 4)..Math.Min(place + length, octets.Length)];
            int count = octets[place] % 32;
            int type = octets[place + 1];
            place = Math.Min(place + length, octets.Length);
            if (packet.Length >= 4)
                first ??= Number(packet, 0, 4);
            if (type == 203)
                ending = "bye";
            else if (packet.Length < 4)
                continue;
            else if (type == 200 && packet.Length >= 24)
                AddBlocks(reports, packet, count, isSender: true);
            else if (type == 201)
                AddBlocks(reports, packet, count, isSender: false);
            else if (type == 202)
                name ??= NameIn(packet);
            else if (type == 207)
                AddMetrics(reports, packet);
        }

        if (reports.Count == 0 && (name ?? ending) is not null)
            reports.Add((facts, reporterName, cause) => Add(facts, "OtherRtcp", first, null, [], reporterName, cause));
        Facts facts = new Facts().Add("reports", reports.Count);
        foreach (Action<Facts, string?, string?> report in reports.Take(MostReports))
            report(facts, name, ending);
        return facts;
    }

    static void AddBlocks(List<Action<Facts, string?, string?>> reports, byte[] packet, int count, bool isSender)
    {
        int before = reports.Count;
        string kind = isSender ? "SenderReport" : "ReceiverReport";
        long reporter = Number(packet, 0, 4);
        int head = isSender ? 24 : 4;
        Dictionary<string, object?> sender = isSender
            ? new() { ["ntp"] = Number(packet, 6, 4), ["sent"] = Number(packet, 16, 4), ["sent octets"] = Number(packet, 20, 4) }
            : [];
        for (int block = head; count > 0 && block + 24 <= packet.Length; block += 24, count--)
        {
            int start = block;
            long lost = Number(packet, start + 5, 3);
            reports.Add((facts, name, cause) => Add(facts, kind, reporter, Number(packet, start, 4), new(sender)
            {
                ["loss"] = packet[start + 4] * 100 / 256.0,
                ["lost"] = lost >= 1 << 23 ? lost - (1 << 24) : lost,
                ["highest"] = Number(packet, start + 8, 4),
                ["jitter units"] = Number(packet, start + 12, 4),
                ["last"] = Number(packet, start + 16, 4),
                ["since"] = Number(packet, start + 20, 4),
            }, name, cause));
        }

        // What it says of itself stands also without a block.
        if (isSender && reports.Count == before)
            reports.Add((facts, name, cause) => Add(facts, kind, reporter, null, sender, name, cause));
    }

    static void AddMetrics(List<Action<Facts, string?, string?>> reports, byte[] packet)
    {
        long reporter = Number(packet, 0, 4);
        for (int place = 4; place + 4 <= packet.Length;)
        {
            int length = 4 * (1 + (int)Number(packet, place + 2, 2));
            if (place + length > packet.Length)
                return;
            byte[] block = packet[place..(place + length)];
            if (block[0] == 7 && length >= 36)
                reports.Add((facts, name, cause) => Add(facts, "ExtendedReport", reporter, Number(block, 4, 4), Metrics(block), name, cause));
            place += length;
        }
    }

    static Dictionary<string, object?> Metrics(byte[] block)
    {
        double? listening = block[26] is >= 10 and <= 50 ? block[26] / 10.0 : block[26] is >= 1 and <= 5 ? block[26] : null;
        double? conversational = block[27] is >= 10 and <= 50 ? block[27] / 10.0 : block[27] is >= 1 and <= 5 ? block[27] : null;
        return new()
        {
            ["mos"] = conversational ?? listening,
            ["listening"] = listening,
            ["conversational"] = conversational,
            ["r"] = block[24] <= 100 ? (double)block[24] : null,
            ["loss"] = block[8] * 100 / 256.0,
            ["discard"] = block[9] * 100 / 256.0,
            ["burst loss"] = block[10] * 100 / 256.0,
            ["gap loss"] = block[11] * 100 / 256.0,
            ["burst"] = (double)Number(block, 12, 2),
            ["gap"] = (double)Number(block, 14, 2),
            ["round trip"] = Number(block, 16, 2) is > 0 and var trip ? (double)trip : null,
            ["end system"] = Number(block, 18, 2) is > 0 and var delay ? (double)delay : null,
            ["signal"] = Level((sbyte)block[20]),
            ["noise"] = Level((sbyte)block[21]),
            ["echo"] = Level((sbyte)block[22]),
            ["buffer"] = (double)Number(block, 30, 2),
            ["buffer maximum"] = (double)Number(block, 32, 2),
        };
    }

    /// <summary>127 is unavailable.</summary>
    static double? Level(sbyte level) => level == 127 ? null : level;

    static string? NameIn(byte[] packet)
    {
        for (int place = 4; place + 2 <= packet.Length && packet[place] != 0 && place + 2 + packet[place + 1] <= packet.Length; place += 2 + packet[place + 1])
            if (packet[place] == 1)
                return Encoding.UTF8.GetString(packet, place + 2, packet[place + 1]);
        return null;
    }

    static void Add(Facts facts, string kind, long? reporter, long? stream, Dictionary<string, object?> values, string? name, string? cause)
    {
        facts.Add("kind", kind).Add("reporter", reporter).Add("stream", stream).Add("call-id", (string?)null).Add("source", ":").Add("destination", ":");
        foreach (string fact in (string[])
        [
            "mos", "listening", "conversational", "minimum", "r", "jitter units", "jitter", "jitter maximum", "loss", "lost", "packets", "octets", "expected", "highest", "sent",
            "sent octets", "discard", "burst loss", "gap loss", "burst", "gap", "round trip", "end system", "one way", "signal", "noise", "echo", "buffer", "buffer maximum",
            "codec", "type", "clock",
        ])
        {
            if (values.GetValueOrDefault(fact) is double number)
                facts.Add(fact, number);
            else
                facts.Add(fact, values.GetValueOrDefault(fact) as long?);
        }

        facts.Add("name", name).Add("direction", (string?)null).Add("event", cause).Add("start", (string?)null).Add("end", (string?)null);
        foreach (string fact in (string[])["ntp", "last", "since"])
            facts.Add(fact, values.GetValueOrDefault(fact) as long? ?? 0);
    }

    static long Number(byte[] octets, int place, int length) => octets.Skip(place).Take(length).Aggregate(0L, static (number, octet) => (number * 256) + octet);
}
