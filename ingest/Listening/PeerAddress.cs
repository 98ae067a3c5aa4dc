using System.Buffers.Binary;
using System.Net;

namespace Homer.Search.Ingest;

/// <summary>A peer's address as the journal keeps it: 16 octets, IPv4 mapped into IPv6 (RFC 4291 §2.5.5.2).</summary>
static class PeerAddress
{
    const int BitsOfAddress = 128;
    const int BitsOfMapping = 96;
    const ulong MappedPrefix = 0xffff_0000_0000;

    public static UInt128 FromIPv4(uint address) => new(0, MappedPrefix | address);

    public static UInt128 From(IPAddress address)
    {
        Span<byte> octets = stackalloc byte[16];
        address.TryWriteBytes(octets, out int written);
        return written == 4 ? FromIPv4(BinaryPrimitives.ReadUInt32BigEndian(octets)) : BinaryPrimitives.ReadUInt128BigEndian(octets);
    }

    public static IPAddress ToAddress(UInt128 peer)
    {
        Span<byte> octets = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(octets, peer);
        var address = new IPAddress(octets);
        return address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
    }

    /// <summary>A network as what of an address counts, and what that has to be.</summary>
    public static (UInt128 Prefix, UInt128 Mask) Mask(IPNetwork network)
    {
        int length = network.PrefixLength + (network.BaseAddress.GetAddressBytes().Length == 4 ? BitsOfMapping : 0);
        UInt128 mask = length == 0 ? UInt128.Zero : UInt128.MaxValue << (BitsOfAddress - length);
        return (From(network.BaseAddress) & mask, mask);
    }

    public static string Show(UInt128 peer, int port) => new IPEndPoint(ToAddress(peer), port).ToString();
}
