using System.Buffers.Binary;

namespace Homer.Search.Server.Pcap;

/// <summary>Reads the IP header of a frame (RFC 791, RFC 8200). Lengths that lie are cut to what was captured.</summary>
static class IpReader
{
    const byte HopByHop = 0;
    const byte Routing = 43;
    const byte Fragment = 44;
    const byte Authentication = 51;
    const byte DestinationOptions = 60;

    /// <summary>False for what is no IP packet or ends inside its headers.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out IpPacket packet)
    {
        packet = default;
        return !bytes.IsEmpty && (bytes[0] >> 4) switch
        {
            4 => TryReadV4(bytes, ref packet),
            6 => TryReadV6(bytes, ref packet),
            _ => false,
        };
    }

    static bool TryReadV4(ReadOnlySpan<byte> bytes, ref IpPacket packet)
    {
        int header = (bytes[0] & 0x0F) * 4;
        if (header < 20 || bytes.Length < header)
            return false;
        int total = BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]);

        // Segmentation offload leaves the length 0 in captures of the sending machine.
        if (total == 0)
            total = bytes.Length;
        if (total < header)
            return false;
        ushort fragment = BinaryPrimitives.ReadUInt16BigEndian(bytes[6..]);
        packet.Identification = BinaryPrimitives.ReadUInt16BigEndian(bytes[4..]);
        packet.MoreFragments = (fragment & 0x2000) != 0;
        packet.FragmentOffset = (fragment & 0x1FFF) * 8;
        packet.Protocol = bytes[9];
        packet.Source = bytes.Slice(12, 4);
        packet.Destination = bytes.Slice(16, 4);
        packet.Payload = bytes[header..Math.Min(total, bytes.Length)];
        return true;
    }

    static bool TryReadV6(ReadOnlySpan<byte> bytes, ref IpPacket packet)
    {
        if (bytes.Length < 40)
            return false;
        int length = BinaryPrimitives.ReadUInt16BigEndian(bytes[4..]);
        packet.Source = bytes.Slice(8, 16);
        packet.Destination = bytes.Slice(24, 16);
        ReadOnlySpan<byte> rest = bytes[40..];
        if (length > 0 && length < rest.Length)
            rest = rest[..length];
        return TryWalkHeaders(bytes[6], rest, ref packet);
    }

    static bool TryWalkHeaders(byte next, ReadOnlySpan<byte> rest, ref IpPacket packet)
    {
        // What looks like a further header inside a later fragment is the middle of the datagram.
        while (packet.FragmentOffset == 0 && next is (HopByHop or Routing or Fragment or Authentication or DestinationOptions))
        {
            if (rest.Length < 8)
                return false;
            int length = next switch
            {
                Fragment => 8,
                Authentication => (rest[1] + 2) * 4,
                _ => (rest[1] + 1) * 8,
            };
            if (rest.Length < length)
                return false;
            if (next == Fragment)
            {
                ushort fragment = BinaryPrimitives.ReadUInt16BigEndian(rest[2..]);
                packet.FragmentOffset = fragment & 0xFFF8;
                packet.MoreFragments = (fragment & 1) != 0;
                packet.Identification = BinaryPrimitives.ReadUInt32BigEndian(rest[4..]);
            }

            next = rest[0];
            rest = rest[length..];
        }

        packet.Protocol = next;
        packet.Payload = rest;
        return true;
    }
}
