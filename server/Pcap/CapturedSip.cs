using Homer.Search.Protocol;
using Homer.Search.Protocol.Hep;

namespace Homer.Search.Server.Pcap;

/// <summary>One SIP message, or one HEP packet, as it was on the wire.</summary>
/// <param name="Time">Of the frame that completed it.</param>
/// <param name="Payload">Owned by the receiver.</param>
readonly record struct CapturedSip(Instant Time, TransportProtocol Transport, Flow Flow, ushort? VlanId, byte[] Payload)
{
    /// <summary>The payload is the HEP packet of an agent, with whatever that reports.</summary>
    public bool IsHep { get; init; }

    /// <summary>The HEPv3 packet an agent of this name would send for it; one that is HEP already, as it is.</summary>
    public byte[] ToHep(uint agentId, ReadOnlySpan<byte> agentName)
    {
        if (IsHep)
            return Payload;
        Span<byte> source = stackalloc byte[16];
        Span<byte> destination = stackalloc byte[16];
        long seconds = Time.Nanoseconds / Instant.NanosecondsPerSecond;
        var packet = new HepPacket
        {
            Version = 3,
            ProtocolType = HepProtocolType.Sip,
            Transport = Transport,
            SourceAddress = Flow.Octets(Flow.Source, source),
            DestinationAddress = Flow.Octets(Flow.Destination, destination),
            SourcePort = Flow.SourcePort,
            DestinationPort = Flow.DestinationPort,
            Seconds = (uint)seconds,
            Microseconds = (uint)((Time.Nanoseconds - (seconds * Instant.NanosecondsPerSecond)) / 1000),
            CaptureAgentId = agentId,
            CaptureAgentName = agentName,
            VlanId = VlanId,
            Payload = Payload,
        };
        byte[] bytes = new byte[HepWriter.Measure(packet)];
        HepWriter.Write(packet, bytes);
        return bytes;
    }
}
