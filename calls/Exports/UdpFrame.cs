using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using Homer.Search.Store;

namespace Homer.Search.Calls;

/// <summary>
/// Makes an IP packet of a message, with the addresses and ports it was captured with. The transport is always UDP: what came over TCP or TLS was put together
/// or decrypted by the agent, and as one datagram every reader can decode it.
/// </summary>
sealed class UdpFrame
{
    const int Ipv4Header = 20;
    const int Ipv6Header = 40;
    const int UdpHeader = 8;
    const byte Udp = 17;
    const byte HopLimit = 64;

    /// <summary>An IPv4 packet holds no more.</summary>
    const int LongestPayload = ushort.MaxValue - Ipv4Header - UdpHeader;

    readonly byte[] _frame = new byte[Ipv6Header + UdpHeader + LongestPayload];

    /// <summary>The packet, cut when the message is longer than one can be; valid until the next is made.</summary>
    public ReadOnlySpan<byte> Make(Document message, ReadOnlySpan<byte> payload)
    {
        payload = payload[..Math.Min(payload.Length, LongestPayload)];
        IPAddress source = message.Address(Fields.SourceIp) ?? IPAddress.Any;
        IPAddress destination = message.Address(Fields.DestinationIp) ?? IPAddress.Any;
        bool isIpv6 = source.AddressFamily == AddressFamily.InterNetworkV6 || destination.AddressFamily == AddressFamily.InterNetworkV6;
        int header = isIpv6 ? Ipv6Header : Ipv4Header;
        Span<byte> frame = _frame.AsSpan(0, header + UdpHeader + payload.Length);
        frame[..(header + UdpHeader)].Clear();
        Span<byte> datagram = frame[header..];
        if (isIpv6)
            WriteIpv6(frame, source.MapToIPv6(), destination.MapToIPv6(), datagram.Length);
        else
            WriteIpv4(frame, source, destination);

        BinaryPrimitives.WriteUInt16BigEndian(datagram, (ushort)(message.Integer(Fields.SourcePort) ?? 0));
        BinaryPrimitives.WriteUInt16BigEndian(datagram[2..], (ushort)(message.Integer(Fields.DestinationPort) ?? 0));
        BinaryPrimitives.WriteUInt16BigEndian(datagram[4..], (ushort)datagram.Length);
        payload.CopyTo(datagram[UdpHeader..]);
        ReadOnlySpan<byte> addresses = isIpv6 ? frame[8..Ipv6Header] : frame[12..Ipv4Header];
        uint pseudoHeader = Sum(addresses) + Udp + (uint)datagram.Length;
        ushort checksum = Folded(pseudoHeader + Sum(datagram));
        // 0 would say that there is none (RFC 768).
        BinaryPrimitives.WriteUInt16BigEndian(datagram[6..], checksum == 0 ? ushort.MaxValue : checksum);
        return frame;
    }

    static void WriteIpv4(Span<byte> frame, IPAddress source, IPAddress destination)
    {
        frame[0] = 0x45;
        BinaryPrimitives.WriteUInt16BigEndian(frame[2..], (ushort)frame.Length);
        frame[8] = HopLimit;
        frame[9] = Udp;
        source.TryWriteBytes(frame[12..], out _);
        destination.TryWriteBytes(frame[16..], out _);
        BinaryPrimitives.WriteUInt16BigEndian(frame[10..], Folded(Sum(frame[..Ipv4Header])));
    }

    static void WriteIpv6(Span<byte> frame, IPAddress source, IPAddress destination, int length)
    {
        frame[0] = 0x60;
        BinaryPrimitives.WriteUInt16BigEndian(frame[4..], (ushort)length);
        frame[6] = Udp;
        frame[7] = HopLimit;
        source.TryWriteBytes(frame[8..], out _);
        destination.TryWriteBytes(frame[24..], out _);
    }

    /// <summary>Of 16-bit words; 64 KiB of them do not overflow.</summary>
    static uint Sum(ReadOnlySpan<byte> octets)
    {
        uint sum = 0;
        for (; octets.Length > 1; octets = octets[2..])
            sum += BinaryPrimitives.ReadUInt16BigEndian(octets);
        return octets.IsEmpty ? sum : sum + ((uint)octets[0] << 8);
    }

    static ushort Folded(uint sum)
    {
        while (sum > ushort.MaxValue)
            sum = (sum & ushort.MaxValue) + (sum >> 16);
        return (ushort)~sum;
    }
}
