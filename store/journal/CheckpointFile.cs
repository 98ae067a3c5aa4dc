using System.Buffers.Binary;
using System.IO.Hashing;
using Microsoft.Win32.SafeHandles;

namespace Homer.Search.Journal;

/// <summary>
/// Keeps a position, and the ends of the units begun behind it, through crashes and power cuts: two slots a page apart, written in turn and flushed, of
/// which the later valid one counts. So a torn write costs one step, and no name in the folder changes each second.
/// </summary>
sealed class CheckpointFile : IDisposable
{
    /// <summary>More units are not kept behind one position.</summary>
    public const int MaximumEnds = 64;

    const int SlotBytes = 4096, HeadBytes = 32, HashBytes = 8, MaximumBytes = HeadBytes + (MaximumEnds * sizeof(long)) + HashBytes;

    readonly SafeFileHandle _file;
    readonly uint _journal;
    long _version;

    public CheckpointFile(string folder, uint journal)
    {
        _journal = journal;
        _file = File.OpenHandle(Path.Combine(folder, "checkpoint"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
        for (int slot = 0; slot < 2; slot++)
            Read(slot);
    }

    /// <summary>Zero when none was written.</summary>
    public long Position { get; private set; }

    /// <summary>Ends of units behind the position, ascending.</summary>
    public IReadOnlyList<long> Ends { get; private set; } = [];

    /// <summary>Keeps these in place of what was there; durable when this returns.</summary>
    public void Write(long position, IReadOnlyList<long> ends)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(position, Position);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(ends.Count, MaximumEnds);
        Span<byte> entry = stackalloc byte[MaximumBytes];
        BinaryPrimitives.WriteInt64LittleEndian(entry, _version + 1);
        BinaryPrimitives.WriteInt64LittleEndian(entry[8..], position);
        BinaryPrimitives.WriteInt64LittleEndian(entry[16..], _journal);
        BinaryPrimitives.WriteInt64LittleEndian(entry[24..], ends.Count);
        for (int index = 0; index < ends.Count; index++)
            BinaryPrimitives.WriteInt64LittleEndian(entry[(HeadBytes + (index * sizeof(long)))..], ends[index]);
        int length = HeadBytes + (ends.Count * sizeof(long));
        BinaryPrimitives.WriteUInt64LittleEndian(entry[length..], XxHash3.HashToUInt64(entry[..length]));

        RandomAccess.Write(_file, entry[..(length + HashBytes)], (_version + 1) % 2 * SlotBytes);
        RandomAccess.FlushToDisk(_file);
        _version++;
        (Position, Ends) = (position, ends);
    }

    public void Dispose() => _file.Dispose();

    void Read(int slot)
    {
        Span<byte> entry = stackalloc byte[MaximumBytes];
        int read = RandomAccess.Read(_file, entry, (long)slot * SlotBytes);
        long count = read < HeadBytes ? -1 : BinaryPrimitives.ReadInt64LittleEndian(entry[24..]);
        if (count is < 0 or > MaximumEnds)
            return;
        int length = HeadBytes + ((int)count * sizeof(long));
        if (read < length + HashBytes || BinaryPrimitives.ReadUInt64LittleEndian(entry[length..]) != XxHash3.HashToUInt64(entry[..length])
            || BinaryPrimitives.ReadInt64LittleEndian(entry[16..]) != _journal)
            return;

        long version = BinaryPrimitives.ReadInt64LittleEndian(entry);
        if (version <= _version)
            return;
        var ends = new long[count];
        for (int index = 0; index < ends.Length; index++)
            ends[index] = BinaryPrimitives.ReadInt64LittleEndian(entry[(HeadBytes + (index * sizeof(long)))..]);
        (_version, Position, Ends) = (version, BinaryPrimitives.ReadInt64LittleEndian(entry[8..]), ends);
    }
}
