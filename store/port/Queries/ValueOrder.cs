using System.Buffers.Binary;
using System.Net;
using System.Text;
using Homer.Search.Protocol;

namespace Homer.Search.Store;

/// <summary>
/// The order of the values of one field, the same in every store: numbers and times by size, strings by their octets in UTF-8, addresses as 16 octets
/// (an IPv4 address as <c>::ffff:a.b.c.d</c>).
/// </summary>
public static class ValueOrder
{
    /// <summary>IPv4 lies mapped into IPv6 (RFC 4291 §2.5.5.2).</summary>
    const ulong MappedPrefix = 0xffff_0000_0000;

    /// <summary>Negative, 0 or positive. Both values have the type of the same <see cref="FieldType"/>.</summary>
    public static int Compare(object left, object right) => (left, right) switch
    {
        (string one, string other) => CompareText(one, other),
        (long one, long other) => one.CompareTo(other),
        (double one, double other) => one.CompareTo(other),
        (bool one, bool other) => one.CompareTo(other),
        (Instant one, Instant other) => one.CompareTo(other),
        (IPAddress one, IPAddress other) => Number(one).CompareTo(Number(other)),
        _ => throw new ArgumentException($"{left.GetType().Name} and {right.GetType().Name} have no order."),
    };

    /// <summary>An address as one number of 128 bits.</summary>
    public static UInt128 Number(IPAddress address)
    {
        Span<byte> octets = stackalloc byte[16];
        address.MapToIPv6().TryWriteBytes(octets, out _);
        return BinaryPrimitives.ReadUInt128BigEndian(octets);
    }

    /// <summary>The same of 4 or 16 octets in network order.</summary>
    public static UInt128 NumberOf(ReadOnlySpan<byte> octets) => octets.Length == sizeof(uint)
        ? new UInt128(0, MappedPrefix | BinaryPrimitives.ReadUInt32BigEndian(octets))
        : BinaryPrimitives.ReadUInt128BigEndian(octets);

    /// <summary>The lowest and the highest address of a network, in the order of addresses.</summary>
    public static (UInt128 First, UInt128 Last) Bounds(IPNetwork network)
    {
        int width = network.BaseAddress.GetAddressBytes().Length * 8;
        UInt128 hosts = network.PrefixLength == 0 && width == 128 ? UInt128.MaxValue : (UInt128.One << (width - network.PrefixLength)) - 1;
        UInt128 first = Number(network.BaseAddress);
        return (first, first | hosts);
    }

    // By code points, which is the order of UTF-8; the order of UTF-16 differs for what lies beyond the basic plane.
    static int CompareText(string left, string right)
    {
        foreach ((Rune one, Rune other) in left.EnumerateRunes().Zip(right.EnumerateRunes()))
        {
            if (one != other)
                return one.CompareTo(other);
        }

        return left.Length.CompareTo(right.Length);
    }
}
