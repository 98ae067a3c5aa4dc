using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Homer.Search.Protocol;

namespace Homer.Search.Tests.EndToEnd;

/// <summary>The processes of <c>compose.yaml</c> on a real engine: a setup that ends, two that take HEP in, one that answers, two that do the jobs.</summary>
public sealed class RolesTests(MortalEngine engine) : IClassFixture<MortalEngine>
{
    const int MadeUpPackets = 1000;
    const int SharedCalls = 100;

    /// <summary>A call as a proxy sees it on one hop: each start line, who sends it, and the method it is about.</summary>
    static readonly (string Line, bool IsCaller, string Method, int Number)[] Call =
    [
        ("INVITE sip:bob@example.net SIP/2.0", true, "INVITE", 1),
        ("SIP/2.0 100 Trying", false, "INVITE", 1),
        ("SIP/2.0 180 Ringing", false, "INVITE", 1),
        ("SIP/2.0 200 OK", false, "INVITE", 1),
        ("ACK sip:bob@10.0.0.2 SIP/2.0", true, "ACK", 1),
        ("BYE sip:bob@10.0.0.2 SIP/2.0", true, "BYE", 2),
        ("SIP/2.0 200 OK", false, "BYE", 2),
    ];

    readonly string _namespace = $"r{Guid.NewGuid():N}"[..12];

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_two_processes_took_in_a_third_finds_with_each_call_once()
    {
        await SetUpAsync();
        await using HomerServer one = await StartAsync("ingest");
        await using HomerServer other = await StartAsync("ingest");
        await using HomerServer asked = await StartAsync("graphql");
        Task<(int ExitCode, string Output)> madeUp = HomerProgram.RunAsync(
            Cancellation, "send", "--to", $"127.0.0.1:{one.HepPort}", "--count", MadeUpPackets.ToString(CultureInfo.InvariantCulture), "--rate", "max");
        // The agent reports what the caller sends to one node and what the callee sends to the other.
        await Task.WhenAll(SendAsync(one.HepPort, ofCaller: true), SendAsync(other.HepPort, ofCaller: false));
        Assert.Equal((0, ""), ((await madeUp).ExitCode, ""));

        const int Messages = MadeUpPackets + (SharedCalls * 7);
        await GraphQLClient.UntilAsync(
            async () => await one.MetricAsync("homer_ingest_stored", Cancellation) + await other.MetricAsync("homer_ingest_stored", Cancellation),
            stored => stored == Messages, Cancellation);
        await GraphQLClient.UntilAsync(() => asked.GraphQL.StoredMessagesAsync(Cancellation), stored => stored >= Messages, Cancellation);
        Assert.Equal(Messages, await asked.GraphQL.StoredMessagesAsync(Cancellation));
        List<JsonElement> calls = await GraphQLClient.UntilAsync(
            () => asked.GraphQL.CallsAsync("callid : shared-* and call.messages : 7", "callId messageCount outcome", Cancellation), found => found.Count == SharedCalls, Cancellation);
        Assert.All(calls, call => Assert.Equal("ANSWERED", call.GetProperty("outcome").GetString()));
        Assert.Equal(SharedCalls, (await asked.GraphQL.CallsAsync("callid : shared-*", "callId", Cancellation)).Count);
        // Of the way in it tells what the others do, and of an agent that each sees one half of, what it is.
        await GraphQLClient.UntilAsync(() => asked.GraphQL.IngestAsync(Cancellation), ingest => ingest == (Messages, Messages), Cancellation);
        JsonElement agents = (await asked.GraphQL.AskAsync("{ agents { id messageCount responsesWithoutRequest acksWithoutInvite } }", Cancellation)).GetProperty("agents");
        JsonElement agent = Assert.Single(agents.EnumerateArray(), agent => agent.GetProperty("id").GetInt64() == 1);
        Assert.Equal((SharedCalls * Call.Length, SharedCalls * 4, 0), (
            agent.GetProperty("messageCount").GetInt64(), agent.GetProperty("responsesWithoutRequest").GetInt64(), agent.GetProperty("acksWithoutInvite").GetInt64()));
        JsonElement whole = await asked.GraphQL.AskAsync("""{ call(callId: "shared-7") { messages { callId } } }""", Cancellation);
        Assert.Equal(Call.Length, whole.GetProperty("call").GetProperty("messages").GetArrayLength());
    }

    [Fact]
    public async Task Of_two_processes_one_does_the_jobs_and_when_it_is_killed_the_other_takes_them_over()
    {
        await SetUpAsync();
        await using HomerServer one = await StartAsync("jobs");
        await GraphQLClient.UntilAsync(() => JobsAsync(one), jobs => jobs == "active", Cancellation);
        await using HomerServer other = await StartAsync("jobs");
        Assert.StartsWith("standing by for", await GraphQLClient.UntilAsync(() => JobsAsync(other), jobs => jobs.Contains("for", StringComparison.Ordinal), Cancellation), StringComparison.Ordinal);
        Assert.Equal(1, await one.MetricAsync("homer_jobs_active", Cancellation));
        Assert.Equal(0, await other.MetricAsync("homer_jobs_active", Cancellation));

        await one.KillAsync();
        long killed = TimeProvider.System.GetTimestamp();
        await GraphQLClient.UntilAsync(() => JobsAsync(other), jobs => jobs == "active", Cancellation);
        TestContext.Current.SendDiagnosticMessage($"Taken over after {TimeProvider.System.GetElapsedTime(killed).TotalSeconds:0.0} s.");
        Assert.Equal(1, await other.MetricAsync("homer_jobs_active", Cancellation));

        await one.StartAgainAsync(Cancellation);
        await GraphQLClient.UntilAsync(() => JobsAsync(one), jobs => jobs.StartsWith("standing by for", StringComparison.Ordinal), Cancellation);
        Assert.Equal(0, await other.StopAsync(Cancellation));
        await GraphQLClient.UntilAsync(() => JobsAsync(one), jobs => jobs == "active", Cancellation);
    }

    [Fact]
    public async Task The_log_of_each_process_is_found_beside_the_logs_of_calls()
    {
        await SetUpAsync();
        await using HomerServer taking = await StartAsync("ingest", "--log-store", "true");
        await using HomerServer asked = await StartAsync("graphql", "--log-store", "true");

        List<JsonElement> lines = await GraphQLClient.UntilAsync(
            () => LogsAsync(asked, "logger : Homer.Search.Ingest.Indexer and level : information"), found => found.Count == 1, Cancellation);

        Assert.Contains("Indexing journal", lines[0].GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Equal(("information", "Homer.Search.Ingest.Indexer", Environment.MachineName), (
            lines[0].GetProperty("level").GetString(), lines[0].GetProperty("logger").GetString(), lines[0].GetProperty("agent").GetProperty("name").GetString()));
        Assert.Single(await LogsAsync(asked, "message : \"Indexing journal\" and payload.checkpoint : *"));
        Assert.Equal(0, (await taking.StopAsync(Cancellation)));
    }

    static async Task<List<JsonElement>> LogsAsync(HomerServer server, string query)
    {
        JsonElement logs = (await server.GraphQL.AskAsync(
            """query($query: String) { logs(range: { from: "now-1h", to: "now+1h" }, query: $query) { nodes { text level logger agent { name } } } }""", Cancellation,
            new { query })).GetProperty("logs");
        return [.. logs.GetProperty("nodes").EnumerateArray()];
    }

    /// <summary>As the one-shot service of compose; doing it again changes nothing.</summary>
    async Task SetUpAsync()
    {
        string[] setup = ["setup", "--store", (await engine.Engine.AddressAsync(Cancellation)).ToString(), "--namespace", _namespace];
        (int code, string output) = await HomerProgram.RunAsync(Cancellation, setup);
        Assert.True(code == 0, output);
        Assert.Contains("nothing was changed", (await HomerProgram.RunAsync(Cancellation, setup)).Output, StringComparison.Ordinal);
    }

    async Task<HomerServer> StartAsync(string role, params string[] more) => await HomerServer.StartAsync(
        Cancellation, data: null,
        ["--roles", role, "--store", (await engine.Engine.AddressAsync(Cancellation)).ToString(), "--namespace", _namespace, .. more]);

    static async Task<string> JobsAsync(HomerServer server) => (await server.HealthAsync(Cancellation)).GetProperty("jobs").GetString()!;

    static async Task SendAsync(int port, bool ofCaller)
    {
        using var agent = new TcpClient();
        await agent.ConnectAsync(IPAddress.Loopback, port, Cancellation);
        NetworkStream stream = agent.GetStream();
        var packet = new byte[2048];
        Instant start = Instant.Now(TimeProvider.System).Plus(TimeSpan.FromMinutes(-1));
        for (int call = 0; call < SharedCalls; call++)
        {
            for (int step = 0; step < Call.Length; step++)
            {
                (string line, bool isCaller, string method, int number) = Call[step];
                if (isCaller != ofCaller)
                    continue;
                string tag = step > 1 ? ";tag=b" : "";
                byte[] sip = Encoding.ASCII.GetBytes(
                    $"{line}\r\nVia: SIP/2.0/UDP 10.0.0.1;branch=z9hG4bK-{call}-{method}\r\nFrom: <sip:alice@example.net>;tag=a\r\nTo: <sip:bob@example.net>{tag}\r\n"
                    + $"Call-ID: shared-{call}\r\nCSeq: {number} {method}\r\nContent-Length: 0\r\n\r\n");
                Instant time = start.Plus(TimeSpan.FromMilliseconds((call * 100) + (step * 500)));
                int length = HepPackets.Write(packet, time, sip, isAnswer: !isCaller);
                await stream.WriteAsync(packet.AsMemory(0, length), Cancellation);
            }
        }
    }
}
