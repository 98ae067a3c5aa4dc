namespace Homer.Search.Protocol.Sip;

/// <summary>
/// The values of one header field, which commas outside quotes and angle brackets part (RFC 3261 §7.3.1):
/// <c>foreach (ReadOnlySpan&lt;byte&gt; via in new SipValues(header.Value))</c>. Each is trimmed; empty ones are passed over.
/// </summary>
public ref struct SipValues(ReadOnlySpan<byte> value)
{
    ReadOnlySpan<byte> _rest = value;

    public ReadOnlySpan<byte> Current { get; internal set; }

    public readonly SipValues GetEnumerator() => this;

    public bool MoveNext()
    {
        Current = _rest;
        _rest = [];
        return !Current.IsEmpty;
    }
}
