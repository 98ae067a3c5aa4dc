using System.Runtime.InteropServices;
using Homer.Search.Protocol.Hep;

namespace Homer.Search.Journal;

/// <summary>
/// Makes the archive form of a segment: the same records at the same offsets, in compressed blocks, without record checksums and with the
/// authenticate keys blanked.
/// </summary>
sealed unsafe class Sealer(SegmentFolder folder, JournalIdentity journal)
{
    /// <summary>Octets a block is filled to; a read by position decompresses one.</summary>
    public const int BlockBytes = 256 * 1024;

    readonly byte[] _block = new byte[BlockBytes + RecordHeader.ExtentOf(RecordHeader.MaxPacketBytes)];

    /// <summary>Writes the sealed file of a segment that is complete and indexed, and makes it durable before it has its name.</summary>
    public void Seal(LiveSegment segment, CancellationToken cancellation)
    {
        string unfinished = folder.Sealing(segment.Number);
        segment.Acquire();
        try
        {
            using SealedWriter writer = new(unfinished, segment.Number, journal.Id);
            for (int offset = 0; offset < journal.SegmentBytes;)
            {
                cancellation.ThrowIfCancellationRequested();
                int start = SkipGaps(segment.Base, offset);
                offset = Fill(segment.Base, start, writer);
                if (offset == start)
                    break;
                writer.WriteBlock(_block.AsSpan(0, offset - start), start);
                segment.Forget(offset);
            }

            writer.Finish();
        }
        finally
        {
            segment.Release();
        }

        folder.Publish(unfinished, folder.Sealed(segment.Number));
    }

    int SkipGaps(byte* segment, int offset)
    {
        while (offset < journal.SegmentBytes && *(int*)(segment + offset) < 0)
            offset += RecordHeader.ExtentAt(in segment[offset]);
        return offset;
    }

    /// <summary>
    /// Copies records into the block until it is full, or a large gap or the end comes; returns the offset behind the last. Small gaps go with them, lest
    /// records taken out cut a segment into tiny blocks.
    /// </summary>
    int Fill(byte* segment, int start, SealedWriter writer)
    {
        int offset = start;
        while (offset < journal.SegmentBytes && offset - start < BlockBytes && *(int*)(segment + offset) != 0)
        {
            int extent = RecordHeader.ExtentAt(in segment[offset]);
            if (*(int*)(segment + offset) < 0)
            {
                if (extent > RecordHeader.ExtentOf(RecordHeader.MaxPacketBytes))
                    break;
                Span<byte> gap = _block.AsSpan(offset - start, extent);
                gap.Clear();
                MemoryMarshal.Write(gap, -extent);
                offset += extent;
                continue;
            }

            Span<byte> copy = _block.AsSpan(offset - start, extent);
            new ReadOnlySpan<byte>(segment + offset, extent).CopyTo(copy);
            fixed (byte* octets = copy)
            {
                RecordHeader* record = (RecordHeader*)octets;
                record->Checksum = 0;
                writer.Count(record->ArrivalNanoseconds);
                Span<byte> packet = copy.Slice(RecordHeader.Bytes, record->Length);
                AuthenticateKeys.Blank(packet);
            }

            offset += extent;
        }

        return offset;
    }
}
