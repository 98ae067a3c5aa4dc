namespace Homer.Search.Calls;

/// <summary>Addresses to which nobody outside can answer: RFC 1918, RFC 6598, RFC 3927, RFC 4193, and those of the machine itself.</summary>
static class PrivateAddress
{
    static ReadOnlySpan<byte> MappedIpv4 => [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff];

    static ReadOnlySpan<byte> Loopback => [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1];

    /// <param name="octets">4 or 16 octets in network order.</param>
    public static bool Is(ReadOnlySpan<byte> octets)
    {
        if (octets.Length == 16 && octets.StartsWith(MappedIpv4))
            octets = octets[12..];
        return octets.Length == 16
            ? (octets[0] & 0xfe) == 0xfc || (octets[0] == 0xfe && (octets[1] & 0xc0) == 0x80) || octets.SequenceEqual(Loopback)
            : octets is [10, ..] or [127, ..] or [192, 168, ..] or [169, 254, ..] or [172, >= 16 and <= 31, ..] or [100, >= 64 and <= 127, ..];
    }
}
