namespace Homer.Search.Protocol.Sip;

/// <summary>Why captured bytes could not be read as a SIP message; they are stored raw and tagged. Names reach documents: append only.</summary>
public enum SipRejection
{
    /// <summary>Read.</summary>
    None = 0,

    /// <summary>Nothing there.</summary>
    Empty,

    /// <summary>CRLF, NUL or `jaK` keep-alive.</summary>
    KeepAlive,

    /// <summary>STUN on the SIP port.</summary>
    Stun,

    /// <summary>A TLS record.</summary>
    Tls,

    /// <summary>The first line is neither a request nor a status line.</summary>
    NoStartLine,
}
