namespace Homer.Search.Ingest;

/// <summary>
/// Why a packet that came in is not stored. Names become the <c>reason</c> of the drop counter in snake case: append only.
/// </summary>
enum DropReason
{
    /// <summary>A datagram, while the journal had reached its bound: the store is slow or away.</summary>
    JournalFull,

    /// <summary>A datagram, while the disk had no room for another segment.</summary>
    DiskFull,

    /// <summary>A datagram the kernel let go because its receive buffer was full.</summary>
    Kernel,

    /// <summary>A stream connection ended inside a frame; a new connection always begins at one.</summary>
    PartialFrame,

    /// <summary>A capture agent's own ping (HEP protocol type 0); the agent counts as alive.</summary>
    Ping,

    /// <summary>CRLF, NUL or <c>jaK</c> keep-alive of a SIP element.</summary>
    KeepAlive,

    /// <summary>STUN on the SIP port.</summary>
    Stun,

    /// <summary>A record on which a reader failed: a defect of ours; the bytes stay in the journal's archive.</summary>
    ReaderFault,

    /// <summary>From an address that is not allowed; of a stream, the connection.</summary>
    PeerNotAllowed,

    /// <summary>Without a key that is asked for.</summary>
    WrongKey,

    /// <summary>A SIP message that is not wanted, by its method or user agent.</summary>
    Discarded,

    /// <summary>A packet of which the store will never take a document, whatever else of it is stored; the document was put aside with its reason.</summary>
    StoreRefused,

    /// <summary>A message that a rule of the capture plan drops, or that is not in its sample.</summary>
    Planned,

    /// <summary>Beyond what one address may send in a second.</summary>
    RateLimited,

    /// <summary>The same packet came a moment before.</summary>
    Duplicate,
}
