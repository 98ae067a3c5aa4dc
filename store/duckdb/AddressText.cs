using System.Globalization;
using System.Net;
using System.Text;

namespace Homer.Search.Store.DuckDb;

/// <summary>
/// How an address stands in a column: <c>4</c> and 8 hex digits for IPv4; for IPv6 32 hex digits behind a <c>6</c>, or a <c>0</c> when it lies before
/// <c>::ffff:0.0.0.0</c>. So text sorts as <see cref="ValueOrder"/> says, a network is one range, and the nine octets of IPv4 fit into the engine's
/// own string cell.
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

        target[0] = address.Length == 4 ? (byte)'4' : address.SequenceCompareTo(Mapped) < 0 ? (byte)'0' : (byte)'6';
        _ = Convert.TryToHexStringLower(address, target[1..], out int written);
        return written + 1;
    }

    public static string Of(IPAddress address) => Of(address.GetAddressBytes());

    public static IPAddress Parse(string text) => new(Convert.FromHexString(text.AsSpan(1)));

    /// <summary>The first and the last address of a network.</summary>
    public static (string First, string Last) Range(IPNetwork network)
    {
        (UInt128 first, UInt128 last) = ValueOrder.Bounds(network);
        return (Of(first), Of(last));
    }

    static string Of(UInt128 address) => Of(Convert.FromHexString(address.ToString("x32", CultureInfo.InvariantCulture)));

    static string Of(ReadOnlySpan<byte> address)
    {
        Span<byte> text = stackalloc byte[MaxLength];
        return Encoding.ASCII.GetString(text[..Write(address, text)]);
    }
}
