using System.Runtime.InteropServices;
using Homer.Search.Protocol;
using Microsoft.Win32.SafeHandles;

namespace Homer.Search.Journal;

/// <summary>
/// Reads packets by position from live segment files, from this process or beside the one that appends: what is mapped there is seen by
/// reads, and a
/// checksum tells a published record from one being written.
/// </summary>
static class LiveReads
{
    /// <summary>The packet whose record begins at an offset; false also when the segment file is gone.</summary>
    public static bool TryRead(string path, JournalIdentity journal, int offset, long position, out ArchivedPacket packet)
    {
        packet = default;
        using SafeFileHandle? file = SealedSegment.TryOpenFile(path);
        if (file is null || !TryReadHeader(file, offset, out RecordHeader header))
            return false;
        if (header.Length is <= 0 or > RecordHeader.MaxPacketBytes || offset + RecordHeader.ExtentOf(header.Length) > journal.SegmentBytes)
            return false;
        byte[] octets = new byte[header.Length];
        if (RandomAccess.Read(file, octets, offset + RecordHeader.Bytes) < octets.Length
            || header.Checksum != header.ChecksumOf(RecordHeader.Hash(octets), position, journal.Id))
            return false;
        packet = new ArchivedPacket(position, header.Arrival, octets);
        return true;
    }

    /// <summary>When the first packet of a segment arrived; null when it holds none or is gone.</summary>
    public static Instant? FirstArrival(string path)
    {
        using SafeFileHandle? file = SealedSegment.TryOpenFile(path);
        return file is not null && TryReadHeader(file, 0, out RecordHeader header) && header.Length > 0 ? header.Arrival.Time : null;
    }

    static bool TryReadHeader(SafeFileHandle file, int offset, out RecordHeader header)
    {
        header = default;
        return RandomAccess.Read(file, MemoryMarshal.AsBytes(new Span<RecordHeader>(ref header)), offset) == RecordHeader.Bytes;
    }
}
