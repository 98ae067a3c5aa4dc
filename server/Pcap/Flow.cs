using System.Buffers.Binary;

namespace Homer.Search.Server.Pcap;

/// <summary>One direction of a conversation. Addresses are 16 octets, IPv4 mapped into IPv6.</summary>
readonly record struct Flow(UInt128 Source, ushort SourcePort, UInt128 Destination, ushort DestinationPort)
{
    const ulong MappedPrefix = 0xFFFF_0000_0000;

    public static Flow Of(in IpPacket packet, ushort sourcePort, ushort destinationPort) =>
        new(Address(packet.Source), sourcePort, Address(packet.Destination), destinationPort);

    public static UInt128 Address(ReadOnlySpan<byte> octets) =>
        octets.Length == 4 ? new UInt128(0, MappedPrefix | BinaryPrimitives.ReadUInt32BigEndian(octets))
            : BinaryPrimitives.ReadUInt128BigEndian(octets);

    /// <summary>Writes 4 octets for IPv4, else 16, and returns what it wrote.</summary>
    public static ReadOnlySpan<byte> Octets(UInt128 address, Span<byte> buffer)
    {
        BinaryPrimitives.WriteUInt128BigEndian(buffer, address);
        return address >> 32 == MappedPrefix >> 32 ? buffer[12..16] : buffer[..16];
    }
}
