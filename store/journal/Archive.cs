using Homer.Search.Protocol;

namespace Homer.Search.Journal;

/// <summary>
/// The raw bytes behind stored documents: reads records by position from live and sealed segments, and drops old segments.
/// </summary>
public sealed class Archive
{
    readonly SegmentFolder _folder;
    readonly SealedReads _sealed;
    JournalIdentity? _journal;

    Archive(SegmentFolder folder)
    {
        _folder = folder;
        _sealed = new SealedReads(folder);
    }

    /// <summary>
    /// Reads the folder of a journal; works beside the process that appends to it, and on a folder that holds no journal yet (then it is
    /// empty).
    /// </summary>
    public static Archive Open(string folder) => new(new SegmentFolder(folder));

    /// <summary>All segments, oldest first. A sealed one whose table is damaged has no records and no arrivals.</summary>
    public IReadOnlyList<SegmentSummary> Segments
    {
        get
        {
            if (Journal is not { } journal)
                return [];
            // Live ones first, since the sealed file is there before the live one goes: so none is missed, and one found twice counts as sealed.
            List<long> live = _folder.LiveNumbers();
            List<long> final = _folder.SealedNumbers();
            return
            [
                .. live.Except(final).Select(number => SummarizeLive(number, journal))
                    .Concat(final.Select(number => SummarizeSealed(number, journal)))
                    .OrderBy(segment => segment.Number),
            ];
        }
    }

    /// <summary>Octets on disk, sealed and live.</summary>
    public long Bytes =>
        _folder.SealedNumbers().Sum(number => LengthOf(_folder.Sealed(number))) + _folder.LiveNumbers().Sum(number => LengthOf(_folder.Live(number)));

    /// <summary>Sealed blocks and segments that could not be read, since this was opened.</summary>
    public long DamagedBlocks => _sealed.Damaged;

    internal JournalIdentity? Journal => _journal ??= JournalIdentity.Read(_folder.Path);

    /// <summary>
    /// The packet at a position; false when retention has taken it or its block is damaged (counted). A document's <c>event.sequence</c>
    /// serves
    /// as it is: what stands below a multiple of 8 is left aside. Safe for several threads.
    /// </summary>
    public bool TryRead(long position, out ArchivedPacket packet)
    {
        packet = default;
        position &= ~7L;
        if (position < 0 || Journal is not { } journal)
            return false;
        (long number, long offset) = Math.DivRem(position, journal.SegmentBytes);
        if (_sealed.Find(number) is { } segment)
            return _sealed.TryRead(segment, (int)offset, position, out packet);
        if (LiveReads.TryRead(_folder.Live(number), journal, (int)offset, position, out packet))
            return true;
        // Perhaps sealed since we looked for that, and the file gone or used again.
        return _sealed.Find(number) is { } sealedNow && _sealed.TryRead(sealedNow, (int)offset, position, out packet);
    }

    /// <summary>The packets at many positions, in the same order, null where there is none; each block is read once.</summary>
    public IReadOnlyList<ArchivedPacket?> Read(ReadOnlySpan<long> positions)
    {
        ArchivedPacket?[] packets = new ArchivedPacket?[positions.Length];
        long[] sorted = positions.ToArray();
        int[] places = [.. Enumerable.Range(0, sorted.Length)];
        Array.Sort(sorted, places);
        for (int index = 0; index < sorted.Length; index++)
            packets[places[index]] = TryRead(sorted[index], out ArchivedPacket packet) ? packet : null;
        return packets;
    }

    /// <summary>Reads by one thread that come one after another, mostly of what was captured last; to be disposed.</summary>
    public PacketReads OpenReads() => new(this, _folder);

    /// <summary>All packets of a segment in order, each held to its checksum; what is damaged is passed over and counted.</summary>
    public IEnumerable<ArchivedPacket> Packets(SegmentSummary segment, DamageCount damage)
    {
        if (Journal is not { } journal)
            return [];
        // The one that is appended to, and that which is made ready behind it.
        bool isWritten = _folder.LiveNumbers() is [.., long last] && segment.Number >= last - 1;
        return segment.IsSealed
            ? SegmentPackets.OfSealed(_folder.Sealed(segment.Number), segment.Start, segment.End, damage)
            : SegmentPackets.OfLive(_folder.Live(segment.Number), segment.Start, journal, isWritten, damage);
    }

    /// <summary>Deletes sealed segments that lie wholly before a position; returns the octets freed.</summary>
    public long DropBefore(long position)
    {
        if (Journal is not { } journal)
            return 0;
        long freed = 0;
        foreach (long number in _folder.SealedNumbers().TakeWhile(number => (number + 1) * journal.SegmentBytes <= position))
        {
            string path = _folder.Sealed(number);
            freed += LengthOf(path);
            File.Delete(path);
        }

        return freed;
    }

    SegmentSummary SummarizeSealed(long number, JournalIdentity journal)
    {
        long start = number * journal.SegmentBytes;
        SealedTrailer? trailer = _sealed.Find(number)?.Trailer;
        bool isEmpty = trailer is null or { Records: 0 };
        return new SegmentSummary(
            number,
            start,
            start + journal.SegmentBytes,
            IsSealed: true,
            LengthOf(_folder.Sealed(number)),
            trailer?.Records,
            isEmpty ? null : new Instant(trailer!.Value.FirstNanoseconds),
            isEmpty ? null : new Instant(trailer!.Value.LastNanoseconds));
    }

    SegmentSummary SummarizeLive(long number, JournalIdentity journal)
    {
        long start = number * journal.SegmentBytes;
        string path = _folder.Live(number);
        return new SegmentSummary(
            number, start, start + journal.SegmentBytes, IsSealed: false, LengthOf(path), Records: null, LiveReads.FirstArrival(path), Last: null);
    }

    static long LengthOf(string path)
    {
        FileInfo file = new(path);
        return file.Exists ? file.Length : 0;
    }
}
