using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using ZstdSharp;

namespace Homer.Search.Journal;

/// <summary>
/// Reads packets by position from sealed segments, keeping the tables and the blocks used last. Safe for several threads.
/// </summary>
sealed class SealedReads(SegmentFolder folder)
{
    const int KeptTables = 256, KeptBlocks = 16;

    readonly RecentlyUsed<long, SealedSegment> _tables = new(KeptTables);
    readonly RecentlyUsed<(long Number, int Block), byte[]> _blocks = new(KeptBlocks);
    readonly ConcurrentBag<Decompressor> _decompressors = [];
    long _damaged;

    /// <summary>Blocks and tables that were there and could not be read.</summary>
    public long Damaged => Volatile.Read(ref _damaged);

    /// <summary>The table of a segment; null when there is none of this number or it is damaged.</summary>
    public SealedSegment? Find(long number)
    {
        if (_tables.TryGet(number, out SealedSegment? segment))
            return segment;
        try
        {
            segment = SealedSegment.Open(folder.Sealed(number));
        }
        catch (InvalidDataException)
        {
            Interlocked.Increment(ref _damaged);
            return null;
        }

        if (segment is not null)
            _tables.Add(number, segment);
        return segment;
    }

    /// <summary>The packet whose record begins at an offset of a segment.</summary>
    public bool TryRead(SealedSegment segment, int offset, long position, out ArchivedPacket packet)
    {
        packet = default;
        int index = segment.BlockAt(offset);
        if (index == segment.Blocks.Length || offset < segment.Blocks[index].Start || TryReadBlock(segment, index) is not { } records)
            return false;
        ReadOnlySpan<byte> rest = records;
        // From record to record: there are no checksums here to tell a record from the middle of one.
        int ahead = offset - segment.Blocks[index].Start;
        while (ahead > 0 && !rest.IsEmpty)
        {
            int extent = RecordHeader.ExtentAt(in rest[0]);
            ahead -= extent;
            rest = rest[extent..];
        }

        // A gap may be shorter than a record.
        if (ahead < 0 || rest.IsEmpty || MemoryMarshal.Read<int>(rest) <= 0)
            return false;
        RecordHeader header = MemoryMarshal.Read<RecordHeader>(rest);
        packet = new ArchivedPacket(position, header.Arrival, rest.Slice(RecordHeader.Bytes, header.Length).ToArray());
        return true;
    }

    byte[]? TryReadBlock(SealedSegment segment, int index)
    {
        (long, int) key = (segment.Trailer.Number, index);
        if (_blocks.TryGet(key, out byte[]? records))
            return records;
        if (!_decompressors.TryTake(out Decompressor? decompressor))
            decompressor = new Decompressor();
        records = new byte[segment.Blocks[index].Length];
        bool isRead = segment.TryRead(index, decompressor, records, out bool isDamaged);
        _decompressors.Add(decompressor);
        if (isDamaged)
            Interlocked.Increment(ref _damaged);
        if (!isRead)
            return null;
        _blocks.Add(key, records);
        return records;
    }
}
