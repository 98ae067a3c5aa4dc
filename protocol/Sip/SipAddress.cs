namespace Homer.Search.Protocol.Sip;

/// <summary>A name-addr or addr-spec with its parameters (RFC 3261 §20.10): <c>"Bob" &lt;sip:bob@host;lr&gt;;tag=1</c>.</summary>
public ref struct SipAddress
{
    /// <summary>Display name without its quotes.</summary>
    public ReadOnlySpan<byte> DisplayName { get; internal set; }

    /// <summary>The URI without angle brackets.</summary>
    public ReadOnlySpan<byte> Uri { get; internal set; }

    /// <summary>sip, sips or tel.</summary>
    public ReadOnlySpan<byte> Scheme { get; internal set; }

    /// <summary>User part as written, without password; for a tel URI the number.</summary>
    public ReadOnlySpan<byte> User { get; internal set; }

    /// <summary>Host without port, an IPv6 address without brackets; empty for a tel URI.</summary>
    public ReadOnlySpan<byte> Host { get; internal set; }

    public ReadOnlySpan<byte> Tag { get; internal set; }

    /// <summary>Header parameters behind the address, from the first semicolon on.</summary>
    public ReadOnlySpan<byte> Parameters { get; internal set; }

    /// <summary>Reads a request URI: what follows its semicolons belongs to the URI, not to a header.</summary>
    public static SipAddress ReadUri(ReadOnlySpan<byte> uri)
    {
        _ = uri;
        return default;
    }

    /// <summary>Reads a header value; what cannot be read stays empty.</summary>
    public static SipAddress Read(ReadOnlySpan<byte> value)
    {
        _ = value;
        return default;
    }
}
