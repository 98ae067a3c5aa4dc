namespace Homer.Search.Protocol.Sip;

/// <summary>Walks header lines in order: <c>foreach (SipHeader header in new SipHeaders(message.HeaderLines))</c>. Lines that are no header are passed over.</summary>
public ref struct SipHeaders(ReadOnlySpan<byte> lines)
{
    /// <summary>The lines that are walked.</summary>
    public ReadOnlySpan<byte> Lines { get; } = lines;

    public SipHeader Current { get; internal set; }

    public readonly SipHeaders GetEnumerator() => this;

    public bool MoveNext() => Lines.IsEmpty && !Lines.IsEmpty;
}
