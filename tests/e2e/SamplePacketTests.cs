using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Homer.Search.Tests.EndToEnd.Agents;

namespace Homer.Search.Tests.EndToEnd;

/// <summary>Every packet that was captured from real agents, and every vector.</summary>
public sealed class SamplePacketTests
{
    public static bool AreOn => AgentPrograms.AreOn;

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(SkipUnless = nameof(AreOn), Skip = AgentPrograms.LeftOut)]
    public async Task Every_sample_packet_is_received_and_all_but_the_ping_are_stored()
    {
        string[] samples = Directory.GetFiles(Path.Combine(Repository.Shared, "samples", "hep"), "*.bin", SearchOption.AllDirectories);
        Assert.NotEmpty(samples);
        await using HomerServer server = await HomerServer.StartAsync(Cancellation);
        using var agent = new UdpClient();
        foreach (string sample in samples)
            await agent.SendAsync(await File.ReadAllBytesAsync(sample, Cancellation), new IPEndPoint(IPAddress.Loopback, server.HepPort), Cancellation);

        int pings = samples.Count(sample => sample.EndsWith("v3-ping.bin", StringComparison.Ordinal));
        (long received, long stored) = await GraphQLClient.UntilAsync(
            () => server.GraphQL.IngestAsync(Cancellation), seen => seen.Stored == samples.Length - pings, Cancellation);
        Assert.Equal(samples.Length, received);
        Assert.Equal(samples.Length - pings, stored);

        JsonElement ingest = (await server.GraphQL.AskAsync("{ ingest { dropped { reason count } rejected { reason count } } }", Cancellation)).GetProperty("ingest");
        Assert.DoesNotContain(ingest.GetProperty("rejected").EnumerateArray(), rejected => rejected.GetProperty("count").GetInt64() > 0);
    }
}
