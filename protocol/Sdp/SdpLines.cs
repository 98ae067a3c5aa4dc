using Homer.Search.Protocol.Sip;

namespace Homer.Search.Protocol.Sdp;

/// <summary>Walks <c>x=value</c> lines, ended by CRLF or LF; others are passed over.</summary>
ref struct SdpLines(ReadOnlySpan<byte> text)
{
    readonly ReadOnlySpan<byte> _text = text;
    int _next;

    /// <summary>Where the line begins.</summary>
    internal int Start { get; private set; }

    /// <summary>The letter before the equals sign.</summary>
    internal byte Type { get; private set; }

    internal ReadOnlySpan<byte> Value { get; private set; }

    internal bool MoveNext()
    {
        while (_next < _text.Length)
        {
            Start = _next;
            ReadOnlySpan<byte> rest = _text[_next..];
            int feed = rest.IndexOf((byte)'\n');
            _next = feed < 0 ? _text.Length : _next + feed + 1;
            ReadOnlySpan<byte> line = feed < 0 ? rest : rest[..feed];
            if (line.Length < 2 || line[1] != '=')
                continue;
            Type = line[0];
            Value = SipGrammar.Trim(line[2..]);
            return true;
        }

        return false;
    }

    /// <summary>Takes the first word off <paramref name="text"/>; empty when none is left.</summary>
    internal static ReadOnlySpan<byte> TakeWord(scoped ref ReadOnlySpan<byte> text)
    {
        text = text.TrimStart((byte)' ');
        int space = text.IndexOf((byte)' ');
        ReadOnlySpan<byte> word = space < 0 ? text : text[..space];
        text = text[word.Length..];
        return word;
    }
}
