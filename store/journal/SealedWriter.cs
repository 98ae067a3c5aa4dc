using System.IO.Hashing;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using ZstdSharp;

namespace Homer.Search.Journal;

/// <summary>Writes one sealed segment file, block by block.</summary>
sealed class SealedWriter(string path, long number, uint journal) : IDisposable
{
    /// <summary>Level 1 of zstd.</summary>
    public const int Level = 1;

    readonly SafeFileHandle _file = File.OpenHandle(path, FileMode.Create, FileAccess.Write);
    readonly Compressor _compressor = new(Level);
    readonly List<SealedBlock> _blocks = [];
    byte[] _stored = [];
    long _length;
    long _records;
    long _first = long.MaxValue;
    long _last = long.MinValue;

    /// <summary>Takes note of a record that goes into the next block.</summary>
    public void Count(long arrivalNanoseconds)
    {
        _records++;
        _first = Math.Min(_first, arrivalNanoseconds);
        _last = Math.Max(_last, arrivalNanoseconds);
    }

    /// <summary>Compresses and writes whole records that begin at an offset of the segment.</summary>
    public void WriteBlock(ReadOnlySpan<byte> records, int start)
    {
        int bound = Compressor.GetCompressBound(records.Length);
        if (_stored.Length < bound)
            _stored = new byte[bound];
        Span<byte> stored = _stored.AsSpan(0, _compressor.Wrap(records, _stored));
        RandomAccess.Write(_file, stored, _length);
        _blocks.Add(new SealedBlock(start, records.Length, _length, stored.Length, (uint)XxHash3.HashToUInt64(stored)));
        _length += stored.Length;
    }

    /// <summary>Writes table and trailer, and flushes all to the disk.</summary>
    public void Finish()
    {
        ReadOnlySpan<byte> table = MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(_blocks));
        SealedTrailer trailer = new()
        {
            Number = number,
            Records = _records,
            FirstNanoseconds = _first,
            LastNanoseconds = _last,
            Blocks = _blocks.Count,
            Journal = journal,
            Mark = SealedTrailer.Known,
        };
        trailer.Checksum = trailer.ChecksumWith(table);
        RandomAccess.Write(_file, table, _length);
        RandomAccess.Write(_file, MemoryMarshal.AsBytes(new ReadOnlySpan<SealedTrailer>(in trailer)), _length + table.Length);
        RandomAccess.FlushToDisk(_file);
    }

    public void Dispose()
    {
        _compressor.Dispose();
        _file.Dispose();
    }
}
