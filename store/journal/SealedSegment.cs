using System.IO.Hashing;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using ZstdSharp;

namespace Homer.Search.Journal;

/// <summary>
/// A sealed segment file: its table, and its blocks on demand. The file is opened for each read, so that retention may delete it at any
/// time.
/// </summary>
sealed class SealedSegment
{
    readonly string _path;
    readonly SealedBlock[] _blocks;

    SealedSegment(string path, SealedTrailer trailer, SealedBlock[] blocks)
    {
        _path = path;
        _blocks = blocks;
        Trailer = trailer;
    }

    public SealedTrailer Trailer { get; }

    public ReadOnlySpan<SealedBlock> Blocks => _blocks;

    /// <summary>
    /// Reads the table of a file; null when there is none. A file that is damaged is an <see cref="InvalidDataException"/>.
    /// </summary>
    public static SealedSegment? Open(string path)
    {
        using SafeFileHandle? file = TryOpenFile(path);
        if (file is null)
            return null;
        long length = RandomAccess.GetLength(file);
        SealedTrailer trailer = default;
        Span<byte> trailerBytes = MemoryMarshal.AsBytes(new Span<SealedTrailer>(ref trailer));
        long tableEnd = length - trailerBytes.Length;
        if (tableEnd < 0 || RandomAccess.Read(file, trailerBytes, tableEnd) < trailerBytes.Length || trailer.Mark != SealedTrailer.Known)
            throw Damaged(path);
        unsafe
        {
            if (trailer.Blocks < 0 || (long)trailer.Blocks * sizeof(SealedBlock) > tableEnd)
                throw Damaged(path);
        }

        SealedBlock[] blocks = new SealedBlock[trailer.Blocks];
        Span<byte> table = MemoryMarshal.AsBytes(blocks.AsSpan());
        if (RandomAccess.Read(file, table, tableEnd - table.Length) < table.Length || trailer.Checksum != trailer.ChecksumWith(table))
            throw Damaged(path);
        return new SealedSegment(path, trailer, blocks);
    }

    /// <summary>Index of the first block that ends behind an offset of the segment; the number of blocks when there is none.</summary>
    public int BlockAt(int offset)
    {
        int low = 0, high = _blocks.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (_blocks[middle].End <= offset)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }

    /// <summary>Reads the records of a block; false when the file is gone or the block is damaged.</summary>
    /// <param name="index">Which block.</param>
    /// <param name="decompressor">Used by one thread at a time.</param>
    /// <param name="records">Takes the block's <see cref="SealedBlock.Length"/> octets.</param>
    /// <param name="isDamaged">The file is there, but the block is not what was written.</param>
    public bool TryRead(int index, Decompressor decompressor, Span<byte> records, out bool isDamaged)
    {
        isDamaged = false;
        SealedBlock block = _blocks[index];
        using SafeFileHandle? file = TryOpenFile(_path);
        if (file is null)
            return false;
        byte[] stored = new byte[block.StoredLength];
        isDamaged = RandomAccess.Read(file, stored, block.FileOffset) < stored.Length
            || (uint)XxHash3.HashToUInt64(stored) != block.Checksum
            || !decompressor.TryUnwrap(stored, records, out int length)
            || length != block.Length;
        return !isDamaged;
    }

    internal static SafeFileHandle? TryOpenFile(string path)
    {
        try
        {
            return File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    static InvalidDataException Damaged(string path) => new($"{path} is damaged: its packets cannot be read.");
}
