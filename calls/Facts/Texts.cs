namespace Homer.Search.Calls;

/// <summary>The texts of one call's facts, each kept once and called by its number; 0 is the empty text.</summary>
sealed class Texts
{
    /// <summary>Longer ones are cut: what a summary shows is a name, not a document.</summary>
    public const int MaximumLength = 255;

    /// <summary>A text is looked for only among so many newest ones, so that a hostile call cannot make each of its messages dearer than the last.</summary>
    const int Window = 64;

    readonly List<(int Offset, int Length)> _entries = [(0, 0)];
    byte[] _bytes = new byte[256];
    int _length;

    public int Count => _entries.Count;

    public ReadOnlySpan<byte> this[int text] => _bytes.AsSpan(_entries[text].Offset, _entries[text].Length);

    public int Add(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty)
            return 0;
        text = Cut(text);
        for (int entry = _entries.Count - 1; entry > Math.Max(0, _entries.Count - Window); entry--)
        {
            if (this[entry].SequenceEqual(text))
                return entry;
        }

        if (_bytes.Length - _length < text.Length)
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _length + text.Length));
        text.CopyTo(_bytes.AsSpan(_length));
        _entries.Add((_length, text.Length));
        _length += text.Length;
        return _entries.Count - 1;
    }

    /// <summary>The one that sorts first and is not empty: a choice that does not depend on which came first.</summary>
    public int Lesser(int left, int right)
    {
        if (left == right || right == 0)
            return left;
        return left == 0 || this[right].SequenceCompareTo(this[left]) < 0 ? right : left;
    }

    public void Clear()
    {
        _entries.RemoveRange(1, _entries.Count - 1);
        _length = 0;
    }

    /// <summary>As much of a text as is kept.</summary>
    public static ReadOnlySpan<byte> Cut(ReadOnlySpan<byte> text)
    {
        if (text.Length <= MaximumLength)
            return text;
        int length = MaximumLength;
        // Not inside a UTF-8 sequence, whose later octets are 10xxxxxx.
        while (length > MaximumLength - 4 && (text[length] & 0xc0) == 0x80)
            length--;
        return text[..length];
    }
}
