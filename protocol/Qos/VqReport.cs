using System.Globalization;
using System.Net;
using System.Text;

namespace Homer.Search.Protocol.Qos;

/// <summary>
/// Reads an <c>application/vq-rtcpxr</c> body (RFC 6035 §4.6): what a phone measured, and what it was told by the other side. A token that is missing is
/// unknown; there is no value for that.
/// </summary>
public static class VqReport
{
    /// <summary>Whether a text begins as such a report does.</summary>
    public static bool Begins(ReadOnlySpan<byte> body) =>
        body.StartsWith("VQSessionReport"u8) || body.StartsWith("VQIntervalReport"u8) || body.StartsWith("VQAlertReport"u8);

    /// <summary>One report for LocalMetrics, one more when there are RemoteMetrics. None when the text is something else.</summary>
    public static IReadOnlyList<StreamQuality> Read(ReadOnlySpan<byte> body)
    {
        if (!Begins(body))
            return [];
        var session = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var groups = new List<Dictionary<string, string>>();
        Dictionary<string, string> group = session;
        foreach (string line in Encoding.UTF8.GetString(body).Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            int colon = line.IndexOf(':', StringComparison.Ordinal);
            string name = (colon < 0 ? line : line[..colon]).Trim();
            string value = colon < 0 ? "" : line[(colon + 1)..].Trim();
            if (name is "LocalMetrics" or "RemoteMetrics")
                groups.Add(group = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["side"] = name });
            else if (!group.TryAdd(name, value))
                group[name] = $"{group[name]} {value}";
            else if (session.Count == 1 && groups.Count == 0)
                session["report"] = name;
        }

        return [.. (groups.Count == 0 ? [new Dictionary<string, string>()] : groups).Select(metrics => Metrics(session, metrics))];
    }

    static StreamQuality Metrics(Dictionary<string, string> session, Dictionary<string, string> metrics)
    {
        string report = session.GetValueOrDefault("report", "VQSessionReport");
        bool isRemote = metrics.GetValueOrDefault("side") == "RemoteMetrics";
        // LocalAddr is the receiver of the stream that LocalMetrics are about (RFC 6035 §4.6.2.4).
        Tokens receiver = new(session.GetValueOrDefault(isRemote ? "RemoteAddr" : "LocalAddr", ""));
        Tokens sender = new(session.GetValueOrDefault(isRemote ? "LocalAddr" : "RemoteAddr", ""));
        Tokens all = new(string.Join(' ', metrics.Where(static line => line.Key != "side").Select(static line => line.Value)));
        double? listening = QualityUnits.Mos(all.Number("MOSLQ"));
        double? conversational = QualityUnits.Mos(all.Number("MOSCQ"));
        return new StreamQuality
        {
            Kind = report switch { "VQIntervalReport" => QualityKind.VqInterval, "VQAlertReport" => QualityKind.VqAlert, _ => QualityKind.VqSession },
            CallId = session.GetValueOrDefault("CallID") is { Length: > 0 } callId ? callId : null,
            ReporterSsrc = receiver.Ssrc,
            StreamSsrc = sender.Ssrc,
            StreamSource = sender.Address,
            StreamSourcePort = sender.Port,
            StreamDestination = receiver.Address,
            StreamDestinationPort = receiver.Port,
            Mos = conversational ?? listening,
            MosListening = listening,
            MosConversational = conversational,
            RFactor = QualityUnits.RFactor(all.Number("RCQ") ?? all.Number("RLQ")),
            JitterMs = QualityUnits.Positive(all.Number("IAJ")),
            JitterMaximumMs = QualityUnits.Positive(all.Number("MAJ")),
            LossPercent = Percent(all.Number("NLR")),
            DiscardPercent = Percent(all.Number("JDR")),
            BurstLossPercent = Percent(all.Number("BLD")),
            GapLossPercent = Percent(all.Number("GLD")),
            BurstMs = QualityUnits.Positive(all.Number("BD")),
            GapMs = QualityUnits.Positive(all.Number("GD")),
            RoundTripMs = QualityUnits.Delay(all.Number("RTD")),
            EndSystemDelayMs = QualityUnits.Delay(all.Number("ESD")),
            OneWayDelayMs = QualityUnits.Delay(all.Number("OWD") ?? all.Number("SOWD")),
            SignalDbm = QualityUnits.Level(all.Number("SL")),
            NoiseDbm = QualityUnits.Level(all.Number("NL")),
            EchoReturnLossDb = QualityUnits.Level(all.Number("RERL")),
            JitterBufferMs = QualityUnits.Positive(all.Number("JBN")),
            JitterBufferMaximumMs = QualityUnits.Positive(all.Number("JBM")),
            Codec = all.Text("PD"),
            PayloadType = QualityUnits.PayloadType(all.Number("PT")),
            ClockRate = QualityUnits.ClockRate(all.Number("SR")),
            Reporter = session.GetValueOrDefault(isRemote ? "RemoteID" : "LocalID"),
            Direction = isRemote ? "sent" : "received",
            Event = session.GetValueOrDefault(report) is { Length: > 0 } cause ? cause : null,
            Start = all.Time("START"),
            End = all.Time("STOP"),
        };
    }

    static double? Percent(double? value) => value is >= 0 and <= 100 ? value : null;

    /// <summary>The <c>NAME=value</c> pairs of a line.</summary>
    sealed class Tokens
    {
        readonly Dictionary<string, string> _values = new(StringComparer.OrdinalIgnoreCase);

        public Tokens(string line)
        {
            foreach (string token in line.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries))
            {
                int equals = token.IndexOf('=', StringComparison.Ordinal);
                if (equals > 0)
                    _values.TryAdd(token[..equals], token[(equals + 1)..].Trim('"'));
            }
        }

        public IPAddress? Address => IPAddress.TryParse(Text("IP"), out IPAddress? address) ? address : null;

        public int? Port => Number("PORT") is > 0 and <= ushort.MaxValue and var port ? (int)port : null;

        /// <summary>Hexadecimal, with or without 0x.</summary>
        public uint? Ssrc
        {
            get
            {
                string? text = Text("SSRC");
                if (text is null)
                    return null;
                text = text.StartsWith("0x", StringComparison.OrdinalIgnoreCase) ? text[2..] : text;
                return uint.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out uint ssrc) ? ssrc : null;
            }
        }

        public string? Text(string name) => _values.TryGetValue(name, out string? text) && text.Length > 0 ? text : null;

        public double? Number(string name) =>
            double.TryParse(Text(name), NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number) ? number : null;

        /// <summary>Within the years that nanoseconds can say.</summary>
        public Instant? Time(string name) =>
            DateTimeOffset.TryParse(Text(name), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time)
            && time.Year is >= 1970 and < 2200
                ? Instant.From(time)
                : null;
    }
}
