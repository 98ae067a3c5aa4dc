using Microsoft.Win32.SafeHandles;

namespace Homer.Search.Journal;

/// <summary>
/// One segment file that is written, followed or waiting to be sealed. It is mapped while someone uses it: the journal the one it appends
/// to, each reader the one it stands in. So what is resident is bounded by the users, not by how far the indexer is behind.
/// </summary>
sealed unsafe class LiveSegment(SegmentFolder folder, long number, JournalIdentity journal, DamageCount damage)
{
    readonly int _bytes = journal.SegmentBytes;
    readonly Lock _gate = new();
    SegmentMapping? _mapping;
    byte* _base;
    int _users;
    int _forgotten;
    bool _isTrusted;

    public long Number { get; } = number;

    /// <summary>Position of the first octet.</summary>
    public long Start { get; } = number * journal.SegmentBytes;

    public long End => Start + _bytes;

    public string Path { get; } = folder.Live(number);

    /// <summary>Offset behind the last record of what another process wrote, once acquired.</summary>
    public int FoundEnd { get; private set; }

    /// <summary>Whether someone has it mapped.</summary>
    public bool IsUsed
    {
        get
        {
            lock (_gate)
                return _users > 0;
        }
    }

    /// <summary>Where the octets are mapped; valid while acquired.</summary>
    public byte* Base => _base;

    /// <summary>
    /// Makes a segment of zeros whose octets are all allocated, so that a full disk is an error here and never a fault in the mapping.
    /// </summary>
    /// <param name="spare">The file of a segment that has been sealed, which becomes this one's; null to make one.</param>
    public static LiveSegment Create(SegmentFolder folder, long number, JournalIdentity journal, DamageCount damage, string? spare)
    {
        string unfinished = folder.New(number);
        try
        {
            if (spare is not null)
                File.Move(spare, unfinished, overwrite: true);
            FileMode mode = spare is null ? FileMode.Create : FileMode.Open;
            using (SafeFileHandle file = File.OpenHandle(unfinished, mode, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete))
            {
                if (spare is null)
                    SegmentAllocation.Allocate(file, unfinished, journal.SegmentBytes);
                else
                    SegmentAllocation.Clear(file, journal.SegmentBytes);
            }

            folder.Publish(unfinished, folder.Live(number));
        }
        catch (IOException)
        {
            File.Delete(unfinished);
            throw;
        }

        return new LiveSegment(folder, number, journal, damage) { _isTrusted = true };
    }

    /// <summary>Maps the octets, or shares the mapping; the first use of what another process wrote mends it.</summary>
    public void Acquire()
    {
        lock (_gate)
        {
            if (_users == 0)
                Map();
            _users++;
            if (!_isTrusted)
                Mend();
        }
    }

    /// <summary>Ends a use; the last one unmaps.</summary>
    public void Release()
    {
        lock (_gate)
        {
            if (--_users == 0)
                Unmap();
        }
    }

    /// <summary>Publishes a packet at an offset where there is room; the caller is the only one who writes.</summary>
    public void Write(int offset, ReadOnlySpan<byte> packet, ulong hash, in Arrival arrival)
    {
        byte* at = _base + offset;
        RecordHeader header = new(packet.Length, arrival);
        header.Checksum = header.ChecksumOf(hash, Start + offset, journal.Id);
        header.Length = 0;
        *(RecordHeader*)at = header;
        packet.CopyTo(new Span<byte>(at + RecordHeader.Bytes, packet.Length));
        // Last: a length says that all before it is there.
        Volatile.Write(ref *(int*)at, packet.Length);
    }

    /// <summary>Makes octets that hold nothing a gap, which readers pass over.</summary>
    public void WriteGap(int offset, int extent) => RecordHeader.WriteGap(ref _base[offset], extent, Start + offset, journal.Id);

    /// <summary>Makes a gap of the record at an offset: nothing of its packet stays. The caller is the only one who rewrites.</summary>
    public void Remove(int offset)
    {
        int extent = RecordHeader.ExtentAt(in _base[offset]);
        RecordHeader.WriteGap(ref _base[offset], extent, Start + offset, journal.Id);
        new Span<byte>(_base + offset + RecordHeader.GapBytes, extent - RecordHeader.GapBytes).Clear();
    }

    /// <summary>Overwrites a part of the packet of the record at an offset. The caller is the only one who rewrites.</summary>
    public void Rewrite(int offset, int from, ReadOnlySpan<byte> octets)
    {
        RecordHeader* record = (RecordHeader*)(_base + offset);
        Span<byte> packet = new(record + 1, record->Length);
        Volatile.Write(ref record->Checksum, record->ChecksumWithoutPacket(Start + offset, journal.Id));
        octets.CopyTo(packet[from..]);
        Volatile.Write(ref record->Checksum, record->ChecksumOf(RecordHeader.Hash(packet), Start + offset, journal.Id));
    }

    /// <summary>Gives back the memory of octets that are not needed again soon; they stay in the file.</summary>
    public void Forget(int before)
    {
        lock (_gate)
        {
            int pages = before & ~4095;
            if (_users == 0 || pages <= _forgotten)
                return;
            _mapping!.Forget(_forgotten, pages);
            _forgotten = pages;
        }
    }

    /// <summary>Writes a range to the disk, and not the empty rest behind it; the segment is acquired.</summary>
    public void Flush(int from, int to) => _mapping!.Flush(from, to);

    void Mend()
    {
        FoundEnd = SegmentRepair.Mend(new Span<byte>(_base, _bytes), Start, journal.Id, out int damaged);
        damage.Add(damaged);
        _isTrusted = true;
    }

    void Map()
    {
        using SafeFileHandle file = File.OpenHandle(Path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        if (RandomAccess.GetLength(file) != _bytes)
            SegmentAllocation.Allocate(file, Path, _bytes);
        _mapping = SegmentMapping.Of(Path, file, _bytes);
        _base = _mapping.Base;
        _forgotten = 0;
    }

    void Unmap()
    {
        _mapping!.Dispose();
        _mapping = null;
        _base = null;
    }
}
