namespace Homer.Search.Protocol.Hep;

/// <summary>How far the head of a stream has come.</summary>
public enum HepFrameStatus
{
    /// <summary>A whole packet stands at the head.</summary>
    Done = 0,

    /// <summary>The packet has not arrived in full; nothing was consumed.</summary>
    NeedMoreData,

    /// <summary>
    /// No HEP packet begins here, and a stream cannot be picked up again: close it. Only <see cref="HepRejection.CompressedFrame"/> is another matter: the stream
    /// is gzip, and what comes out of it is HEP.
    /// </summary>
    Invalid,
}
