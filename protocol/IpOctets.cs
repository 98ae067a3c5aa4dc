using System.Buffers.Binary;
using System.Globalization;

namespace Homer.Search.Protocol;

/// <summary>IP addresses from their text to their octets in network order, without allocating.</summary>
public static class IpOctets
{
    const int Groups = 8;

    /// <summary>Reads an IPv4 or IPv6 address, the latter with or without brackets and zone. Returns 4 or 16, the octets written, or 0 when it is none.</summary>
    /// <param name="octets">Room for 16.</param>
    public static int Read(ReadOnlySpan<byte> text, Span<byte> octets)
    {
        if (!text.Contains((byte)':'))
            return TryReadIpv4(text, octets) ? 4 : 0;
        if (text is [(byte)'[', .., (byte)']'])
            text = text[1..^1];
        int zone = text.IndexOf((byte)'%');
        return TryReadIpv6(zone < 0 ? text : text[..zone], octets) ? 16 : 0;
    }

    static bool TryReadIpv4(ReadOnlySpan<byte> text, Span<byte> octets)
    {
        for (int index = 0; index < 4; index++)
        {
            int end = index < 3 ? text.IndexOf((byte)'.') : text.Length;
            // A parser of numbers would take NULs behind them.
            if (end is < 1 or > 3 || text[..end].Contains((byte)0) || !byte.TryParse(text[..end], NumberStyles.None, CultureInfo.InvariantCulture, out octets[index]))
                return false;
            text = index < 3 ? text[(end + 1)..] : [];
        }

        return true;
    }

    /// <summary>RFC 4291 §2.2: eight groups, one run of zeros as <c>::</c>, the last two perhaps as IPv4.</summary>
    static bool TryReadIpv6(ReadOnlySpan<byte> text, Span<byte> octets)
    {
        Span<ushort> groups = stackalloc ushort[Groups];
        int count = 0;
        int gap = -1;
        if (text.StartsWith("::"u8))
        {
            gap = 0;
            text = text[2..];
        }

        while (!text.IsEmpty)
        {
            int colon = text.IndexOf((byte)':');
            ReadOnlySpan<byte> group = colon < 0 ? text : text[..colon];
            if (colon < 0 && group.Contains((byte)'.'))
            {
                Span<byte> ipv4 = stackalloc byte[4];
                if (count > Groups - 2 || !TryReadIpv4(group, ipv4))
                    return false;
                groups[count++] = BinaryPrimitives.ReadUInt16BigEndian(ipv4);
                groups[count++] = BinaryPrimitives.ReadUInt16BigEndian(ipv4[2..]);
                break;
            }

            if (count == Groups || group.Length is < 1 or > 4 || group.Contains((byte)0)
                || !ushort.TryParse(group, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out groups[count++]))
                return false;
            if (colon < 0)
                break;
            text = text[(colon + 1)..];
            if (text.IsEmpty)
                return false;
            if (text[0] == ':')
            {
                if (gap >= 0)
                    return false;
                gap = count;
                text = text[1..];
            }
        }

        if (gap < 0 ? count != Groups : count >= Groups)
            return false;
        int before = gap < 0 ? Groups : gap;
        octets[..16].Clear();
        for (int index = 0; index < count; index++)
            BinaryPrimitives.WriteUInt16BigEndian(octets[(2 * (index < before ? index : index + Groups - count))..], groups[index]);
        return true;
    }
}
