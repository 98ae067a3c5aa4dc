namespace Homer.Search.Protocol.Sip;

/// <summary>One value of the Reason header (RFC 3326): <c>Q.850;cause=16;text="Normal call clearing"</c>.</summary>
public ref struct SipReason
{
    /// <summary><c>Q.850</c> or <c>SIP</c> in this spelling however it was written; another protocol as written.</summary>
    public ReadOnlySpan<byte> Protocol { get; internal set; }

    /// <summary>Q.850 cause or SIP status code; null when absent or no number.</summary>
    public int? Cause { get; internal set; }

    /// <summary>Without its quotes.</summary>
    public ReadOnlySpan<byte> Text { get; internal set; }

    /// <summary>Reads one value; what cannot be read stays empty.</summary>
    public static SipReason Read(ReadOnlySpan<byte> value)
    {
        _ = value;
        return default;
    }
}
