using System.Runtime.InteropServices;

namespace Homer.Search.Journal;

/// <summary>
/// Finds what is valid in a segment that another process wrote, and makes gaps of the rest, so that readers need not doubt it.
/// </summary>
static class SegmentRepair
{
    /// <summary>
    /// Walks the records of a segment. What is damaged before a later valid record becomes a gap; what follows the last one is cleared.
    /// </summary>
    /// <param name="segment">All octets of the segment.</param>
    /// <param name="start">Position of its first octet.</param>
    /// <param name="journal">Id of the journal.</param>
    /// <param name="damaged">Octets that were published and can no longer be read.</param>
    /// <returns>Offset behind the last record or gap.</returns>
    public static int Mend(Span<byte> segment, long start, uint journal, out int damaged)
    {
        damaged = 0;
        int offset = 0;
        while (true)
        {
            offset = WalkValid(segment, offset, start, journal);
            int next = FindValid(segment, offset, start, journal);
            if (next < 0)
                break;
            RecordHeader.WriteGap(ref segment[offset], next - offset, start + offset, journal);
            damaged += next - offset;
            offset = next;
        }

        Span<byte> rest = segment[offset..];
        int dirty = rest.LastIndexOfAnyExcept((byte)0) + 1;
        if (dirty > 0)
        {
            // Length zero: the process ended inside an append, before the packet counted as received.
            if (MemoryMarshal.Read<int>(rest) != 0)
                damaged += dirty;
            rest[..dirty].Clear();
        }

        return offset;
    }

    /// <summary>Whether a whole record or gap stands at an offset.</summary>
    public static bool IsValid(ReadOnlySpan<byte> segment, int offset, long start, uint journal)
    {
        ReadOnlySpan<byte> rest = segment[offset..];
        if (rest.Length < 8)
            return false;
        int length = MemoryMarshal.Read<int>(rest);
        if (length < 0)
        {
            return length % 8 == 0 && -(long)length <= rest.Length
                && MemoryMarshal.Read<uint>(rest[4..]) == RecordHeader.GapChecksum(-length, start + offset, journal);
        }

        if (length is 0 or > RecordHeader.MaxPacketBytes || RecordHeader.Bytes + length > rest.Length)
            return false;
        RecordHeader header = MemoryMarshal.Read<RecordHeader>(rest);
        return header.Checksum == header.ChecksumOf(RecordHeader.Hash(rest.Slice(RecordHeader.Bytes, length)), start + offset, journal)
            || header.Checksum == header.ChecksumWithoutPacket(start + offset, journal);
    }

    static int WalkValid(Span<byte> segment, int offset, long start, uint journal)
    {
        while (offset < segment.Length && IsValid(segment, offset, start, journal))
        {
            Complete(segment[offset..], start + offset, journal);
            offset += RecordHeader.ExtentAt(in segment[offset]);
        }

        return offset;
    }

    /// <summary>Gives a record its checksum that was being rewritten when the process ended.</summary>
    static void Complete(Span<byte> at, long position, uint journal)
    {
        if (MemoryMarshal.Read<int>(at) < 0)
            return;
        ref RecordHeader header = ref MemoryMarshal.AsRef<RecordHeader>(at);
        if (header.Checksum == header.ChecksumWithoutPacket(position, journal))
            header.Checksum = header.ChecksumOf(RecordHeader.Hash(at.Slice(RecordHeader.Bytes, header.Length)), position, journal);
    }

    /// <summary>Offset of the first whole record behind an offset; below zero when there is none.</summary>
    public static int FindValid(ReadOnlySpan<byte> segment, int offset, long start, uint journal)
    {
        for (offset += 8; offset < segment.Length; offset += 8)
        {
            int zeros = segment[offset..].IndexOfAnyExcept((byte)0);
            if (zeros < 0)
                return -1;
            offset += zeros & ~7;
            if (IsValid(segment, offset, start, journal))
                return offset;
        }

        return -1;
    }
}
