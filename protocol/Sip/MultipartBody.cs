namespace Homer.Search.Protocol.Sip;

/// <summary>
/// Walks the parts of a multipart body (RFC 2046 §5.1), e.g. SDP beside ISUP. Without a boundary parameter the body's first line tells it.
/// </summary>
public ref struct MultipartBody
{
    readonly ReadOnlySpan<byte> _boundary;
    ReadOnlySpan<byte> _rest;

    public MultipartBody(ReadOnlySpan<byte> body, ReadOnlySpan<byte> boundary)
    {
        _rest = body;
        if (boundary.IsEmpty && body.StartsWith("--"u8))
            boundary = SipGrammar.Trim(body[2..][..LengthOfLine(body[2..])]);
        _boundary = boundary;
        // What stands before the first delimiter is a preamble.
        if (!boundary.IsEmpty)
            MoveNext();
        else
            _rest = [];
    }

    /// <summary>One part with its header lines.</summary>
    public ReadOnlySpan<byte> Current { get; private set; }

    public readonly MultipartBody GetEnumerator() => this;

    public bool MoveNext()
    {
        if (_rest.IsEmpty)
            return false;
        int line = 0;
        while (line < _rest.Length)
        {
            int length = LengthOfLine(_rest[line..]);
            if (IsDelimiter(_rest.Slice(line, length), out bool isLast))
            {
                Current = _rest[..LengthWithoutBreak(_rest[..line])];
                _rest = isLast ? [] : _rest[Math.Min(line + length + 1, _rest.Length)..];
                return true;
            }

            line += length + 1;
        }

        // The capture was cut before the closing delimiter.
        Current = _rest;
        _rest = [];
        return true;
    }

    /// <summary>The content of a part, and its Content-Type, empty when it names none.</summary>
    public static ReadOnlySpan<byte> Split(ReadOnlySpan<byte> part, out ReadOnlySpan<byte> contentType)
    {
        contentType = [];
        var headers = new SipHeaders(part);
        while (headers.MoveNext())
            if (contentType.IsEmpty && headers.Current.Id == SipHeaderName.ContentType)
                contentType = headers.Current.Value;
        return part[headers.Position..];
    }

    readonly bool IsDelimiter(ReadOnlySpan<byte> line, out bool isLast)
    {
        isLast = false;
        if (!line.StartsWith("--"u8) || !line[2..].StartsWith(_boundary))
            return false;
        ReadOnlySpan<byte> end = SipGrammar.Trim(line[(2 + _boundary.Length)..]);
        isLast = end.SequenceEqual("--"u8);
        return isLast || end.IsEmpty;
    }

    /// <summary>The line break before a delimiter belongs to the delimiter.</summary>
    static int LengthWithoutBreak(ReadOnlySpan<byte> part)
    {
        if (part is [.., (byte)'\r', (byte)'\n'])
            return part.Length - 2;
        return part is [.., (byte)'\n'] ? part.Length - 1 : part.Length;
    }

    static int LengthOfLine(ReadOnlySpan<byte> text)
    {
        int feed = text.IndexOf((byte)'\n');
        return feed < 0 ? text.Length : feed;
    }
}
