using System.Runtime.CompilerServices;

namespace Homer.Search.Journal;

/// <summary>Follows a journal in order, through sealed segments and live ones. Used by one thread.</summary>
public sealed class JournalReader : IDisposable
{
    readonly CaptureJournal _journal;
    readonly int _segmentBytes;
    ISegmentBlocks? _segment;
    long _number = -1;
    unsafe byte* _octets;
    long _blockStart;
    long _blockEnd;
    long _seenEnd;

    internal JournalReader(CaptureJournal journal, int segmentBytes, long from)
    {
        _journal = journal;
        _segmentBytes = segmentBytes;
        Position = from;
    }

    /// <summary>Behind the last record read.</summary>
    public long Position { get; private set; }

    /// <summary>The next record; false when the end is reached.</summary>
    public unsafe bool TryRead(out JournalRecord record)
    {
        while (true)
        {
            if (Position >= _seenEnd && Position >= (_seenEnd = _journal.End))
            {
                record = default;
                return false;
            }

            if ((Position >= _blockEnd || Position < _blockStart) && !EnterBlock())
                continue;
            long position = Position;
            RecordHeader* header = (RecordHeader*)(_octets + (position - _blockStart));
            int length = header->Length;
            if (length == 0)
            {
                // Something is published further on, so nothing will be here: the next record did not fit into this segment.
                Position = (_number + 1) * _segmentBytes;
                continue;
            }

            Position += RecordHeader.ExtentAt(in *(byte*)header);
            if (length > 0)
            {
                record = new JournalRecord(position, header->Arrival, new ReadOnlySpan<byte>(header + 1, length), this);
                return true;
            }
        }
    }

    /// <summary>Goes to the start of a record, forward or back; the next read begins there.</summary>
    public void MoveTo(long position) => Position = position;

    /// <summary>Completes when there is something to read.</summary>
    public async ValueTask WaitAsync(CancellationToken cancellation)
    {
        while (true)
        {
            Task arrival = _journal.Arrived.Next();
            if (_journal.End > Position)
                return;
            await arrival.WaitAsync(cancellation).ConfigureAwait(false);
        }
    }

    public void Dispose()
    {
        _segment?.Dispose();
        _segment = null;
        (_number, _blockStart, _blockEnd) = (-1, 0, 0);
    }

    /// <summary>Takes the record last read out of its live segment; one that is sealed stays.</summary>
    internal void Remove(long position) => (_segment as LiveBlocks)?.Remove((int)(position % _segmentBytes));

    /// <summary>Overwrites a part of the record last read in its live segment; one that is sealed stays as it is.</summary>
    internal void Rewrite(long position, int from, ReadOnlySpan<byte> octets) =>
        (_segment as LiveBlocks)?.Rewrite((int)(position % _segmentBytes), from, octets);

    /// <summary>
    /// Brings the block of the position into memory; false when the position had to move to where the next octets may be.
    /// </summary>
    unsafe bool EnterBlock()
    {
        long number = Position / _segmentBytes;
        if (number != _number)
        {
            Dispose();
            _segment = _journal.OpenBlocks(number);
            if (_segment is null)
            {
                Position = _journal.FirstSegmentBehind(number) is long next ? Math.Min(_seenEnd, next * _segmentBytes) : _seenEnd;
                return false;
            }

            _number = number;
        }

        long segmentStart = number * _segmentBytes;
        if (!_segment!.TryOpen((int)(Position - segmentStart), out SegmentBlock block))
        {
            Position = segmentStart + _segmentBytes;
            return false;
        }

        _octets = block.Octets;
        (_blockStart, _blockEnd) = (segmentStart + block.Start, segmentStart + block.End);
        long wanted = Position;
        // From the block's start, so that a position that is no record's reads the next record and not rubbish.
        Position = _blockStart;
        while (Position < wanted && Position < _blockEnd)
        {
            ref byte at = ref _octets[Position - _blockStart];
            Position = Unsafe.ReadUnaligned<int>(in at) == 0 ? _blockEnd : Position + RecordHeader.ExtentAt(in at);
        }

        return Position < _blockEnd;
    }
}
