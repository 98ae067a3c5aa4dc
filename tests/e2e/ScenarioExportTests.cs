using System.Text.Json;
using Homer.Search.Tests.EndToEnd.Agents;

namespace Homer.Search.Tests.EndToEnd;

/// <summary>A call that was captured, exported as a scenario and played again by SIPp, ends as it ended the first time.</summary>
public sealed class ScenarioExportTests
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static bool AreOn => AgentPrograms.AreOn;

    [Fact(SkipUnless = nameof(AreOn), Skip = AgentPrograms.LeftOut)]
    public async Task An_exported_call_runs_in_SIPp_and_ends_as_before()
    {
        string folder = Directory.CreateTempSubdirectory("homer-scenario-").FullName;
        await using HomerServer server = await HomerServer.StartAsync(Cancellation);
        await using Kamailio proxy = await Kamailio.StartAsync(server.HepPort, 3, "udp", Cancellation);
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{server.HttpPort}") };
        foreach (string scenario in (string[])["answered", "busy", "cancelled", "challenged", "unavailable", "redirected"])
        {
            SippCounts first = await Sipp.PlayAsync(proxy, scenario, 1, 1, Cancellation);
            JsonElement call = (await CallsAsync(server, first.Number, 1))[0];
            string file = Path.Combine(folder, $"caller-{scenario}.xml");
            string address = $"/export/xml?callId={Uri.EscapeDataString(call.GetProperty("callId").GetString()!)}";
            await File.WriteAllBytesAsync(file, await http.GetByteArrayAsync(new Uri(address, UriKind.Relative), Cancellation), Cancellation);

            SippCounts second = await Sipp.PlayAsync(proxy, scenario, file, first.CalleePort, 1, 1, Cancellation);

            Assert.Equal(first.Messages, second.Messages);
            List<JsonElement> both = await CallsAsync(server, first.Number, 2);
            Assert.Single(both.Select(one => $"{one.GetProperty("outcome")} {one.GetProperty("finalCode")} {one.GetProperty("releasedBy")}").Distinct());
        }

        Directory.Delete(folder, recursive: true);
    }

    /// <summary>The calls to a number, when as many have ended.</summary>
    static Task<List<JsonElement>> CallsAsync(HomerServer server, string number, int count) => GraphQLClient.UntilAsync(
        () => server.GraphQL.CallsAsync($"callee : \"{number}\" and not outcome : pending", "callId outcome finalCode releasedBy endedAt", Cancellation),
        calls => calls.Count == count && calls.TrueForAll(call => call.GetProperty("endedAt").ValueKind != JsonValueKind.Null),
        Cancellation);
}
