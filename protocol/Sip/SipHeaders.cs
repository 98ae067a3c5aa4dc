namespace Homer.Search.Protocol.Sip;

/// <summary>
/// Walks header lines in order: <c>foreach (SipHeader header in new SipHeaders(message.HeaderLines))</c>. Lines end with CRLF or LF; one that begins with
/// white space continues the one before. Lines that are no header are passed over, an empty one ends the walk.
/// </summary>
public ref struct SipHeaders(ReadOnlySpan<byte> lines)
{
    int _position;

    /// <summary>The lines that are walked.</summary>
    public ReadOnlySpan<byte> Lines { get; } = lines;

    public SipHeader Current { get; private set; }

    /// <summary>Where the header lines end, when the walk is over.</summary>
    internal int End { get; private set; }

    /// <summary>The walk ended at an empty line.</summary>
    internal bool FoundEmptyLine { get; private set; }

    /// <summary>Behind the last line read, the empty one included.</summary>
    internal readonly int Position => _position;

    public readonly SipHeaders GetEnumerator() => this;

    public bool MoveNext()
    {
        if (!TryTake(out SipHeaderName id, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value))
            return false;
        Current = new() { Id = id, Name = name.Length == 1 ? SipHeaderNames.InFull(name) : name, Value = value };
        return true;
    }

    /// <summary>The next header, its name as written.</summary>
    internal bool TryTake(out SipHeaderName id, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        while (_position < Lines.Length && !FoundEmptyLine)
        {
            ReadOnlySpan<byte> line = NextLine();
            int colon = line.IndexOf((byte)':');
            if (colon <= 0)
                continue;
            name = TrimName(line[..colon]);
            id = SipHeaderNames.Recognise(name);
            value = SipGrammar.Trim(line[(colon + 1)..]);
            return true;
        }

        id = SipHeaderName.Other;
        name = value = default;
        return false;
    }

    /// <summary>Takes one header line with the lines that continue it; nothing of an empty line.</summary>
    ReadOnlySpan<byte> NextLine()
    {
        ReadOnlySpan<byte> rest = Lines[_position..];
        int length = 0;
        int next;
        do
        {
            int feed = rest[length..].IndexOf((byte)'\n');
            if (feed < 0)
            {
                length = next = rest.Length;
                break;
            }

            next = length + feed + 1;
            if (length == 0 && (feed == 0 || (feed == 1 && rest[0] == '\r')))
            {
                FoundEmptyLine = true;
                End = _position;
                _position += next;
                return [];
            }

            length = next;
        }
        while (next < rest.Length && rest[next] is (byte)' ' or (byte)'\t');
        _position += next;
        End = _position;
        return rest[..length];
    }

    /// <summary>White space may stand before the colon (RFC 3261 §7.3.1).</summary>
    static ReadOnlySpan<byte> TrimName(ReadOnlySpan<byte> name) =>
        name[^1] > ' ' && name[0] > ' ' ? name : SipGrammar.Trim(name);
}
