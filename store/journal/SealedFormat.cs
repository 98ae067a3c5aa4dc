using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace Homer.Search.Journal;

/// <summary>One zstd block of a sealed segment, as the table before the trailer lists it.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
readonly struct SealedBlock(int start, int length, long fileOffset, int storedLength, uint checksum)
{
    /// <summary>Offset in the segment of its first octet: where a record begins.</summary>
    public readonly int Start = start;

    /// <summary>Octets it stands for: whole records.</summary>
    public readonly int Length = length;

    /// <summary>Where it lies in the file.</summary>
    public readonly long FileOffset = fileOffset;

    /// <summary>Octets in the file.</summary>
    public readonly int StoredLength = storedLength;

    /// <summary>Over the octets in the file.</summary>
    public readonly uint Checksum = checksum;

    public int End => Start + Length;
}

/// <summary>The last octets of a sealed segment: blocks, table of <see cref="SealedBlock"/>, this.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
struct SealedTrailer
{
    /// <summary>"HOMERZ1\n" as octets.</summary>
    public const ulong Known = 0x0a315a52454d4f48;

    public long Number;
    public long Records;
    public long FirstNanoseconds;
    public long LastNanoseconds;
    public int Blocks;
    public uint Journal;

    /// <summary>Over the table and what stands above in this trailer.</summary>
    public ulong Checksum;
    public ulong Mark;

    public readonly ulong ChecksumWith(ReadOnlySpan<byte> table)
    {
        SealedTrailer trailer = this;
        trailer.Checksum = 0;
        return XxHash3.HashToUInt64(MemoryMarshal.AsBytes(new ReadOnlySpan<SealedTrailer>(in trailer)), (long)XxHash3.HashToUInt64(table));
    }
}
