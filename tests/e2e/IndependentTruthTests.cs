using System.Globalization;
using System.Text.Json;
using Homer.Search.Tests.EndToEnd.Agents;

namespace Homer.Search.Tests.EndToEnd;

/// <summary>
/// 5,000 calls of every kind through Kamailio, told by three that know nothing of each other: the SIPp that made them, Wireshark that read the wire, and the
/// server that had them by HEP. They agree in every count, and in times as nearly as the proxy's stamps are true.
/// </summary>
public sealed class IndependentTruthTests
{
    const int Seconds = 30;

    /// <summary>Scenario, calls, and how each must be told.</summary>
    static readonly (string Scenario, int Calls, string Outcome, int Code)[] Mix =
    [
        ("answered", 2000, "ANSWERED", 200),
        ("challenged", 700, "ANSWERED", 200),
        ("busy", 700, "BUSY", 486),
        ("cancelled", 600, "CANCELLED_CALLER", 487),
        ("unavailable", 400, "CAPACITY", 503),
        ("unanswered", 300, "TIMEOUT", 408),
        ("redirected", 300, "REDIRECT", 302),
    ];

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static bool AreOn => AgentPrograms.AreOn;

    [Fact(SkipUnless = nameof(AreOn), Skip = AgentPrograms.LeftOut)]
    public async Task SIPp_Wireshark_and_the_server_agree_on_five_thousand_calls()
    {
        await using HomerServer server = await HomerServer.StartAsync(Cancellation);
        SippCounts[] played;
        SipStatistics[] seen;
        string[][] frames;
        int proxyPort;
        await using (Kamailio proxy = await Kamailio.StartAsync(server.HepPort, 3, "udp", Cancellation))
        await using (Wire wire = await Wire.TapAsync(proxy.Port, but: server.HepPort, Cancellation))
        {
            proxyPort = proxy.Port;
            played = await Task.WhenAll(Mix.Select(kind => Sipp.PlayAsync(proxy, kind.Scenario, kind.Calls, kind.Calls / Seconds, Cancellation)));
            await wire.EndAsync(Cancellation);
            var tshark = new Tshark(wire.File, proxyPort);
            seen = await tshark.StatisticsAsync(played.Select(run => $"udp.port=={run.CallerPort}").Append($"udp.port=={proxyPort}"), Cancellation);
            frames = await tshark.FieldsAsync(
                Cancellation, "frame.time_epoch", "udp.srcport", "udp.dstport", "sip.Call-ID", "sip.CSeq.method", "sip.Method", "sip.Status-Code");
        }

        // Every datagram at the proxy is one stored message.
        await server.GraphQL.SettledAsync(frames.Length, Cancellation);
        Assert.Equal(seen[^1].Messages, await MessagesAsync(server, ""));

        List<JsonElement> calls = await server.GraphQL.CallsAsync(
            "", "callId callee outcome finalCode ringDelayMs setupMs retransmissionCount", Cancellation);
        Assert.Equal(Mix.Sum(kind => kind.Calls), calls.Count);
        foreach ((var kind, SippCounts run, SipStatistics statistics) in Mix.Zip(played, seen))
        {
            Dictionary<string, long> stored = await MessagesAsync(server, $"source.port : {run.CallerPort} or destination.port : {run.CallerPort}");
            Assert.Equal(statistics.Messages, stored);
            Assert.Equal(run.Messages, stored);

            JsonElement[] ofRun = [.. calls.Where(call => call.GetProperty("callee").GetString() == run.Number)];
            Assert.Equal(kind.Calls, ofRun.Length);
            Assert.All(ofRun, call => Assert.Equal((kind.Outcome, kind.Code), (call.GetProperty("outcome").GetString(), call.GetProperty("finalCode").GetInt32())));
            if (kind.Scenario == "answered")
                Assert.InRange(ofRun.Average(call => call.GetProperty("setupMs").GetInt32()), statistics.MeanSetupMs - 5, statistics.MeanSetupMs + 5);
        }

        Assert.Equal(seen[^1].Resent, calls.Sum(call => call.GetProperty("retransmissionCount").GetInt32()));
        TimesAgree(calls, frames, played);
    }

    /// <summary>
    /// First INVITE to ringing and to the final answer, on the caller's hop: the difference is under 5 ms in the mean and in the middle. A stamp is taken when
    /// the proxy gets round to a message, which on two cores shared with callers, sniffer and server may be late, so of single calls nothing is held.
    /// </summary>
    static void TimesAgree(List<JsonElement> calls, string[][] frames, SippCounts[] played)
    {
        HashSet<string> callers = [.. played.Select(run => run.CallerPort.ToString(CultureInfo.InvariantCulture))];
        Dictionary<string, (double? Ring, double? Setup)> wire = frames.Where(frame => callers.Contains(frame[1]) || callers.Contains(frame[2]))
            .GroupBy(frame => frame[3]).ToDictionary(call => call.Key, call => Delays([.. call]));
        List<double> differences = [];
        foreach (JsonElement call in calls)
        {
            (double? ring, double? setup) = wire[call.GetProperty("callId").GetString()!];
            Compare(ring, call.GetProperty("ringDelayMs"));
            Compare(setup, call.GetProperty("setupMs"));
        }

        differences.Sort();
        string spread = $"mean {differences.Average():0.00} ms, median {Within(50):0.00} ms, 90 % within {Within(90):0.00} ms, most {differences[^1]:0.00} ms";
        TestContext.Current.SendDiagnosticMessage(spread);
        Assert.True(differences.Average() < 5 && Within(50) < 5, spread);

        double Within(int percent) => differences[differences.Count * percent / 100];

        void Compare(double? onWire, JsonElement told)
        {
            Assert.Equal(onWire is null, told.ValueKind == JsonValueKind.Null);
            if (onWire is { } milliseconds)
                differences.Add(Math.Abs(milliseconds - told.GetInt32()));
        }
    }

    /// <summary>Ringing, else the 200, and the last final answer, after the first INVITE.</summary>
    static (double? Ring, double? Setup) Delays(string[][] call)
    {
        string[][] invites = [.. call.Where(frame => frame[4] == "INVITE")];
        double start = Time(invites[0]);
        string[]? final = invites.LastOrDefault(frame => Code(frame) >= 200);
        string[]? ring = invites.FirstOrDefault(frame => Code(frame) is >= 180 and < 200) ?? (final is not null && Code(final) < 300 ? final : null);
        return (Since(ring), Since(final));

        double? Since(string[]? frame) => frame is null ? null : (Time(frame) - start) * 1000;
    }

    static double Time(string[] frame) => double.Parse(frame[0], CultureInfo.InvariantCulture);

    static int Code(string[] frame) => frame[6].Length == 0 ? 0 : int.Parse(frame[6], CultureInfo.InvariantCulture);

    /// <summary>Stored messages by method or status code.</summary>
    static async Task<Dictionary<string, long>> MessagesAsync(HomerServer server, string query)
    {
        JsonElement facets = (await server.GraphQL.AskAsync(
            """
            query($query: String) { facets(range: { from: "now-1h", to: "now+1h" }, kind: SIP, query: $query, fields: ["sip.method", "sip.code"], size: 100) { buckets { value count } } }
            """,
            Cancellation,
            new { query })).GetProperty("facets");
        return facets.EnumerateArray().SelectMany(facet => facet.GetProperty("buckets").EnumerateArray())
            .ToDictionary(bucket => bucket.GetProperty("value").GetString()!, bucket => bucket.GetProperty("count").GetInt64(), StringComparer.Ordinal);
    }
}
