namespace Homer.Search.Protocol.Sdp;

/// <summary>Walks the media lines of a session description: <c>foreach (SdpMedia media in new SdpMediaLines(sdp))</c>.</summary>
public ref struct SdpMediaLines(ReadOnlySpan<byte> sdp)
{
    ReadOnlySpan<byte> _rest = sdp;

    public SdpMedia Current { get; internal set; }

    public readonly SdpMediaLines GetEnumerator() => this;

    public bool MoveNext()
    {
        _rest = [];
        return false;
    }
}
