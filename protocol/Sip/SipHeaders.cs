namespace Homer.Search.Protocol.Sip;

/// <summary>Walks header lines in order: <c>foreach (SipHeader header in new SipHeaders(message.HeaderLines))</c>.</summary>
public readonly ref struct SipHeaders(ReadOnlySpan<byte> lines)
{
    /// <summary>The lines that are walked.</summary>
    public ReadOnlySpan<byte> Lines { get; } = lines;
}
