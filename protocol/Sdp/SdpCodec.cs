namespace Homer.Search.Protocol.Sdp;

/// <summary>One format of a media line.</summary>
public readonly ref struct SdpCodec
{
    /// <summary>Encoding name; of a dynamic payload type without <c>a=rtpmap</c>, the payload type; empty when there is no format.</summary>
    public ReadOnlySpan<byte> Name { get; internal init; }

    /// <summary>Of RTP timestamps, Hz; null when neither <c>a=rtpmap</c> nor RFC 3551 says.</summary>
    public int? ClockRate { get; internal init; }
}
