namespace Homer.Search.Protocol.Sip;

/// <summary>
/// The values of one header field, which commas outside quotes and angle brackets part (RFC 3261 §7.3.1):
/// <c>foreach (ReadOnlySpan&lt;byte&gt; via in new SipValues(header.Value))</c>. Each is trimmed; empty ones are passed over.
/// </summary>
public ref struct SipValues(ReadOnlySpan<byte> value)
{
    ReadOnlySpan<byte> _rest = value;

    public ReadOnlySpan<byte> Current { get; private set; }

    public readonly SipValues GetEnumerator() => this;

    public bool MoveNext()
    {
        while (!_rest.IsEmpty)
        {
            int end = SipGrammar.IndexOfSeparator(_rest, SipGrammar.Comma);
            Current = SipGrammar.Trim(_rest[..end]);
            _rest = end < _rest.Length ? _rest[(end + 1)..] : [];
            if (!Current.IsEmpty)
                return true;
        }

        return false;
    }
}
