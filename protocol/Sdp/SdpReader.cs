namespace Homer.Search.Protocol.Sdp;

/// <summary>Finds the session description (RFC 8866) in a SIP body and the media line that stands for the call.</summary>
public static class SdpReader
{
    /// <summary>
    /// The SDP in a body: the body itself when its type is <c>application/sdp</c>, or when there is no type and it begins as SDP does; of a multipart body the
    /// first such part; else empty.
    /// </summary>
    public static ReadOnlySpan<byte> Find(ReadOnlySpan<byte> contentType, ReadOnlySpan<byte> body)
    {
        _ = contentType;
        return body[..0];
    }

    /// <summary>The first active audio line, else the first active media line (port not 0); false when there is none.</summary>
    public static bool TryReadFirst(ReadOnlySpan<byte> sdp, out SdpMedia media)
    {
        media = default;
        return !sdp.IsEmpty && sdp.IsEmpty;
    }
}
