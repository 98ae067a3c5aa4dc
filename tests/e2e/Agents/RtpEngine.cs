using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace Homer.Search.Tests.EndToEnd.Agents;

/// <summary>A real rtpengine that relays in user space and reports the RTCP it relays over HEP.</summary>
sealed partial class RtpEngine : IAsyncDisposable
{
    readonly Process _process;
    readonly string _folder;
    readonly UdpClient _control = new();
    int _cookies;

    RtpEngine(Process process, string folder, int controlPort)
    {
        _process = process;
        _folder = folder;
        _control.Connect(IPAddress.Loopback, controlPort);
    }

    public static async Task<RtpEngine> StartAsync(int hepPort, string hepTransport, CancellationToken cancellation)
    {
        string folder = Directory.CreateTempSubdirectory("homer-rtpengine-").FullName;
        int control = FreePort.Next();
        Process process = AgentPrograms.Start(
            "rtpengine", folder, "--foreground", "--log-stderr", "--table=-1", "--interface=127.0.0.1", $"--listen-ng=127.0.0.1:{control}", "--port-min=42000", "--port-max=42100",
            $"--homer=127.0.0.1:{hepPort}", $"--homer-protocol={hepTransport}", "--homer-id=4661", $"--pidfile={Path.Combine(folder, "pid")}");
        var engine = new RtpEngine(process, folder, control);
        for (int attempt = 0; !await engine.AnswersAsync(cancellation); attempt++)
            Assert.True(attempt < 100 && !process.HasExited, $"rtpengine does not answer; its words are in {folder}.");
        return engine;
    }

    /// <summary>Sets up a relayed call between two ports and returns where each side has to send its voice to.</summary>
    public async Task<(int FromCaller, int FromCallee)> RelayAsync(string callId, int callerPort, int calleePort, CancellationToken cancellation)
    {
        string offer = await AskAsync(Command("offer", callId, Sdp(callerPort)), cancellation);
        string answer = await AskAsync(Command("answer", callId, Sdp(calleePort), ("to-tag", "callee")), cancellation);
        // Each side sends to what the description says that it was given.
        return (Port(answer), Port(offer));
    }

    public async ValueTask DisposeAsync()
    {
        _control.Dispose();
        _process.Kill();
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>A sender report with one report block on the other stream (RFC 3550 §6.4.1).</summary>
    public static byte[] SenderReport(uint ssrc, uint other, byte fractionLost, uint jitter)
    {
        byte[] report = new byte[52];
        BinaryPrimitives.WriteUInt32BigEndian(report, 0x81C8_000C);
        BinaryPrimitives.WriteUInt32BigEndian(report.AsSpan(4), ssrc);
        BinaryPrimitives.WriteUInt32BigEndian(report.AsSpan(8), 3_900_000_000);
        BinaryPrimitives.WriteUInt32BigEndian(report.AsSpan(20), 30);
        BinaryPrimitives.WriteUInt32BigEndian(report.AsSpan(24), 4800);
        BinaryPrimitives.WriteUInt32BigEndian(report.AsSpan(28), other);
        BinaryPrimitives.WriteUInt32BigEndian(report.AsSpan(32), ((uint)fractionLost << 24) | 3);
        BinaryPrimitives.WriteUInt32BigEndian(report.AsSpan(36), 129);
        BinaryPrimitives.WriteUInt32BigEndian(report.AsSpan(40), jitter);
        return report;
    }

    async Task<bool> AnswersAsync(CancellationToken cancellation)
    {
        try
        {
            return (await AskAsync("d7:command4:pinge", cancellation)).Contains("pong", StringComparison.Ordinal);
        }
        catch (Exception notYet) when (notYet is SocketException or TimeoutException)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, cancellation);
            return false;
        }
    }

    async Task<string> AskAsync(string command, CancellationToken cancellation)
    {
        await _control.SendAsync(Encoding.UTF8.GetBytes($"cookie{++_cookies} {command}"), cancellation);
        UdpReceiveResult answer = await _control.ReceiveAsync(cancellation).AsTask().WaitAsync(TimeSpan.FromSeconds(2), TimeProvider.System, cancellation);
        return Encoding.UTF8.GetString(answer.Buffer);
    }

    /// <summary>In bencode, whose dictionaries are sorted.</summary>
    static string Command(string command, string callId, string sdp, params (string Key, string Value)[] more)
    {
        (string Key, string Value)[] all = [("command", command), ("call-id", callId), ("from-tag", "caller"), ("sdp", sdp), .. more];
        return $"d{string.Concat(all.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => Text(pair.Key) + Text(pair.Value)))}e";

        static string Text(string text) => string.Create(CultureInfo.InvariantCulture, $"{text.Length}:{text}");
    }

    static string Sdp(int port) =>
        $"v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio {port} RTP/AVP 0\r\na=rtpmap:0 PCMU/8000\r\n";

    static int Port(string answer) => int.Parse(Media().Match(answer).Groups[1].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"m=audio (\d+)")]
    private static partial Regex Media();
}
