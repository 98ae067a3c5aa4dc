namespace Homer.Search.Journal;

/// <summary>
/// The durable receive buffer: memory-mapped segment files that survive the process. Appended to by the listeners, followed by the indexer,
/// sealed into the <see cref="Archive"/> behind it.
/// </summary>
public sealed class CaptureJournal : IDisposable
{
    readonly Lock _gate = new();
    readonly Lock _advancing = new();
    readonly JournalOptions _options;
    readonly JournalFiles _files;
    readonly LiveSegments _live;
    readonly SegmentAllocator _allocator;
    readonly Signal _room = new();
    readonly Chore _allocating, _flushing, _sealing;

    LiveSegment? _tail;
    long _end;
    long _flushedEnd;
    long _checkpoint;
    JournalFullReason _fullReason;
    bool _isDisposed;

    CaptureJournal(JournalOptions options, JournalFiles files, TimeProvider clock)
    {
        _options = options;
        _files = files;
        _checkpoint = files.Checkpoint.Position;
        (_live, _tail) = files.FindSegments();
        _allocator = new SegmentAllocator(files.Folder, options, files.Identity, files.Damage);
        if (_tail is not null)
            (_flushedEnd, _end) = (_tail.Start, _tail.Start + _tail.FoundEnd);
        // Positions are given once: what the store or the archive knows lies before the end, even if a power cut took the journal's last records.
        SkipTo(Math.Max(UnitEnds.LastOrDefault(_checkpoint), files.SealedEnd));
        lock (_gate)
        {
            if (_tail is null)
                Roll();
        }

        _allocating = new Chore("Preparing the next journal segment", TimeSpan.FromSeconds(1), clock, _ => Prepare());
        _flushing = new Chore("Flushing the journal", options.FlushInterval, clock, _ => Flush());
        _sealing = new Chore("Sealing journal segments", TimeSpan.FromSeconds(1), clock, Seal);
        _sealing.Wake();
    }

    /// <summary>
    /// Opens the folder, or makes it; finds the end of what was published before a crash. Throws <see cref="JournalException"/> when
    /// another
    /// process holds it or it was made with another segment size.
    /// </summary>
    public static CaptureJournal Open(JournalOptions options, TimeProvider clock)
    {
        options.Check();
        JournalFiles files = JournalFiles.Open(options);
        try
        {
            return new CaptureJournal(options, files, clock);
        }
        catch
        {
            files.Dispose();
            throw;
        }
    }

    /// <summary>Random at creation; part of every document's identity.</summary>
    public uint Id => _files.Identity.Id;

    /// <summary>Behind the last published record.</summary>
    public long End => Volatile.Read(ref _end);

    /// <summary>Every record before it is durable in the store; survives a restart.</summary>
    public long Checkpoint => Volatile.Read(ref _checkpoint);

    /// <summary>Ends of the units begun behind the checkpoint, ascending; survives a restart.</summary>
    public IReadOnlyList<long> UnitEnds => _files.Checkpoint.Ends;

    /// <summary>Whether only one more unit can be begun before the checkpoint moves.</summary>
    public bool MustAdvance => UnitEnds.Count >= CheckpointFile.MaximumEnds - 1;

    /// <summary>Octets that the checkpoint has not passed yet.</summary>
    public long Bytes => End - Checkpoint;

    /// <summary>The largest packet it takes: 1 MiB, or what a smaller segment holds.</summary>
    public int MaxPacketBytes => Math.Min(RecordHeader.MaxPacketBytes, _options.SegmentBytes - RecordHeader.Bytes);

    /// <summary>Why the last append was refused; <see cref="JournalFullReason.None"/> when there is room.</summary>
    public JournalFullReason FullReason => _fullReason;

    /// <summary>Octets found damaged when opening or reading (a power cut, a disk fault): no packet can be read from them.</summary>
    public long DamagedBytes => _files.Damage.Octets;

    /// <summary>What flushing, allocating or sealing last failed of, for people; null when all goes well.</summary>
    public string? Trouble => _allocating.Trouble ?? _flushing.Trouble ?? _sealing.Trouble;

    internal Signal Arrived { get; } = new();

    /// <summary>
    /// Publishes one packet. False when the journal is full (<see cref="FullReason"/> says why): a stream reader then waits and tries
    /// again, a
    /// datagram is dropped and counted. Safe for several threads. A packet beyond <see cref="MaxPacketBytes"/> or empty is an
    /// <see cref="ArgumentException"/>.
    /// </summary>
    public bool TryAppend(ReadOnlySpan<byte> packet, in Arrival arrival)
    {
        ulong hash = RecordHeader.Hash(packet);
        lock (_gate)
        {
            if (!TryWrite(packet, hash, arrival))
                return false;
        }

        Arrived.Pulse();
        return true;
    }

    /// <summary>
    /// Publishes packets that were received at once, in order; returns how many: fewer than given when the journal is full.
    /// </summary>
    public int Append(ReadOnlySpan<byte> block, ReadOnlySpan<PacketSlice> packets)
    {
        int count = 0;
        lock (_gate)
        {
            foreach (ref readonly PacketSlice slice in packets)
            {
                ReadOnlySpan<byte> packet = block.Slice(slice.Offset, slice.Length);
                if (!TryWrite(packet, RecordHeader.Hash(packet), slice.Arrival))
                    break;
                count++;
            }
        }

        if (count > 0)
            Arrived.Pulse();
        return count;
    }

    /// <summary>Completes when an append may succeed again.</summary>
    public async ValueTask WaitForRoomAsync(CancellationToken cancellation)
    {
        Task room = _room.Next();
        if (FullReason != JournalFullReason.None)
            await room.WaitAsync(cancellation).ConfigureAwait(false);
    }

    /// <summary>A reader that follows the journal from a position; 0 reads all that retention has left.</summary>
    public JournalReader Follow(long from) => new(this, _options.SegmentBytes, Math.Clamp(from, 0, End));

    /// <summary>
    /// Notes, durably before it returns, that the store is about to be given a unit that ends here: after a crash it may have parts of it, so the same
    /// units have to be made again. An end before the checkpoint or before one already noted changes nothing.
    /// </summary>
    public void BeginUnit(long end)
    {
        lock (_advancing)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan(end, End);
            IReadOnlyList<long> ends = _files.Checkpoint.Ends;
            if (end > _checkpoint && (ends.Count == 0 || end > ends[^1]))
                _files.Checkpoint.Write(_checkpoint, [.. ends, end]);
        }
    }

    /// <summary>
    /// Moves the checkpoint forward, durably before it returns; an earlier position changes nothing. Segments wholly behind it are sealed in the
    /// background.
    /// </summary>
    public void Advance(long position)
    {
        lock (_advancing)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan(position, End);
            if (position <= _checkpoint)
                return;
            _files.Checkpoint.Write(position, [.. _files.Checkpoint.Ends.Where(end => end > position)]);
            lock (_gate)
            {
                Volatile.Write(ref _checkpoint, position);
                if (_fullReason == JournalFullReason.Bound)
                    _fullReason = JournalFullReason.None;
            }
        }

        _room.Pulse();
        foreach (LiveSegment segment in _live.All())
        {
            if (segment.Start >= position)
                break;
            segment.Forget((int)Math.Min(position - segment.Start, _options.SegmentBytes));
            if (segment.End <= position)
                _sealing.Wake();
        }
    }

    /// <summary>
    /// Goes on behind a position the store already knows, when a power cut took the journal's last records but not the store's: so no
    /// position is
    /// given twice. An earlier position changes nothing.
    /// </summary>
    public void SkipTo(long position)
    {
        position = (position + 7) & ~7L;
        lock (_gate)
        {
            if (position <= _end)
                return;
            if (_tail is not null && position < _tail.End)
            {
                _tail.WriteGap((int)(_end - _tail.Start), (int)(position - _end));
                Volatile.Write(ref _end, position);
            }
            else
            {
                Retire();
                long segments = (position + _options.SegmentBytes - 1) / _options.SegmentBytes;
                Volatile.Write(ref _end, segments * _options.SegmentBytes);
            }
        }

        Arrived.Pulse();
    }

    public void Dispose()
    {
        lock (_gate)
        {
            if (_isDisposed)
                return;
            _isDisposed = true;
        }

        _allocating.Dispose();
        _sealing.Dispose();
        _flushing.Dispose();
        Flush();
        lock (_gate)
            Retire();
        _allocator.Dispose();
        _files.Dispose();
    }

    /// <summary>The blocks of a segment, live or sealed; null when there is none of this number.</summary>
    internal ISegmentBlocks? OpenBlocks(long number)
    {
        // In this order, since the sealed file is there before the live one goes.
        if (_live.TryOpen(number) is { } blocks)
            return blocks;
        return _files.OpenSealed(number);
    }

    /// <summary>The number of the next segment that exists; null when there is none.</summary>
    internal long? FirstSegmentBehind(long number)
    {
        long[] numbers = [.. _files.Folder.SealedNumbers().Concat(_live.All().Select(segment => segment.Number)).Where(found => found > number)];
        return numbers.Length == 0 ? null : numbers.Min();
    }

    bool TryWrite(ReadOnlySpan<byte> packet, ulong hash, in Arrival arrival)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (packet.IsEmpty || packet.Length > MaxPacketBytes)
            throw new ArgumentException($"A packet of {packet.Length} octets does not fit: the journal takes 1 to {MaxPacketBytes}.", nameof(packet));
        int extent = RecordHeader.ExtentOf(packet.Length);
        if ((_tail is null || _end + extent > _tail.End) && !Roll())
            return false;
        if (_end + extent - _checkpoint > _options.MaxBytes)
        {
            _fullReason = JournalFullReason.Bound;
            return false;
        }

        int offset = (int)(_end - _tail!.Start);
        _tail.Write(offset, packet, hash, arrival);
        Volatile.Write(ref _end, _end + extent);
        _fullReason = JournalFullReason.None;
        int half = _options.SegmentBytes / 2;
        if (offset < half && offset + extent >= half)
            _allocating.Wake();
        return true;
    }

    /// <summary>Goes on to the next segment; false when the bound or the disk forbids it.</summary>
    bool Roll()
    {
        if (_fullReason == JournalFullReason.Disk)
            return false;
        long number = NextNumber();
        if (number * _options.SegmentBytes - _checkpoint >= _options.MaxBytes)
        {
            _fullReason = JournalFullReason.Bound;
            return false;
        }

        LiveSegment? next = _allocator.Take(number);
        if (next is null)
        {
            _fullReason = JournalFullReason.Disk;
            return false;
        }

        Retire();
        _live.Add(next);
        _tail = next;
        Volatile.Write(ref _end, next.Start);
        return true;
    }

    /// <summary>Ends appending to the tail.</summary>
    void Retire()
    {
        _tail?.Release();
        _tail = null;
    }

    long NextNumber() => _tail is null ? _end / _options.SegmentBytes : _tail.Number + 1;

    /// <summary>Makes the next segment ready when the tail is half full or the disk refused one.</summary>
    void Prepare()
    {
        long number;
        lock (_gate)
        {
            if (_tail is not null && _end - _tail.Start < _options.SegmentBytes / 2 && _fullReason != JournalFullReason.Disk)
                return;
            number = NextNumber();
        }

        _allocator.Prepare(number);
        lock (_gate)
        {
            if (_fullReason == JournalFullReason.Disk)
                _fullReason = JournalFullReason.None;
        }

        _room.Pulse();
    }

    /// <summary>Writes to the disk what was published since the last time.</summary>
    void Flush()
    {
        long end = End;
        if (end == _flushedEnd)
            return;
        foreach (LiveSegment segment in _live.All().Where(segment => segment.End > _flushedEnd && segment.Start < end))
        {
            using LiveBlocks? mapped = _live.TryOpen(segment.Number);
            if (mapped is not null)
                segment.Flush((int)(Math.Max(_flushedEnd, segment.Start) - segment.Start), (int)(Math.Min(end, segment.End) - segment.Start));
        }

        _flushedEnd = end;
    }

    /// <summary>Seals, or deletes, the segments that are wholly indexed and no longer appended to.</summary>
    void Seal(CancellationToken cancellation)
    {
        foreach (LiveSegment segment in _live.All())
        {
            if (segment.End > Checkpoint || ReferenceEquals(segment, Volatile.Read(ref _tail)))
                return;
            if (_options.KeepsIndexed)
                _files.Sealer.Seal(segment, cancellation);
            _live.Remove(segment);
            _allocator.TakeBack(segment);
        }
    }
}
