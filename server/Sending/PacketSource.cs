using System.Text;
using Homer.Search.Protocol;
using Homer.Search.Server.Pcap;
using Homer.Search.Server.Scenario;

namespace Homer.Search.Server.Sending;

/// <summary>Where the packets to send come from: a capture file, a HEP file, or the built-in scenario.</summary>
static class PacketSource
{
    /// <summary>The packets of a file, once through; remarks on what could not be read go to <paramref name="remark"/>.</summary>
    /// <param name="begin">When given, the first capture time is moved there and the others with it; a HEP file is sent as it is.</param>
    public static IEnumerable<byte[]> Of(string path, Instant? begin, Action<string> remark)
    {
        using FileStream file = Open(path);
        byte[] head = new byte[4];
        int read = file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        file.Position = 0;
        foreach (byte[] packet in HepFile.Begins(head.AsSpan(0, read)) ? HepFile.Read(file, path) : OfCapture(file, path, begin, remark))
            yield return packet;
    }

    /// <summary>Traffic without end, at about this many messages a second by its capture times.</summary>
    public static IEnumerable<byte[]> OfScenario(int seed, Instant start, double messagesPerSecond) =>
        new CallTraffic(seed, start, messagesPerSecond / CallTraffic.MessagesPerCall).Packets().Select(packet => packet.Hep);

    /// <summary>The SIP messages of a capture file as HEP packets; the file's name is that of their agent.</summary>
    public static IEnumerable<byte[]> OfCapture(Stream stream, string path, Instant? begin, Action<string> remark)
    {
        byte[] agent = Encoding.UTF8.GetBytes(Path.GetFileName(path));
        var capture = new SipCapture();
        TimeSpan shift = TimeSpan.Zero;
        foreach (CapturedSip sip in capture.Read(
            CaptureFile.Read(stream, path, damage => remark($"{path}: {damage}; what stands before it was read"))))
        {
            if (begin is { } wanted && capture.Messages == 1)
                shift = wanted.Since(sip.Time);
            yield return (sip with { Time = sip.Time.Plus(shift) }).ToHep(0, agent);
        }

        foreach (string problem in capture.Problems())
            remark($"{path}: {problem}");
    }

    static FileStream Open(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 1 << 20, FileOptions.SequentialScan);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw CommandException.Failure($"{path} cannot be read: {e.Message}");
        }
    }
}
