using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Homer.Search.Protocol;
using Homer.Search.Tests.EndToEnd.Agents;

namespace Homer.Search.Tests.EndToEnd;

/// <summary>The RTCP that a real rtpengine relays stands with its call.</summary>
public sealed class RtpEngineTests
{
    const string CallId = "relayed-1@example.com";
    const uint CallerStream = 0x1122_3344;
    const uint CalleeStream = 0x5566_7788;

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static bool AreOn => AgentPrograms.AreOn;

    [Theory(SkipUnless = nameof(AreOn), Skip = AgentPrograms.LeftOut)]
    [InlineData("udp")]
    [InlineData("tcp")]
    public async Task What_rtpengine_says_of_the_voice_stands_on_the_page_of_the_call(string hepTransport)
    {
        await using HomerServer server = await HomerServer.StartAsync(Cancellation);
        await using RtpEngine engine = await RtpEngine.StartAsync(server.HepPort, hepTransport, Cancellation);
        await SendInviteAsync(server);
        (int callerPort, int calleePort) = (EvenPort(), EvenPort());
        using UdpClient callerVoice = Bound(callerPort), callerControl = Bound(callerPort + 1), calleeVoice = Bound(calleePort), calleeControl = Bound(calleePort + 1);
        (int fromCaller, int fromCallee) = await engine.RelayAsync(CallId, callerPort, calleePort, Cancellation);
        for (int packet = 0; packet < 10; packet++)
        {
            await SendAsync(callerVoice, fromCaller, Voice(CallerStream, packet));
            await SendAsync(calleeVoice, fromCallee, Voice(CalleeStream, packet));
        }

        await SendAsync(callerControl, fromCaller + 1, RtpEngine.SenderReport(CallerStream, CalleeStream, fractionLost: 5, jitter: 42));
        await SendAsync(calleeControl, fromCallee + 1, RtpEngine.SenderReport(CalleeStream, CallerStream, fractionLost: 64, jitter: 80));

        JsonElement[] reports = await GraphQLClient.UntilAsync(() => ReportsAsync(server), found => found.Length >= 2, Cancellation);
        Assert.Equal(2, reports.Length);
        // What the caller says of the callee's voice, 5 of 256 lost, and the other way round, 64 of 256.
        Assert.Equal(
            [(1.953125, 42), (25.0, 80)], reports.Select(report => (report.GetProperty("lossPercent").GetDouble(), report.GetProperty("jitterUnits").GetInt32())).Order());
        Assert.All(reports, report => Assert.Equal("4661", report.GetProperty("agent").GetProperty("name").GetString()));
    }

    static async Task<JsonElement[]> ReportsAsync(HomerServer server)
    {
        JsonElement call = (await server.GraphQL.AskAsync(
            "query($callId: String!) { call(callId: $callId) { qosReports { lossPercent jitterUnits report agent { name } } } }", Cancellation, new { callId = CallId })).GetProperty("call");
        return call.ValueKind == JsonValueKind.Null
            ? []
            : [.. call.GetProperty("qosReports").EnumerateArray().Where(report => report.GetProperty("lossPercent").ValueKind == JsonValueKind.Number)];
    }

    static async Task SendInviteAsync(HomerServer server)
    {
        byte[] invite = Encoding.ASCII.GetBytes(
            $"INVITE sip:bob@10.0.0.2 SIP/2.0\r\nVia: SIP/2.0/UDP 10.0.0.1;branch=z9hG4bK1\r\nFrom: <sip:alice@10.0.0.1>;tag=caller\r\nTo: <sip:bob@10.0.0.2>\r\nCall-ID: {CallId}\r\nCSeq: 1 INVITE\r\nContent-Length: 0\r\n\r\n");
        byte[] packet = new byte[2048];
        int length = HepPackets.Write(packet, Instant.Now(TimeProvider.System), invite);
        using var agent = new UdpClient();
        await SendAsync(agent, server.HepPort, packet[..length]);
    }

    static byte[] Voice(uint stream, int number) =>
        [0x80, 0, 0, (byte)number, 0, 0, (byte)(number * 160 >> 8), (byte)(number * 160), (byte)(stream >> 24), (byte)(stream >> 16), (byte)(stream >> 8), (byte)stream, .. new byte[160]];

    static async Task SendAsync(UdpClient from, int port, byte[] packet) => await from.SendAsync(packet, new IPEndPoint(IPAddress.Loopback, port), Cancellation);

    static UdpClient Bound(int port) => new(new IPEndPoint(IPAddress.Loopback, port));

    /// <summary>RTCP goes to the next, odd one.</summary>
    static int EvenPort()
    {
        int port = FreePort.Next();
        while (port % 2 != 0 || FreePort.Next() != port + 1)
            port = FreePort.Next();
        return port;
    }
}
