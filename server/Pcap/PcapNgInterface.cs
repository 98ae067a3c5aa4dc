using System.Buffers.Binary;
using Homer.Search.Protocol;

namespace Homer.Search.Server.Pcap;

/// <summary>What an interface description block says of the frames captured on it.</summary>
/// <param name="UnitsPerSecond">Resolution of its times: a power of ten or of two.</param>
/// <param name="OffsetSeconds">Added to its times.</param>
readonly record struct PcapNgInterface(int LinkType, UInt128 UnitsPerSecond, long OffsetSeconds)
{
    const ushort TimeResolution = 9;
    const ushort TimeOffset = 14;

    public static PcapNgInterface Read(ReadOnlySpan<byte> body, bool bigEndian)
    {
        UInt128 units = 1_000_000;
        long offset = 0;
        ReadOnlySpan<byte> options = body[8..];
        while (options.Length >= 4)
        {
            ushort code = Short(options, bigEndian);
            int length = Short(options[2..], bigEndian);
            if (code == 0 || length > options.Length - 4)
                break;
            ReadOnlySpan<byte> value = options.Slice(4, length);
            if (code == TimeResolution && length == 1)
                units = Units(value[0]);
            else if (code == TimeOffset && length == 8)
                offset = bigEndian ? BinaryPrimitives.ReadInt64BigEndian(value) : BinaryPrimitives.ReadInt64LittleEndian(value);
            options = options[Math.Min(options.Length, 4 + ((length + 3) & ~3))..];
        }

        return new PcapNgInterface(Short(body, bigEndian), units, offset);
    }

    public Instant Time(ulong units)
    {
        UInt128 nanoseconds = (UInt128)units * Instant.NanosecondsPerSecond / UnitsPerSecond;
        return new Instant(unchecked((long)(ulong)nanoseconds + (OffsetSeconds * Instant.NanosecondsPerSecond)));
    }

    /// <summary>The highest bit chooses powers of two; the rest is the negative exponent. Finer than 2⁻⁶³ or 10⁻¹⁹ nobody writes.</summary>
    static UInt128 Units(byte resolution)
    {
        int exponent = resolution & 0x7F;
        if ((resolution & 0x80) != 0)
            return UInt128.One << Math.Min(exponent, 63);
        UInt128 units = 1;
        for (int i = 0; i < Math.Min(exponent, 19); i++)
            units *= 10;
        return units;
    }

    static ushort Short(ReadOnlySpan<byte> bytes, bool bigEndian) =>
        bigEndian ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : BinaryPrimitives.ReadUInt16LittleEndian(bytes);
}
