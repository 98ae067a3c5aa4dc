namespace Homer.Search.Protocol.Sip;

/// <summary>
/// A SIP message (RFC 3261) as slices of the captured bytes: the start line and the first value of each header the product stores.
/// Absent headers are empty spans or null. Values are trimmed; folded lines are kept with their line breaks.
/// </summary>
public ref struct SipMessage
{
    /// <summary>True for a request, false for a response.</summary>
    public bool IsRequest { get; internal set; }

    /// <summary>Method of a request; empty for a response.</summary>
    public ReadOnlySpan<byte> Method { get; internal set; }

    /// <summary>Request-URI; empty for a response.</summary>
    public ReadOnlySpan<byte> RequestUri { get; internal set; }

    /// <summary>100 to 699; 0 for a request.</summary>
    public int StatusCode { get; internal set; }

    public ReadOnlySpan<byte> ReasonPhrase { get; internal set; }

    public ReadOnlySpan<byte> CallId { get; internal set; }

    /// <summary>The whole header value; read it with <see cref="SipAddress"/>.</summary>
    public ReadOnlySpan<byte> From { get; internal set; }

    public ReadOnlySpan<byte> To { get; internal set; }

    /// <summary>First Contact value; may be <c>*</c>.</summary>
    public ReadOnlySpan<byte> Contact { get; internal set; }

    /// <summary>P-Asserted-Identity, else P-Preferred-Identity, else Remote-Party-ID: the first SIP value, else the first.</summary>
    public ReadOnlySpan<byte> AssertedIdentity { get; internal set; }

    public ReadOnlySpan<byte> Diversion { get; internal set; }

    /// <summary>Topmost Via value.</summary>
    public ReadOnlySpan<byte> Via { get; internal set; }

    /// <summary>Via values, over all Via headers.</summary>
    public int ViaCount { get; internal set; }

    /// <summary>Number of CSeq; null when missing or beyond 2⁶³.</summary>
    public long? CSeqNumber { get; internal set; }

    /// <summary>Method of CSeq; of a request without CSeq, its own method.</summary>
    public ReadOnlySpan<byte> CSeqMethod { get; internal set; }

    /// <summary>User-Agent, else Server.</summary>
    public ReadOnlySpan<byte> UserAgent { get; internal set; }

    /// <summary>Authorization or Proxy-Authorization, else WWW-Authenticate or Proxy-Authenticate.</summary>
    public ReadOnlySpan<byte> Authentication { get; internal set; }

    /// <summary>First Reason value that names Q.850, else the first (RFC 3326).</summary>
    public ReadOnlySpan<byte> Reason { get; internal set; }

    public ReadOnlySpan<byte> Identity { get; internal set; }

    public ReadOnlySpan<byte> ContentType { get; internal set; }

    public int? ContentLength { get; internal set; }
    public int? Expires { get; internal set; }
    public int? MaxForwards { get; internal set; }

    /// <summary>Behind the empty line, cut by Content-Length where that is right.</summary>
    public ReadOnlySpan<byte> Body { get; internal set; }

    /// <summary>Everything between the start line and the empty line; walk it with <see cref="SipHeaders"/>.</summary>
    public ReadOnlySpan<byte> HeaderLines { get; internal set; }

    /// <summary>Some of them have no member here.</summary>
    public bool HasOtherHeaders { get; internal set; }

    /// <summary>The headers end without an empty line, or the body is shorter than Content-Length: the capture was cut.</summary>
    public bool IsTruncated { get; internal set; }
}
