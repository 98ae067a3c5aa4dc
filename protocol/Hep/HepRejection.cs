namespace Homer.Search.Protocol.Hep;

/// <summary>Why bytes were refused as a HEP packet. Names become the `reason` of the rejection counter: append only.</summary>
public enum HepRejection
{
    /// <summary>Accepted.</summary>
    None = 0,

    /// <summary>Fewer octets than the smallest header.</summary>
    TooShort,

    /// <summary>The first octets are those of no HEP version.</summary>
    NotHep,

    /// <summary>Starts as a TLS record: the agent uses TLS on a plain port.</summary>
    LooksLikeTls,

    /// <summary>Starts as an HTTP request.</summary>
    LooksLikeHttp,

    /// <summary>Starts as plain SIP without HEP around it.</summary>
    LooksLikeSip,

    /// <summary>HEPv1 or HEPv2 that ends inside its header.</summary>
    TruncatedHeader,

    /// <summary>HEPv1 or HEPv2 with an unknown address family.</summary>
    BadAddressFamily,

    /// <summary>HEPv3 whose total length is below its header.</summary>
    BadTotalLength,

    /// <summary>HEPv3 damaged before any payload.</summary>
    BadChunk,

    /// <summary>More chunks than any agent sends.</summary>
    TooManyChunks,

    /// <summary>Neither payload nor measurement.</summary>
    NoPayload,

    /// <summary>A compressed packet or payload that does not inflate.</summary>
    BadCompression,

    /// <summary>A compressed packet or payload that inflates beyond its bound.</summary>
    InflatesTooMuch,

    /// <summary>HEPv1 or HEPv2 on a stream: they have no length to frame by.</summary>
    UnframedVersion,

    /// <summary>A gzip member that holds a whole packet: inflate it with <see cref="CompressedPayload"/> and read again, once.</summary>
    CompressedFrame,
}
