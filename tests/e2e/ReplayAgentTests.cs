using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Homer.Search.Tests.EndToEnd.Agents;

namespace Homer.Search.Tests.EndToEnd;

/// <summary>Agents that replay a capture file over HEP.</summary>
public sealed class ReplayAgentTests
{
    const int Calls = 50;

    public static bool AreOn => AgentPrograms.AreOn;

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory(SkipUnless = nameof(AreOn), Skip = AgentPrograms.LeftOut)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task A_capture_file_replayed_by_sngrep_arrives_whole(int hepVersion)
    {
        await using HomerServer server = await HomerServer.StartAsync(Cancellation);
        string folder = Directory.CreateTempSubdirectory("homer-sngrep-").FullName;
        List<byte[]> sent = BusyCalls.WritePcap(Path.Combine(folder, "calls.pcap"), Calls);
        await File.WriteAllTextAsync(
            Path.Combine(folder, "rc"), $"set eep.send.version {hepVersion}\nset eep.send.id 77\nset eep.send.pass secret\n", Cancellation);

        using Process sngrep = AgentPrograms.Start(
            "sngrep", folder, "-N", "-q", "-f", "rc", "-I", "calls.pcap", "-H", $"udp:127.0.0.1:{server.HepPort}");
        await sngrep.WaitForExitAsync(Cancellation);

        await HasStoredAsync(server, sent);
        Directory.Delete(folder, recursive: true);
    }

    [Fact(SkipUnless = nameof(AreOn), Skip = AgentPrograms.LeftOut)]
    public async Task A_capture_file_replayed_by_sipgrep_arrives_whole()
    {
        await using HomerServer server = await HomerServer.StartAsync(Cancellation);
        string folder = Directory.CreateTempSubdirectory("homer-sipgrep-").FullName;
        List<byte[]> sent = BusyCalls.WritePcap(Path.Combine(folder, "calls.pcap"), Calls);

        using Process sipgrep = AgentPrograms.Start("sipgrep", folder, "-I", "calls.pcap", "-H", $"udp:127.0.0.1:{server.HepPort}");
        await sipgrep.WaitForExitAsync(Cancellation);

        await HasStoredAsync(server, sent);
        Directory.Delete(folder, recursive: true);
    }

    static async Task HasStoredAsync(HomerServer server, List<byte[]> sent)
    {
        await server.GraphQL.SettledAsync(sent.Count, Cancellation);
        List<JsonElement> messages = await server.GraphQL.MessagesAsync("", "rawBase64 source { address port }", Cancellation);
        Assert.Equal(
            sent.Select(Convert.ToBase64String).Order(StringComparer.Ordinal),
            messages.Select(message => message.GetProperty("rawBase64").GetString()!).Order(StringComparer.Ordinal));

        List<JsonElement> calls = await server.GraphQL.CallsAsync("outcome : busy", "finalCode ringDelayMs messageCount", Cancellation);
        Assert.Equal(Calls, calls.Count);
        Assert.All(calls, call => Assert.Equal(486, call.GetProperty("finalCode").GetInt32()));
        Assert.All(calls, call => Assert.Equal(3, call.GetProperty("messageCount").GetInt32()));
    }
}

/// <summary>A capture file of calls that end busy, made of nothing but bytes.</summary>
static class BusyCalls
{
    const int LinkHeader = 14;
    const int IpHeader = 20;
    const int UdpHeader = 8;

    /// <summary>Writes the file and returns the SIP messages in it.</summary>
    public static List<byte[]> WritePcap(string file, int calls)
    {
        var messages = new List<byte[]>();
        using var writer = new BinaryWriter(File.Create(file));
        writer.Write(0xa1b2c3d4u);
        writer.Write((ushort)2);
        writer.Write((ushort)4);
        writer.Write(new byte[8]);
        writer.Write(65_535u);
        writer.Write(1u);
        for (int call = 0; call < calls; call++)
        {
            Write(writer, messages, call, 0, fromCaller: true, Message("INVITE sip:+49301@10.0.0.2 SIP/2.0", call, "INVITE", ""));
            Write(writer, messages, call, 1, fromCaller: false, Message("SIP/2.0 486 Busy Here", call, "INVITE", ";tag=b"));
            Write(writer, messages, call, 2, fromCaller: true, Message("ACK sip:+49301@10.0.0.2 SIP/2.0", call, "ACK", ";tag=b"));
        }

        return messages;
    }

    static byte[] Message(string startLine, int call, string method, string toTag) => Encoding.ASCII.GetBytes(
        $"{startLine}\r\nVia: SIP/2.0/UDP 10.0.0.1:5060;branch=z9hG4bK{call}\r\nMax-Forwards: 70\r\nFrom: <sip:+49{call:D6}@10.0.0.1>;tag=a{call}\r\n"
        + $"To: <sip:+49301@10.0.0.2>{toTag}\r\nCall-ID: replay-{call}@10.0.0.1\r\nCSeq: 1 {method}\r\nContact: <sip:a@10.0.0.1:5060>\r\nContent-Length: 0\r\n\r\n");

    static void Write(BinaryWriter writer, List<byte[]> messages, int call, int step, bool fromCaller, byte[] message)
    {
        messages.Add(message);
        int length = LinkHeader + IpHeader + UdpHeader + message.Length;
        writer.Write(1_760_000_000u + (uint)call);
        writer.Write((uint)step * 100_000);
        writer.Write(length);
        writer.Write(length);
        writer.Write(new byte[12]);
        writer.Write((byte[])[0x08, 0x00]);
        writer.Write((byte[])[0x45, 0, .. BigEndian(length - LinkHeader), 0, 1, 0, 0, 64, 17, 0, 0]);
        writer.Write((byte[])(fromCaller ? [10, 0, 0, 1, 10, 0, 0, 2] : [10, 0, 0, 2, 10, 0, 0, 1]));
        writer.Write((byte[])[.. BigEndian(5060), .. BigEndian(5060), .. BigEndian(UdpHeader + message.Length), 0, 0]);
        writer.Write(message);
    }

    static byte[] BigEndian(int value) => [(byte)(value >> 8), (byte)value];
}
