using System.Net;
using System.Net.Sockets;

namespace Homer.Search.Store.DuckDb;

/// <summary>
/// How an address stands in a column: <c>4</c> and 8 hex digits, or <c>6</c> and 32. Text of one family sorts as its addresses do, so a network is
/// one range; nine octets of IPv4 fit into the engine's own string cell.
/// </summary>
static class AddressText
{
    public const int MaxLength = 33;

    const int MappedPrefix = 12;

    static ReadOnlySpan<byte> Mapped => [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff];

    /// <summary>Writes 4 or 16 octets and returns the length; 0 when they are no address.</summary>
    public static int Write(ReadOnlySpan<byte> address, Span<byte> target)
    {
        if (address.Length == 16 && address.StartsWith(Mapped))
            address = address[MappedPrefix..];
        if (address.Length is not (4 or 16))
            return 0;

        target[0] = address.Length == 4 ? (byte)'4' : (byte)'6';
        _ = Convert.TryToHexStringLower(address, target[1..], out int written);
        return written + 1;
    }

    public static string Of(IPAddress address) => Of(address.GetAddressBytes());

    public static IPAddress Parse(string text) => new(Convert.FromHexString(text.AsSpan(1)));

    /// <summary>The first and the last address of a network.</summary>
    public static (string First, string Last) Range(IPNetwork network)
    {
        byte[] first = network.BaseAddress.GetAddressBytes();
        int prefix = network.PrefixLength;
        if (network.BaseAddress.AddressFamily == AddressFamily.InterNetworkV6 && network.BaseAddress.IsIPv4MappedToIPv6 && prefix >= MappedPrefix * 8)
        {
            first = first[MappedPrefix..];
            prefix -= MappedPrefix * 8;
        }

        byte[] last = [.. first];
        for (int octet = 0; octet < last.Length; octet++)
            last[octet] |= (byte)(0xff >> Math.Clamp(prefix - (octet * 8), 0, 8));
        return (Of(first), Of(last));
    }

    static string Of(ReadOnlySpan<byte> address)
    {
        Span<byte> text = stackalloc byte[MaxLength];
        return System.Text.Encoding.ASCII.GetString(text[..Write(address, text)]);
    }
}
