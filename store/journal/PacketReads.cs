using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Homer.Search.Journal;

/// <summary>
/// Reads many packets of a journal one after another, as a writer does that stores them: keeps the live segment open that it read last, and reads
/// ahead in it. Used by one thread.
/// </summary>
public sealed class PacketReads : IDisposable
{
    const int WindowBytes = 256 * 1024;

    readonly Archive _archive;
    readonly SegmentFolder _folder;
    SafeFileHandle? _file;
    long _number = -1;
    byte[] _window = new byte[WindowBytes];
    int _windowStart;
    int _windowLength;

    internal PacketReads(Archive archive, SegmentFolder folder)
    {
        _archive = archive;
        _folder = folder;
    }

    /// <summary>
    /// The packet at a position as <see cref="Archive.TryRead"/> finds it; empty when it is not there. Its octets hold until the next call.
    /// </summary>
    public ReadOnlySpan<byte> Read(long position)
    {
        position &= ~7L;
        if (position >= 0 && _archive.Journal is { } journal)
        {
            (long number, long offset) = Math.DivRem(position, journal.SegmentBytes);
            if (IsOpen(number) && (TryTake(journal, (int)offset, position, out ReadOnlySpan<byte> packet) || TryFetch(journal, (int)offset, position, out packet)))
                return packet;
        }

        return _archive.TryRead(position, out ArchivedPacket archived) ? archived.Packet : default;
    }

    /// <summary>Lets go of what was read ahead: the indexer may have masked it meanwhile, as it has every record whose row it handed over.</summary>
    public void Renew() => _windowLength = 0;

    public void Dispose() => _file?.Dispose();

    bool IsOpen(long number)
    {
        if (_number == number)
            return true;
        _file?.Dispose();
        _file = SealedSegment.TryOpenFile(_folder.Live(number));
        _number = _file is null ? -1 : number;
        _windowLength = 0;
        return _file is not null;
    }

    /// <summary>Takes the packet out of what was read ahead, which may be from before it was published.</summary>
    bool TryTake(JournalIdentity journal, int offset, long position, out ReadOnlySpan<byte> packet)
    {
        packet = default;
        int start = offset - _windowStart;
        if (start < 0 || start > _windowLength - RecordHeader.Bytes)
            return false;
        ReadOnlySpan<byte> rest = _window.AsSpan(start, _windowLength - start);
        RecordHeader header = MemoryMarshal.Read<RecordHeader>(rest);
        if (header.Length <= 0 || header.Length > rest.Length - RecordHeader.Bytes)
            return false;
        packet = rest.Slice(RecordHeader.Bytes, header.Length);
        return header.Checksum == header.ChecksumOf(RecordHeader.Hash(packet), position, journal.Id);
    }

    bool TryFetch(JournalIdentity journal, int offset, long position, out ReadOnlySpan<byte> packet)
    {
        Fill(offset, WindowBytes);
        if (TryTake(journal, offset, position, out packet))
            return true;
        int length = _windowLength < RecordHeader.Bytes ? 0 : MemoryMarshal.Read<RecordHeader>(_window).Length;
        if (length is <= 0 or > RecordHeader.MaxPacketBytes || RecordHeader.ExtentOf(length) <= _windowLength)
            return false;
        Fill(offset, RecordHeader.ExtentOf(length));
        return TryTake(journal, offset, position, out packet);
    }

    void Fill(int offset, int length)
    {
        if (_window.Length < length)
            _window = new byte[length];
        _windowStart = offset;
        _windowLength = RandomAccess.Read(_file!, _window.AsSpan(0, length), offset);
    }
}
