using System.Text.Json;
using Homer.Search.Tests.EndToEnd.Agents;

namespace Homer.Search.Tests.EndToEnd;

/// <summary>SIPp calls through Kamailio, reported by siptrace: what SIPp counted is what the server tells.</summary>
public sealed class KamailioTests
{
    const int CallsEach = 20;

    /// <summary>Scenario, outcome, final code as the caller saw it.</summary>
    static readonly (string Scenario, string Outcome, int Code)[] Scenarios =
    [
        ("answered", "ANSWERED", 200),
        ("challenged", "ANSWERED", 200),
        ("busy", "BUSY", 486),
        ("cancelled", "CANCELLED_CALLER", 487),
        ("unavailable", "CAPACITY", 503),
        ("unanswered", "TIMEOUT", 408),
    ];

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory(SkipUnless = nameof(AreOn), Skip = AgentPrograms.LeftOut)]
    [InlineData(3, "udp")]
    [InlineData(3, "tcp")]
    [InlineData(2, "udp")]
    [InlineData(1, "udp")]
    public async Task Every_call_of_SIPp_is_stored_byte_for_byte_and_told_as_SIPp_saw_it(int hepVersion, string hepTransport)
    {
        await using HomerServer server = await HomerServer.StartAsync(Cancellation);
        await using var tap = new HepTap(server.HepPort);
        var numbers = new Dictionary<string, string>();
        await using (Kamailio proxy = await Kamailio.StartAsync(tap.Port, hepVersion, hepTransport, Cancellation))
        {
            foreach ((string scenario, _, _) in Scenarios)
                numbers[scenario] = (await Sipp.PlayAsync(proxy, scenario, CallsEach, rate: 20, Cancellation)).Number;
        }

        List<byte[]> sent = tap.Payloads(1);
        await server.GraphQL.SettledAsync(sent.Count, Cancellation);
        (long received, long storedDocuments) = await server.GraphQL.IngestAsync(Cancellation);
        Assert.Equal(tap.Packets.Count, received);
        Assert.Equal(tap.Packets.Count, storedDocuments);

        List<JsonElement> messages = await server.GraphQL.MessagesAsync("", "rawBase64", Cancellation);
        Assert.Equal(
            sent.Select(Convert.ToBase64String).Order(StringComparer.Ordinal),
            messages.Select(message => message.GetProperty("rawBase64").GetString()!).Order(StringComparer.Ordinal));

        List<JsonElement> calls = await server.GraphQL.CallsAsync(
            "", "callId callee state outcome finalCode ringDelayMs setupMs durationMs releasedBy messageCount", Cancellation);
        Assert.Equal(Scenarios.Length * CallsEach, calls.Count);
        foreach ((string scenario, string outcome, int code) in Scenarios)
        {
            JsonElement[] played = [.. calls.Where(call => call.GetProperty("callee").GetString() == numbers[scenario])];
            Assert.Equal(CallsEach, played.Length);
            Assert.All(played, call => Assert.Equal((outcome, code), (call.GetProperty("outcome").GetString(), call.GetProperty("finalCode").GetInt32())));
            if (code == 200)
                Assert.All(played, call => AnsweredWithThePausesOfTheScenario(call, Slack(hepVersion)));
        }
    }

    public static bool AreOn => AgentPrograms.AreOn;

    /// <summary>
    /// How much less than the pause may be seen: stamps are taken when the proxy gets round to a message on a busy machine. HEPv1 has no stamps at all, so
    /// its times are those of arrival here.
    /// </summary>
    static int Slack(int hepVersion) => hepVersion == 1 ? 190 : 60;

    /// <summary>The callee rings after 200 ms, answers 300 ms later, and the caller hangs up after 700 ms: not earlier, and not seconds later.</summary>
    static void AnsweredWithThePausesOfTheScenario(JsonElement call, int slack)
    {
        Assert.InRange(call.GetProperty("ringDelayMs").GetInt32(), 200 - slack, 200 + 1500);
        Assert.InRange(call.GetProperty("setupMs").GetInt32(), 500 - slack, 500 + 2000);
        Assert.InRange(call.GetProperty("durationMs").GetInt64(), 700 - slack, 700 + 2000);
        Assert.Equal("CALLER", call.GetProperty("releasedBy").GetString());
        Assert.Equal("COMPLETED", call.GetProperty("state").GetString());
    }
}
