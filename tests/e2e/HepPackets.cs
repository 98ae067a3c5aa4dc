using System.Net;
using Homer.Search.Protocol;
using Homer.Search.Protocol.Hep;

namespace Homer.Search.Tests.EndToEnd;

/// <summary>HEPv3 packets between two fixed addresses.</summary>
static class HepPackets
{
    static readonly byte[] Caller = IPAddress.Parse("10.0.0.1").GetAddressBytes();
    static readonly byte[] Callee = IPAddress.Parse("10.0.0.2").GetAddressBytes();

    /// <summary>Writes one packet to the head of the buffer and returns its length.</summary>
    public static int Write(Span<byte> buffer, Instant time, ReadOnlySpan<byte> payload, HepProtocolType type = HepProtocolType.Sip, bool isAnswer = false)
    {
        var packet = new HepPacket
        {
            Version = 3,
            ProtocolType = type,
            Transport = TransportProtocol.Udp,
            SourceAddress = isAnswer ? Callee : Caller,
            DestinationAddress = isAnswer ? Caller : Callee,
            SourcePort = 5060,
            DestinationPort = 5060,
            Seconds = (uint)(time.Nanoseconds / Instant.NanosecondsPerSecond),
            Microseconds = (uint)(time.Nanoseconds % Instant.NanosecondsPerSecond / 1000),
            CaptureAgentId = 1,
            Payload = payload,
        };
        return HepWriter.Write(packet, buffer);
    }
}
