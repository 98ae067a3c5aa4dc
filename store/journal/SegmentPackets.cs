using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using ZstdSharp;

namespace Homer.Search.Journal;

/// <summary>All packets of one segment file in order, each held to its checksum; what is damaged is passed over and counted.</summary>
static class SegmentPackets
{
    public static IEnumerable<ArchivedPacket> OfSealed(string path, long start, long end, DamageCount damage)
    {
        if (Open(path, end - start, damage) is not { } segment)
            yield break;
        using var decompressor = new Decompressor();
        for (int index = 0; index < segment.Blocks.Length; index++)
        {
            SealedBlock block = segment.Blocks[index];
            byte[] records = new byte[block.Length];
            if (!segment.TryRead(index, decompressor, records, out bool isDamaged))
            {
                damage.Add(isDamaged ? block.Length : 0);
                continue;
            }

            for (int offset = 0; offset < records.Length; offset += RecordHeader.ExtentAt(in records[offset]))
            {
                if (MemoryMarshal.Read<int>(records.AsSpan(offset)) > 0)
                    yield return PacketAt(records, offset, start + block.Start);
            }
        }
    }

    /// <param name="isWritten">It may be appended to: what is not whole at its end is no damage.</param>
    public static IEnumerable<ArchivedPacket> OfLive(string path, long start, JournalIdentity journal, bool isWritten, DamageCount damage)
    {
        byte[] segment = Read(path, journal.SegmentBytes);
        for (int offset = 0; offset < segment.Length;)
        {
            if (SegmentRepair.IsValid(segment, offset, start, journal.Id))
            {
                if (MemoryMarshal.Read<int>(segment.AsSpan(offset)) > 0)
                    yield return PacketAt(segment, offset, start);
                offset += RecordHeader.ExtentAt(in segment[offset]);
                continue;
            }

            int next = isWritten ? -1 : SegmentRepair.FindValid(segment, offset, start, journal.Id);
            if (!isWritten && (next >= 0 || MemoryMarshal.Read<int>(segment.AsSpan(offset)) != 0))
                damage.Add((next < 0 ? segment.Length : next) - offset);
            offset = next < 0 ? segment.Length : next;
        }
    }

    static SealedSegment? Open(string path, long octets, DamageCount damage)
    {
        try
        {
            return SealedSegment.Open(path);
        }
        catch (InvalidDataException)
        {
            damage.Add(octets);
            return null;
        }
    }

    /// <summary>Nothing when it is gone meanwhile; its file may then hold another segment.</summary>
    static byte[] Read(string path, int bytes)
    {
        using SafeFileHandle? file = SealedSegment.TryOpenFile(path);
        if (file is null)
            return [];
        byte[] octets = new byte[bytes];
        int length = 0;
        for (int read; length < bytes && (read = RandomAccess.Read(file, octets.AsSpan(length), length)) > 0;)
            length += read;
        return File.Exists(path) ? octets[..length] : [];
    }

    static ArchivedPacket PacketAt(byte[] records, int offset, long start)
    {
        RecordHeader header = MemoryMarshal.Read<RecordHeader>(records.AsSpan(offset));
        return new ArchivedPacket(start + offset, header.Arrival, records.AsSpan(offset + RecordHeader.Bytes, header.Length).ToArray());
    }
}
