using System.Buffers.Binary;
using Homer.Search.Protocol;
using Homer.Search.Protocol.Hep;

namespace Homer.Search.Server.Pcap;

/// <summary>
/// Finds the SIP messages in the frames of a capture: over UDP and TCP, IPv4 and IPv6, on any port, fragmented or not; and over UDP the HEP packets that
/// agents sent.
/// </summary>
sealed class SipCapture
{
    const byte Tcp = 6;
    const byte Udp = 17;

    readonly FragmentReassembly _fragments = new();
    readonly TcpReassembly _streams = new();

    public long Frames { get; private set; }

    public long Messages { get; private set; }

    /// <summary>Frames without a whole IP packet in them, ARP and the like among them.</summary>
    public long WithoutIp { get; private set; }

    /// <summary>Frames of a link layer that cannot be read.</summary>
    public long OfUnknownLink { get; private set; }

    /// <summary>IP datagrams of which fragments are missing.</summary>
    public long IncompleteDatagrams => _fragments.Abandoned + _fragments.Open;

    /// <summary>Places in TCP streams where octets are missing.</summary>
    public long StreamGaps => _streams.Gaps;

    /// <summary>What could not be read, each in a sentence.</summary>
    public IEnumerable<string> Problems()
    {
        if (Messages == 0)
            yield return $"no SIP message in {Frames} frames (encrypted SIP cannot be read)";
        if (OfUnknownLink > 0)
            yield return $"{OfUnknownLink} frames are of a link layer that is not read";
        if (IncompleteDatagrams > 0)
            yield return $"{IncompleteDatagrams} fragmented datagrams are not complete";
        if (StreamGaps > 0)
            yield return $"{StreamGaps} times octets of a TCP stream are missing";
    }

    public IEnumerable<CapturedSip> Read(IEnumerable<CapturedFrame> frames)
    {
        List<CapturedSip> found = [];
        foreach (CapturedFrame frame in frames)
        {
            Frames++;
            if (!LinkLayer.Knows(frame.LinkType))
                OfUnknownLink++;
            else if (!LinkLayer.TryReadIp(frame.LinkType, frame.Bytes.Span, out IpPacket packet))
                WithoutIp++;
            else
                Take(packet, frame.Time, found);
            foreach (CapturedSip message in found)
            {
                Messages++;
                yield return message;
            }

            found.Clear();
        }
    }

    void Take(IpPacket packet, Instant time, List<CapturedSip> found)
    {
        if (packet.IsFragment)
        {
            if (!_fragments.TryComplete(packet, time, out byte[] whole))
                return;
            packet.Payload = whole;
        }

        if (packet.Protocol == Udp)
            TakeDatagram(packet, time, found);
        else if (packet.Protocol == Tcp && TcpSegment.TryRead(packet.Payload, out TcpSegment segment))
            TakeSegment(packet, segment, time, found);
    }

    static void TakeDatagram(in IpPacket packet, Instant time, List<CapturedSip> found)
    {
        if (packet.Payload.Length < 8)
            return;
        ushort length = BinaryPrimitives.ReadUInt16BigEndian(packet.Payload[4..]);
        ReadOnlySpan<byte> payload = packet.Payload[8..(length is >= 8 && length < packet.Payload.Length ? length : packet.Payload.Length)];
        bool isHep = IsHep(payload);
        if (!isHep && SipText.BeginsIn(payload) != true)
            return;
        var flow = Flow.Of(packet, BinaryPrimitives.ReadUInt16BigEndian(packet.Payload),
            BinaryPrimitives.ReadUInt16BigEndian(packet.Payload[2..]));
        found.Add(new CapturedSip(time, TransportProtocol.Udp, flow, packet.VlanId, payload.ToArray()) { IsHep = isHep });
    }

    /// <summary>By its magic, and because it can be read; the older versions have none, but then SIP follows.</summary>
    static bool IsHep(ReadOnlySpan<byte> payload) =>
        HepReader.Read(payload, out HepPacket hep) == HepRejection.None && (hep.Version == 3 || SipText.BeginsIn(hep.Payload) == true);

    void TakeSegment(in IpPacket packet, in TcpSegment segment, Instant time, List<CapturedSip> found)
    {
        var flow = Flow.Of(packet, segment.SourcePort, segment.DestinationPort);
        foreach (byte[] message in _streams.Add(packet, segment))
            found.Add(new CapturedSip(time, TransportProtocol.Tcp, flow, packet.VlanId, message));
    }
}
