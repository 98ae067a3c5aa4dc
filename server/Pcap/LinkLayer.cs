using System.Buffers.Binary;

namespace Homer.Search.Server.Pcap;

/// <summary>Finds the IP packet in a frame (tcpdump.org/linktypes.html).</summary>
static class LinkLayer
{
    const int Null = 0;
    const int Ethernet = 1;
    const int RawOpenBsd = 12;
    const int RawLegacy = 14;
    const int Raw = 101;
    const int Loop = 108;
    const int LinuxCooked = 113;
    const int Ipv4 = 228;
    const int Ipv6 = 229;
    const int LinuxCooked2 = 276;

    /// <summary>Whether frames of this kind can be read at all.</summary>
    public static bool Knows(int linkType) =>
        linkType is Null or Ethernet or RawOpenBsd or RawLegacy or Raw or Loop or LinuxCooked or Ipv4 or Ipv6 or LinuxCooked2;

    /// <summary>False when the frame holds no whole IP header.</summary>
    public static bool TryReadIp(int linkType, ReadOnlySpan<byte> frame, out IpPacket packet)
    {
        packet = default;
        return linkType switch
        {
            Ethernet => frame.Length >= 14 && TryReadTyped(BinaryPrimitives.ReadUInt16BigEndian(frame[12..]), frame[14..], out packet),
            LinuxCooked => frame.Length >= 16 && TryReadTyped(BinaryPrimitives.ReadUInt16BigEndian(frame[14..]), frame[16..], out packet),
            LinuxCooked2 => frame.Length >= 20 && TryReadTyped(BinaryPrimitives.ReadUInt16BigEndian(frame), frame[20..], out packet),
            Null or Loop => frame.Length >= 4 && IpReader.TryRead(frame[4..], out packet),
            _ => IpReader.TryRead(frame, out packet),
        };
    }

    /// <summary>Goes through VLAN tags (802.1Q, 802.1ad; of several the inner one counts) and a PPPoE session (RFC 2516).</summary>
    static bool TryReadTyped(ushort type, ReadOnlySpan<byte> rest, out IpPacket packet)
    {
        ushort? vlan = null;
        packet = default;
        while (type is 0x8100 or 0x88A8 or 0x9100)
        {
            if (rest.Length < 4)
                return false;
            vlan = (ushort)(BinaryPrimitives.ReadUInt16BigEndian(rest) & 0x0FFF);
            type = BinaryPrimitives.ReadUInt16BigEndian(rest[2..]);
            rest = rest[4..];
        }

        if (type == 0x8864 && rest.Length >= 8)
        {
            type = BinaryPrimitives.ReadUInt16BigEndian(rest[6..]) switch { 0x0021 => 0x0800, 0x0057 => 0x86DD, _ => 0 };
            rest = rest[8..];
        }

        if (type is not (0x0800 or 0x86DD) || !IpReader.TryRead(rest, out packet))
            return false;
        packet.VlanId = vlan;
        return true;
    }
}
