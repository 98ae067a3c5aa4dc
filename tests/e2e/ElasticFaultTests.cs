using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Homer.Search.Protocol;

namespace Homer.Search.Tests.EndToEnd;

/// <summary>What can go wrong with a real engine, while the real server takes in messages: afterwards each is stored once, or told with its reason.</summary>
public sealed class ElasticFaultTests(MortalEngine engine) : IClassFixture<MortalEngine>, IDisposable
{
    /// <summary>A rate that the engine keeps up with on two busy cores.</summary>
    static readonly TimeSpan BetweenBursts = TimeSpan.FromMilliseconds(100);

    /// <summary>How long an engine is gone; <c>HOMER_TEST_FAULT_SECONDS</c> makes it longer.</summary>
    static readonly TimeSpan FaultTime = TimeSpan.FromSeconds(
        Environment.GetEnvironmentVariable("HOMER_TEST_FAULT_SECONDS") is { } seconds ? int.Parse(seconds, CultureInfo.InvariantCulture) : 6);

    readonly string _namespace = $"f{Guid.NewGuid():N}"[..12];
    readonly HttpClient _http = new();

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    Engine Engine => engine.Engine;

    public void Dispose() => _http.Dispose();

    [Fact]
    public async Task An_engine_that_is_killed_and_started_again_loses_and_doubles_nothing() => await UnderLoadAsync(async server =>
    {
        await Engine.RunAsync("crash", Cancellation);
        await Task.Delay(FaultTime, TimeProvider.System, Cancellation);
        Assert.True((await server.GraphQL.IngestAsync(Cancellation)) is var (received, stored) && received > stored, "The engine was not missed.");
        await Engine.RunAsync("start", Cancellation);
    });

    [Fact]
    public async Task An_engine_that_hangs_loses_and_doubles_nothing() => await UnderLoadAsync(async _ =>
    {
        await Engine.RunAsync("pause", Cancellation);
        await Task.Delay(FaultTime, TimeProvider.System, Cancellation);
        await Engine.RunAsync("resume", Cancellation);
    });

    [Fact]
    public async Task An_engine_that_is_too_busy_for_most_requests_loses_and_doubles_nothing() => await UnderLoadAsync(async server =>
    {
        // The queue of its writers cannot be made shorter while it runs; what requests may hold of its memory can, with the same answer, 429: a small body is taken, a
        // large one or several at once are not.
        await SettingAsync("network.breaker.inflight_requests.limit", "150kb");
        await Task.Delay(FaultTime, TimeProvider.System, Cancellation);
        await SettingAsync("network.breaker.inflight_requests.limit", null);
        string metrics = await _http.GetStringAsync(new Uri($"http://127.0.0.1:{server.HttpPort}/metrics"), Cancellation);
        Assert.Contains("homer_store_retried_total", metrics, StringComparison.Ordinal);
        Assert.Contains("circuit_breaking_exception", metrics, StringComparison.Ordinal);
    });

    [Fact]
    public async Task A_full_disk_of_the_engine_loses_and_doubles_nothing() => await UnderLoadAsync(async _ =>
    {
        await BlockAsync(true);
        await Task.Delay(FaultTime, TimeProvider.System, Cancellation);
        await BlockAsync(null);
    });

    [Fact]
    public async Task A_server_that_is_killed_again_and_again_loses_and_doubles_nothing()
    {
        await using HomerServer server = await StartAsync();
        IReadOnlyList<long> received = await ProbeLoad.KillAgainAndAgainAsync(server, kills: 20, BetweenBursts, Cancellation);
        await SettleAsync(server);
        await ProbeLoad.AssertStoredOnceAsync(server, received, Cancellation);
    }

    [Fact]
    public async Task Two_servers_that_see_the_same_calls_put_them_together()
    {
        const int Calls = 2000;
        await using HomerServer one = await StartAsync();
        await using HomerServer other = await StartAsync();
        await Task.WhenAll(
            SendAsync(one.HepPort, Calls, number => $"OPTIONS sip:probe@10.0.0.2 SIP/2.0\r\n{Headers(number)}\r\n"),
            SendAsync(other.HepPort, Calls, number => $"SIP/2.0 200 OK\r\n{Headers(number)}\r\n"));
        foreach (HomerServer server in (HomerServer[])[one, other])
        {
            await GraphQLClient.UntilAsync(() => server.GraphQL.IngestAsync(Cancellation), ingest => ingest.Stored == Calls, Cancellation);
            await SettleAsync(server);
        }

        List<JsonElement> calls = await one.GraphQL.CallsAsync("call.method : OPTIONS", "callId messageCount", Cancellation);
        Assert.Equal(Calls, calls.Count);
        Assert.All(calls, call => Assert.Equal(2, call.GetProperty("messageCount").GetInt32()));
    }

    [Fact]
    public async Task A_document_the_engine_will_never_take_is_put_aside_with_its_reason_and_stops_no_other()
    {
        const int Messages = 1000;
        await using HomerServer server = await StartAsync();
        // Whatever a template said, in these indices the number of hops is an address.
        await ForTwoDaysAsync("", new { mappings = new { properties = new Dictionary<string, object> { ["sip.max_forwards"] = new { type = "ip" } } } });
        await SendAsync(server.HepPort, Messages,
            number => $"OPTIONS sip:probe@10.0.0.2 SIP/2.0\r\n{Headers(number)}{(number % 10 == 0 ? "Max-Forwards: 70\r\n" : "")}\r\n");
        await GraphQLClient.UntilAsync(() => server.GraphQL.IngestAsync(Cancellation), ingest => ingest.Stored == Messages * 9 / 10, Cancellation);
        await SettleAsync(server);
        Assert.Equal(Messages * 9 / 10, (await server.GraphQL.MessagesAsync("", "callId", Cancellation)).Count);
        string[] refused = await File.ReadAllLinesAsync(Path.Combine(server.Data, "refused.jsonl"), Cancellation);
        Assert.Equal(Messages / 10, refused.Length);
        Assert.All(refused, line => Assert.Contains("sip.max_forwards", line, StringComparison.Ordinal));
        string health = await _http.GetStringAsync(new Uri($"http://127.0.0.1:{server.HttpPort}/health/ready"), Cancellation);
        Assert.Contains("100 documents refused", health, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_refused_is_stored_once_when_the_cause_is_mended_whatever_kills_the_replay()
    {
        await using HomerServer server = await StartAsync();
        await ForTwoDaysAsync("", new { mappings = new { properties = new Dictionary<string, object> { ["sip.max_forwards"] = new { type = "ip" } } } });
        string[] replay = ["refused", "replay", "--data", server.Data, "--store", (await Engine.AddressAsync(Cancellation)).ToString(), "--namespace", _namespace];
        int sent = 0;
        for (int kill = 0; kill < 6; kill++)
        {
            const int Some = 500;
            int first = sent;
            Task load = SendAsync(server.HepPort, Some,
                number => $"OPTIONS sip:probe@10.0.0.2 SIP/2.0\r\n{Headers(first + number)}{(number % 2 == 0 ? "Max-Forwards: 70\r\n" : "")}\r\n");
            await HomerProgram.KillAsync(TimeSpan.FromMilliseconds(300 * (kill + 1)), Cancellation, replay);
            await load;
            sent += Some;
        }

        await GraphQLClient.UntilAsync(() => server.GraphQL.IngestAsync(Cancellation), ingest => ingest.Stored == sent / 2, Cancellation);
        (int exitCode, string output) = await HomerProgram.RunAsync(Cancellation, replay);
        Assert.True(exitCode == 1 && output.Contains("were refused again", StringComparison.Ordinal), output);
        (_, string list) = await HomerProgram.RunAsync(Cancellation, "refused", "list", "--data", server.Data);
        Assert.Contains("failed to parse field [sip.max_forwards] of type [ip]", list, StringComparison.Ordinal);

        await ForTwoDaysAsync("/_mapping", new { properties = new Dictionary<string, object> { ["sip.max_forwards"] = new { type = "ip", ignore_malformed = true } } });
        (exitCode, output) = await HomerProgram.RunAsync(Cancellation, replay);
        Assert.True(exitCode == 0, output);
        await SettleAsync(server);
        Assert.Equal(sent, (await server.GraphQL.MessagesAsync("", "callId", Cancellation)).Count);
        Assert.False(File.Exists(Path.Combine(server.Data, "refused.jsonl")), "Something is refused still.");
    }

    /// <summary>Asks the engine something of the indices of today's and tomorrow's messages.</summary>
    async Task ForTwoDaysAsync(string path, object body)
    {
        Uri address = await Engine.AddressAsync(Cancellation);
        DateTime today = Instant.Now(TimeProvider.System).ToDateTimeOffset().UtcDateTime;
        foreach (DateTime day in (DateTime[])[today, today.AddDays(1)])
        {
            var index = new Uri(address, FormattableString.Invariant($"homer-sip-{_namespace}-{day:yyyy.MM.dd}{path}"));
            using HttpResponseMessage answer = await _http.PutAsJsonAsync(index, body, Cancellation);
            Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Cancellation));
        }
    }

    /// <summary>Lets the fault happen while messages come in, then waits until all are stored.</summary>
    async Task UnderLoadAsync(Func<HomerServer, Task> fault)
    {
        await using HomerServer server = await StartAsync();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        Task load = ProbeLoad.SendUntilStoppedAsync(server.HepPort, round: 0, BetweenBursts, stop.Token);
        await GraphQLClient.UntilAsync(() => server.GraphQL.IngestAsync(Cancellation), ingest => ingest.Stored > 1000, Cancellation);
        await fault(server);
        (long received, _) = await server.GraphQL.IngestAsync(Cancellation);
        await GraphQLClient.UntilAsync(() => server.GraphQL.IngestAsync(Cancellation), ingest => ingest.Stored > received, Cancellation);
        await stop.CancelAsync();
        await load;
        await SettleAsync(server);
        (received, long stored) = await server.GraphQL.IngestAsync(Cancellation);
        Assert.Equal(received, stored);
        await ProbeLoad.AssertStoredOnceAsync(server, [received], Cancellation);
    }

    async Task<HomerServer> StartAsync()
    {
        Uri address = await Engine.AddressAsync(Cancellation);
        return await HomerServer.StartAsync(Cancellation, data: null, "--store", address.ToString(), "--namespace", _namespace);
    }

    /// <summary>Waits until nothing waits to be stored, and lets what is stored be found.</summary>
    async Task SettleAsync(HomerServer server)
    {
        await GraphQLClient.UntilAsync(() => server.GraphQL.LagMsAsync(Cancellation), lag => lag == 0, Cancellation);
        using HttpResponseMessage refreshed = await _http.PostAsync(
            new Uri(await Engine.AddressAsync(Cancellation), $"homer-*-{_namespace}-*/_refresh"), content: null, Cancellation);
        Assert.Equal(HttpStatusCode.OK, refreshed.StatusCode);
    }

    /// <summary>What the engine does by itself when its disk is nearly full.</summary>
    async Task BlockAsync(bool? isBlocked)
    {
        var settings = new Dictionary<string, bool?> { ["index.blocks.read_only_allow_delete"] = isBlocked };
        using HttpResponseMessage answer = await _http.PutAsJsonAsync(
            new Uri(await Engine.AddressAsync(Cancellation), $"homer-*-{_namespace}-*/_settings"), settings, Cancellation);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Cancellation));
    }

    /// <summary>A setting of the engine that holds until it is taken back.</summary>
    async Task SettingAsync(string name, string? value)
    {
        using HttpResponseMessage answer = await _http.PutAsJsonAsync(
            new Uri(await Engine.AddressAsync(Cancellation), "_cluster/settings"), new { transient = new Dictionary<string, string?> { [name] = value } }, Cancellation);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Cancellation));
    }

    static string Headers(int number) =>
        $"Via: SIP/2.0/UDP 10.0.0.1;branch=z9hG4bK{number}\r\nFrom: <sip:a@x>;tag=1\r\nTo: <sip:b@y>\r\nCall-ID: {number}\r\nCSeq: 1 OPTIONS\r\nContent-Length: 0\r\n";

    static async Task SendAsync(int port, int count, Func<int, string> message)
    {
        using var agent = new TcpClient();
        await agent.ConnectAsync(IPAddress.Loopback, port, Cancellation);
        NetworkStream stream = agent.GetStream();
        var packet = new byte[2048];
        for (int number = 0; number < count; number++)
        {
            int length = HepPackets.Write(packet, Instant.Now(TimeProvider.System), Encoding.ASCII.GetBytes(message(number)));
            await stream.WriteAsync(packet.AsMemory(0, length), Cancellation);
        }
    }
}
