using System.Buffers.Binary;
using System.IO.Hashing;
using Homer.Search.Protocol;

namespace Homer.Search.Calls;

/// <summary>One end of a hop: an address of 4, 16 or (unknown) 0 octets, and a port.</summary>
readonly record struct HopEnd(UInt128 Address, byte Length, ushort Port) : IComparable<HopEnd>
{
    public static HopEnd Of(ReadOnlySpan<byte> octets, ushort port)
    {
        if (octets.Length is not (4 or 16))
            octets = [];
        UInt128 address = 0;
        foreach (byte octet in octets)
            address = (address << 8) | octet;
        return new HopEnd(address, (byte)octets.Length, port);
    }

    /// <summary>Writes the address in network order and returns its octets.</summary>
    public ReadOnlySpan<byte> Write(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt128BigEndian(destination, Address);
        return destination[(16 - Length)..16];
    }

    public int CompareTo(HopEnd other)
    {
        int order = Length.CompareTo(other.Length);
        if (order == 0)
            order = Address.CompareTo(other.Address);
        return order == 0 ? Port.CompareTo(other.Port) : order;
    }
}

/// <summary>A way between two addresses and ports, whichever of them sends; the lesser end stands first.</summary>
readonly record struct Hop(TransportProtocol Transport, HopEnd Low, HopEnd High)
{
    public static Hop Of(TransportProtocol transport, HopEnd source, HopEnd destination, out bool reversed)
    {
        reversed = source.CompareTo(destination) > 0;
        return reversed ? new Hop(transport, destination, source) : new Hop(transport, source, destination);
    }

    /// <summary>Whether the same two addresses stand at its ends, on whatever ports.</summary>
    public bool IsBetweenSameAddresses(in Hop other) => Low.Address == other.Low.Address && High.Address == other.High.Address;

    public bool Touches(UInt128 address) => Low.Address == address || High.Address == address;

    /// <summary>The hash that stands for it in a <see cref="MessageKey"/>.</summary>
    public uint Hash()
    {
        Span<byte> octets = stackalloc byte[39];
        octets[0] = (byte)Transport;
        octets[1] = Low.Length;
        octets[2] = High.Length;
        BinaryPrimitives.WriteUInt128LittleEndian(octets[3..], Low.Address);
        BinaryPrimitives.WriteUInt128LittleEndian(octets[19..], High.Address);
        BinaryPrimitives.WriteUInt16LittleEndian(octets[35..], Low.Port);
        BinaryPrimitives.WriteUInt16LittleEndian(octets[37..], High.Port);
        return (uint)XxHash3.HashToUInt64(octets);
    }
}
