using System.Buffers.Binary;
using System.IO.Hashing;
using Microsoft.Win32.SafeHandles;

namespace Homer.Search.Journal;

/// <summary>
/// Keeps one position through crashes and power cuts: two slots a sector apart, written in turn and flushed, of which the farther valid one
/// counts. So a
/// torn write costs one step, and no name in the folder changes each second.
/// </summary>
sealed class CheckpointFile : IDisposable
{
    const int SlotBytes = 4096, EntryBytes = 24;

    readonly SafeFileHandle _file;
    readonly uint _journal;
    int _slot;

    public CheckpointFile(string folder, uint journal)
    {
        _journal = journal;
        _file = File.OpenHandle(Path.Combine(folder, "checkpoint"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
        for (int slot = 0; slot < 2; slot++)
        {
            if (Read(slot) is long position && position >= Position)
                (Position, _slot) = (position, slot);
        }
    }

    /// <summary>The farthest position written; zero when there is none.</summary>
    public long Position { get; private set; }

    /// <summary>Keeps a farther position; durable when this returns.</summary>
    public void Write(long position)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(position, Position);
        Span<byte> entry = stackalloc byte[EntryBytes];
        BinaryPrimitives.WriteInt64LittleEndian(entry, position);
        BinaryPrimitives.WriteInt64LittleEndian(entry[8..], _journal);
        BinaryPrimitives.WriteUInt64LittleEndian(entry[16..], XxHash3.HashToUInt64(entry[..16]));
        _slot ^= 1;
        RandomAccess.Write(_file, entry, (long)_slot * SlotBytes);
        RandomAccess.FlushToDisk(_file);
        Position = position;
    }

    public void Dispose() => _file.Dispose();

    long? Read(int slot)
    {
        Span<byte> entry = stackalloc byte[EntryBytes];
        if (RandomAccess.Read(_file, entry, (long)slot * SlotBytes) < EntryBytes
            || BinaryPrimitives.ReadUInt64LittleEndian(entry[16..]) != XxHash3.HashToUInt64(entry[..16])
            || BinaryPrimitives.ReadInt64LittleEndian(entry[8..]) != _journal)
            return null;
        return BinaryPrimitives.ReadInt64LittleEndian(entry);
    }
}
