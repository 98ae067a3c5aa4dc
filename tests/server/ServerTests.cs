using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text.Json;
using Homer.Search.Ingest;
using Homer.Search.Protocol;
using Homer.Search.Server;
using Homer.Search.Server.Asking;
using Homer.Search.Server.Commands;
using Homer.Search.Server.Hosting;
using Homer.Search.Server.Options;
using Homer.Search.Server.Pcap;
using Homer.Search.Server.Scenario;
using Homer.Search.Server.Sending;

namespace Homer.Search.Tests.Server;

/// <summary>The whole program in this process: real sockets on loopback, a data folder of its own.</summary>
public sealed class ServerTests : IDisposable
{
    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("homer-server-");
    readonly int _hep = FreePort();

    public void Dispose() => _folder.Delete(recursive: true);

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_an_agent_sends_is_found_through_GraphQL_and_the_server_says_that_it_is_ready()
    {
        int calls = 0;
        await RunAsync(async address =>
        {
            Instant start = Instant.Now(TimeProvider.System).Plus(TimeSpan.FromMinutes(-2));
            using (HepSender sender = await HepSender.ConnectAsync(new IPEndPoint(IPAddress.Loopback, _hep), tcp: true, Cancellation))
            {
                foreach ((_, byte[] hep) in new CallTraffic(1, start, 5).Packets().Take(500))
                    await sender.SendAsync(hep, Cancellation);
                await sender.FlushAsync(Cancellation);
            }

            using GraphQLQuestioner questioner = GraphQLQuestioner.At($"{address}graphql");
            JsonElement ingest;
            do
                ingest = (await questioner.AskAsync("{ ingest { received stored } }", new { }, Cancellation)).GetProperty("ingest");
            while (ingest.GetProperty("stored").GetInt64() < 500);
            var all = new { from = "now-1h", to = "now+1h", query = (string?)null, first = 10 };
            Assert.Equal(500, (await questioner.AskAsync(GraphQLQuestions.Messages, all, Cancellation)).GetProperty("messages")
                .GetProperty("totalCount").GetInt64());
            JsonElement found = (await questioner.AskAsync(GraphQLQuestions.Calls, all, Cancellation)).GetProperty("calls");
            calls = found.GetProperty("nodes").GetArrayLength();
            string callId = found.GetProperty("nodes")[0].GetProperty("callId").GetString()!;
            JsonElement call = (await questioner.AskAsync(GraphQLQuestions.Call, new { callId, width = 100 }, Cancellation))
                .GetProperty("call");
            Assert.Contains("INVITE", call.GetProperty("ladder").GetProperty("text").GetString(), StringComparison.Ordinal);
            Assert.NotEmpty(call.GetProperty("explanation").GetString()!);
            await AssertServesAsync(address);
            CommandException refusal = await Assert.ThrowsAsync<CommandException>(
                () => questioner.AskAsync(GraphQLQuestions.Calls, all with { query = "froom : x" }, Cancellation));
            Assert.Equal(2, refusal.ExitCode);
            Assert.Contains("froom", refusal.Message, StringComparison.Ordinal);
        });
        Assert.Equal(10, calls);
    }

    [Fact]
    public async Task Packets_come_in_over_WebSocket_and_what_is_none_costs_nobody_else() => await RunAsync(async address =>
    {
        byte[] hep = Assert.Single(new SipCapture().Read([new CapturedFrame(Instant.Now(TimeProvider.System), 101, Frames.Ipv4(17, Frames.Udp(Frames.Sip("web"))))])).ToHep(7, "browser"u8);
        using (var agent = new ClientWebSocket())
        using (var other = new ClientWebSocket())
        {
            Uri hepAddress = new UriBuilder(address) { Scheme = "ws", Path = HepWebSocket.Path }.Uri;
            await agent.ConnectAsync(hepAddress, Cancellation);
            await other.ConnectAsync(hepAddress, Cancellation);
            await agent.SendAsync("no packet"u8.ToArray(), WebSocketMessageType.Text, endOfMessage: true, Cancellation);
            await agent.SendAsync(hep.AsMemory(0, 10), WebSocketMessageType.Binary, endOfMessage: false, Cancellation);
            await agent.SendAsync(hep.AsMemory(10), WebSocketMessageType.Binary, endOfMessage: true, Cancellation);
            await agent.CloseAsync(WebSocketCloseStatus.NormalClosure, null, Cancellation);
            await other.SendAsync(new byte[70_000], WebSocketMessageType.Binary, endOfMessage: true, Cancellation);
            WebSocketReceiveResult answer = await other.ReceiveAsync(new byte[256], Cancellation);
            Assert.Equal(WebSocketCloseStatus.MessageTooBig, answer.CloseStatus);
        }

        using GraphQLQuestioner questioner = GraphQLQuestioner.At($"{address}graphql");
        JsonElement ingest;
        do
            ingest = (await questioner.AskAsync("{ ingest { received stored rejected { count } } }", new { }, Cancellation)).GetProperty("ingest");
        while (ingest.GetProperty("stored").GetInt64() < 1);
        Assert.Equal(1, ingest.GetProperty("received").GetInt64());
        Assert.Equal(2, ingest.GetProperty("rejected").EnumerateArray().Sum(reason => reason.GetProperty("count").GetInt64()));
        var all = new { from = "now-1h", to = "now+1h", query = "agent : 7", first = 10 };
        JsonElement message = Assert.Single((await questioner.AskAsync(GraphQLQuestions.Messages, all, Cancellation)).GetProperty("messages").GetProperty("nodes").EnumerateArray());
        Assert.Equal("web", message.GetProperty("callId").GetString());
    });

    [Fact]
    public async Task An_address_that_is_taken_and_a_folder_in_use_are_one_line_each() => await RunAsync(async address =>
    {
        Assert.Equal((2, true),
            await RefusalAsync("run", "--data", Path.Combine(_folder.FullName, "other"), "--hep", $"127.0.0.1:{FreePort()}", "--http",
            address.Authority));
        Assert.Equal((2, true),
            await RefusalAsync("run", "--data", Path.Combine(_folder.FullName, "other"), "--hep", $"127.0.0.1:{_hep}", "--http",
            "127.0.0.1:0"));
        string file = Path.Combine(_folder.FullName, "one.pcap");
        await File.WriteAllBytesAsync(
            file, Frames.Pcap([Frames.Ethernet(0x0800, Frames.Ipv4(17, Frames.Udp(Frames.Sip("one"))))]), Cancellation);
        Assert.Equal((1, true), await RefusalAsync("import", file, "--data", Path.Combine(_folder.FullName, "data")));
    });

    [Fact]
    public async Task A_capture_is_imported_without_a_server_and_indexed_anew()
    {
        string data = Path.Combine(_folder.FullName, "data");
        string file = Path.Combine(_folder.FullName, "two.pcap");
        await File.WriteAllBytesAsync(
            file, Frames.Pcap([Frames.Ethernet(0x0800, Frames.Ipv4(17, Frames.Udp(Frames.Sip("one")))),
                Frames.Ethernet(0x86DD, Frames.Ipv6(17, Frames.Udp(Frames.Sip("two"))))]), Cancellation);
        Assert.Equal(0, await HomerCommand.RunAsync(["import", file, "--data", data], TextWriter.Null));
        Assert.Equal(0, await HomerCommand.RunAsync(["reindex", "--data", data], TextWriter.Null));
        await RunAsync(async address =>
        {
            using GraphQLQuestioner questioner = GraphQLQuestioner.At($"{address}graphql");
            JsonElement messages = (await questioner.AskAsync(
                GraphQLQuestions.Messages,
                    new { from = "2023-11-14T22:13:00Z", to = "2023-11-14T22:14:00Z", query = "node : two.pcap", first = 10 },
                    Cancellation)).GetProperty("messages");
            Assert.Equal(["one", "two"],
                messages.GetProperty("nodes").EnumerateArray().Select(message => message.GetProperty("callId").GetString()!).Order());
        });
    }

    [Theory]
    [InlineData("unknown option --htp; did you mean --http? `homer run --help` lists what there is.", "run", "--htp", "x")]
    [InlineData("serch is not expected here; did you mean search? `homer --help` lists what there is.", "serch")]
    [InlineData("--over foo: give udp or tcp.", "send", "--over", "foo")]
    [InlineData("--rate fast: give packets a second, e.g. 1000, or max.", "send", "--rate", "fast")]
    [InlineData("--for long: give a time, e.g. 30s, 5m or 1h.", "send", "--for", "long")]
    [InlineData("--url nowhere: give the address of the server's GraphQL, e.g. http://127.0.0.1:9080/graphql.", "search", "--url",
        "nowhere")]
    public async Task Wrong_usage_is_one_line_with_the_way_out(string message, params string[] arguments)
    {
        var errors = new StringWriter();
        Assert.Equal(2, await HomerCommand.RunAsync(arguments, errors));
        Assert.Equal($"homer: {message}\n", errors.ToString());
    }

    static async Task AssertServesAsync(Uri address)
    {
        using var http = new HttpClient { BaseAddress = address };
        foreach (string path in new[] { "health/live", "health/ready", "metrics", "", "search" })
        {
            using HttpResponseMessage response = await http.GetAsync(new Uri(path, UriKind.Relative), Cancellation);
            Assert.True(response.IsSuccessStatusCode, $"{path}: {response.StatusCode}");
        }

        Assert.Contains("homer_ingest_received_total", await http.GetStringAsync(new Uri("metrics", UriKind.Relative), Cancellation),
            StringComparison.Ordinal);
    }

    static async Task<(int Code, bool IsOneLine)> RefusalAsync(params string[] arguments)
    {
        var errors = new StringWriter();
        int code = await HomerCommand.RunAsync(arguments, errors);
        return (code, errors.ToString().StartsWith("homer: ", StringComparison.Ordinal)
            && errors.ToString().Count(letter => letter == '\n') == 1);
    }

    async Task RunAsync(Func<Uri, Task> test)
    {
        ServerOptions options = ServerOptions.From(SettingValues.Read(
            new Dictionary<Setting, string>
            {
                [Settings.Data] = Path.Combine(_folder.FullName, "data"),
                [Settings.Hep] = $"127.0.0.1:{_hep}",
                [Settings.Http] = "127.0.0.1:0",
                [Settings.LogLevel] = "error",
            },
            new Dictionary<string, string>(), _folder.FullName));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        Assert.Equal(0, await RunningServer.RunAsync(
            options, TimeProvider.System,
            async (address, _) =>
            {
                try
                {
                    await test(address);
                }
                finally
                {
                    await stop.CancelAsync();
                }
            },
            stop.Token));
    }

    static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
