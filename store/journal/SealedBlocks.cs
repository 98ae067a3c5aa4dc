using ZstdSharp;

namespace Homer.Search.Journal;

/// <summary>A sealed segment as a reader takes it; blocks that are damaged are passed over and counted.</summary>
sealed unsafe class SealedBlocks(SealedSegment segment, DamageCount damage) : ISegmentBlocks
{
    readonly Decompressor _decompressor = new();
    byte[] _records = [];

    public bool TryOpen(int offset, out SegmentBlock block)
    {
        for (int index = segment.BlockAt(offset); index < segment.Blocks.Length; index++)
        {
            SealedBlock found = segment.Blocks[index];
            // Pinned, since the reader keeps its address.
            if (_records.Length < found.Length)
                _records = GC.AllocateUninitializedArray<byte>(found.Length, pinned: true);
            if (segment.TryRead(index, _decompressor, _records.AsSpan(0, found.Length), out bool isDamaged))
            {
                fixed (byte* octets = _records)
                    block = new SegmentBlock(octets, found.Start, found.End);
                return true;
            }

            if (isDamaged)
                damage.Add(found.Length);
        }

        block = default;
        return false;
    }

    public void Dispose() => _decompressor.Dispose();
}
