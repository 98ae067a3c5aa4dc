namespace Homer.Search.Protocol.Sip;

/// <summary>Who authenticates where, of credentials or a challenge (RFC 3261 §20.7, §20.44): <c>Digest username="bob", realm="example.net", …</c>.</summary>
public ref struct SipCredentials
{
    /// <summary>Digest, Bearer, NTLM … as written.</summary>
    public ReadOnlySpan<byte> Scheme { get; private set; }

    /// <summary>Empty in a challenge.</summary>
    public ReadOnlySpan<byte> Username { get; private set; }

    public ReadOnlySpan<byte> Realm { get; private set; }

    /// <summary>Reads a header value such as <see cref="SipMessage.Authentication"/>; what cannot be read stays empty.</summary>
    public static SipCredentials Read(ReadOnlySpan<byte> value)
    {
        int end = value.IndexOfAnyExcept(SipGrammar.Token);
        if (end < 0)
            return new() { Scheme = value };
        // A parameter without a scheme before it: the value is cut or is not credentials.
        ReadOnlySpan<byte> parameters = value[end..];
        return new()
        {
            Scheme = SipGrammar.IsSpace(value[end]) ? value[..end] : [],
            Username = SipParameter.Find(parameters, "username"u8),
            Realm = SipParameter.Find(parameters, "realm"u8),
        };
    }
}
