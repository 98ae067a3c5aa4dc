using System.Globalization;
using System.Text;
using Homer.Search.Protocol;
using Homer.Search.Protocol.Hep;

namespace Homer.Search.Tests.Ingest;

/// <summary>HEP packets for tests that care about little in them.</summary>
static class SomePackets
{
    /// <summary>2026-11-24T12:00:00Z.</summary>
    public const uint Noon = 1_795_521_600;

    public static readonly byte[] Source = [192, 0, 2, 1];
    public static readonly byte[] Destination = [192, 0, 2, 2];

    /// <summary>A packet of version 3 between 192.0.2.1:5060 and 192.0.2.2:5062.</summary>
    public static byte[] Hep(
        ReadOnlySpan<byte> payload, HepProtocolType type = HepProtocolType.Sip, uint seconds = Noon, uint microseconds = 0, string correlationId = "",
        string agentName = "", bool isCompressed = false)
    {
        var packet = new HepPacket
        {
            Version = 3,
            ProtocolType = type,
            Transport = TransportProtocol.Udp,
            SourceAddress = Source,
            DestinationAddress = Destination,
            SourcePort = 5060,
            DestinationPort = 5062,
            Seconds = seconds,
            Microseconds = microseconds,
            CaptureAgentId = 2001,
            CaptureAgentName = Encoding.UTF8.GetBytes(agentName),
            CorrelationId = Encoding.UTF8.GetBytes(correlationId),
            Payload = payload,
            IsCompressed = isCompressed,
        };
        byte[] bytes = new byte[HepWriter.Measure(packet)];
        HepWriter.Write(packet, bytes);
        return bytes;
    }

    public static byte[] Hep(string payload, HepProtocolType type = HepProtocolType.Sip, string correlationId = "") =>
        Hep(Encoding.UTF8.GetBytes(payload), type, correlationId: correlationId);

    /// <summary>An INVITE with no more than it must have.</summary>
    public static string Invite(string callId, string extraLines = "") =>
        "INVITE sip:bob@example.net SIP/2.0\r\nVia: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK1\r\nFrom: \"Alice\" <sip:alice@example.net>;tag=a1\r\n"
        + $"To: <sip:bob@example.net>\r\nCall-ID: {callId}\r\nCSeq: 1 INVITE\r\n{extraLines}Content-Length: 0\r\n\r\n";

    /// <summary>Messages of each of the <see cref="Calls"/>.</summary>
    public const int CallMessages = 6;

    /// <summary>As many answered calls of six messages, each in its packet; the messages of a call in their order, those of different calls mixed.</summary>
    public static byte[][] Calls(int count, Random random)
    {
        int[] order = [.. Enumerable.Range(0, count).SelectMany(call => Enumerable.Repeat(call, CallMessages))];
        random.Shuffle(order);
        int[] next = new int[count];
        return [.. order.Select((call, place) => Hep(
            Encoding.UTF8.GetBytes(CallMessage($"held-{call}", next[call]++)), seconds: Noon + (uint)(place / 100), microseconds: (uint)(place % 100 * 1000)))];
    }

    static string CallMessage(string callId, int number)
    {
        string toTag = number == 0 ? "" : ";tag=b1";
        (string start, string cseq) = number switch
        {
            0 => ("INVITE sip:bob@example.net SIP/2.0", "1 INVITE"),
            1 => ("SIP/2.0 180 Ringing", "1 INVITE"),
            2 => ("SIP/2.0 200 OK", "1 INVITE"),
            3 => ("ACK sip:bob@example.net SIP/2.0", "1 ACK"),
            4 => ("BYE sip:bob@example.net SIP/2.0", "2 BYE"),
            _ => ("SIP/2.0 200 OK", "2 BYE"),
        };
        return $"{start}\r\nVia: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK{number / 3}\r\nFrom: <sip:alice@example.net>;tag=a1\r\n"
            + $"To: <sip:bob@example.net>{toTag}\r\nCall-ID: {callId}\r\nCSeq: {cseq}\r\nContent-Length: 0\r\n\r\n";
    }

    /// <summary>INVITEs of as many calls, each in its packet.</summary>
    public static byte[][] Invites(int count, string prefix = "call") =>
        [.. Enumerable.Range(0, count).Select(index => Hep(Invite(string.Create(CultureInfo.InvariantCulture, $"{prefix}-{index}"))))];
}
