namespace Homer.Search.Protocol.Sip;

/// <summary>One header field of a SIP message.</summary>
public readonly ref struct SipHeader
{
    /// <summary>What it is, when the product reads it; <see cref="SipHeaderName.Other"/> for all else.</summary>
    public SipHeaderName Id { get; internal init; }

    /// <summary>The name as written, a compact form by its full name (<c>v</c> → <c>Via</c>).</summary>
    public ReadOnlySpan<byte> Name { get; internal init; }

    /// <summary>Trimmed; a folded value keeps its line breaks.</summary>
    public ReadOnlySpan<byte> Value { get; internal init; }

    /// <summary>The value runs over several lines.</summary>
    public bool IsFolded => Value.Contains((byte)'\n');

    /// <summary>
    /// Writes <paramref name="value"/> to <paramref name="destination"/>, which is at least as long, each line break with the white space around it as one
    /// space (RFC 3261 §7.3.1). Returns the octets written.
    /// </summary>
    public static int Unfold(ReadOnlySpan<byte> value, Span<byte> destination)
    {
        int written = 0;
        while (true)
        {
            int feed = value.IndexOf((byte)'\n');
            if (feed < 0)
            {
                value.CopyTo(destination[written..]);
                return written + value.Length;
            }

            ReadOnlySpan<byte> line = value[..feed].TrimEnd(" \t\r"u8);
            line.CopyTo(destination[written..]);
            written += line.Length;
            destination[written++] = (byte)' ';
            value = value[(feed + 1)..].TrimStart(" \t"u8);
        }
    }
}
