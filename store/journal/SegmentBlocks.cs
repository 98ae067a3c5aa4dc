namespace Homer.Search.Journal;

/// <summary>Whole records of a segment in memory.</summary>
/// <param name="octets">The first of them.</param>
/// <param name="start">Offset in the segment of the first.</param>
/// <param name="end">Offset behind the last.</param>
readonly unsafe struct SegmentBlock(byte* octets, int start, int end)
{
    public byte* Octets { get; } = octets;

    public int Start { get; } = start;

    public int End { get; } = end;
}

/// <summary>A segment as a reader takes it, live or sealed: a block at a time, each valid until the next or until disposal.</summary>
interface ISegmentBlocks : IDisposable
{
    /// <summary>The first block that ends behind an offset; false when there is none.</summary>
    bool TryOpen(int offset, out SegmentBlock block);
}

/// <summary>A live segment: one block, which is its mapping.</summary>
sealed unsafe class LiveBlocks : ISegmentBlocks
{
    readonly LiveSegment _segment;

    public LiveBlocks(LiveSegment segment)
    {
        segment.Acquire();
        _segment = segment;
    }

    public bool TryOpen(int offset, out SegmentBlock block)
    {
        int end = (int)(_segment.End - _segment.Start);
        block = new SegmentBlock(_segment.Base, 0, end);
        return offset < end;
    }

    /// <summary>As <see cref="LiveSegment.Remove"/>.</summary>
    public void Remove(int offset) => _segment.Remove(offset);

    /// <summary>As <see cref="LiveSegment.Rewrite"/>.</summary>
    public void Rewrite(int offset, int from, ReadOnlySpan<byte> octets) => _segment.Rewrite(offset, from, octets);

    public void Dispose() => _segment.Release();
}
