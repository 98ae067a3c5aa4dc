using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Homer.Search.Journal;

/// <summary>
/// The octets of a segment file in memory, shared with all who map it. On Linux by the system's own calls: the mapping of .NET writes all its pages to the
/// disk when it ends, with whoever ends it waiting, which here is who takes packets in.
/// </summary>
sealed unsafe class SegmentMapping : IDisposable
{
    readonly string _path;
    readonly int _bytes;
    readonly MemoryMappedFile? _file;
    readonly MemoryMappedViewAccessor? _view;
    byte* _base;

    SegmentMapping(string path, SafeFileHandle file, int bytes)
    {
        _path = path;
        _bytes = bytes;
        if (OperatingSystem.IsLinux())
        {
            nint mapped = Libc.Map(0, (nuint)bytes, Libc.ReadAndWrite, Libc.Shared, file, 0);
            if (mapped == Libc.MapFailed)
                throw new IOException($"Cannot map {path} (error {Marshal.GetLastPInvokeError()}): raise vm.max_map_count, or the limit of address space.");
            _base = (byte*)mapped;
            return;
        }

        _file = MemoryMappedFile.CreateFromFile(file, null, bytes, MemoryMappedFileAccess.ReadWrite, HandleInheritability.None, leaveOpen: true);
        _view = _file.CreateViewAccessor(0, bytes, MemoryMappedFileAccess.ReadWrite);
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref _base);
    }

    /// <summary>Maps a file of this length; an <see cref="IOException"/> when the system has no room for it.</summary>
    public static SegmentMapping Of(string path, SafeFileHandle file, int bytes) => new(path, file, bytes);

    /// <summary>The first octet.</summary>
    public byte* Base => _base;

    /// <summary>Gives back the memory of pages; their octets stay in the file, and in the system's cache of it.</summary>
    public void Forget(int from, int to)
    {
        if (!OperatingSystem.IsWindows())
            _ = Libc.Advise(_base + from, (nuint)(to - from), Libc.DontNeed);
    }

    /// <summary>Writes a range to the disk, and not the empty rest behind it.</summary>
    public void Flush(int from, int to)
    {
        if (_view is not null)
        {
            _view.Flush();
            return;
        }

        // A page that is mapped for writing is made clean by itself, with an interrupt to every other processor; pages that are not mapped cost none, and who
        // reads them maps them again, many at a time.
        int page = from & ~4095;
        Forget(page, to & ~4095);
        if (Libc.SyncMapping(_base + page, (nuint)(to - page), Libc.Synchronous) != 0)
            throw new IOException($"Cannot flush {_path} (error {Marshal.GetLastPInvokeError()}): check its disk.");
    }

    public void Dispose()
    {
        if (_view is null)
        {
            _ = Libc.Unmap(_base, (nuint)_bytes);
        }
        else
        {
            _view.SafeMemoryMappedViewHandle.ReleasePointer();
            _view.Dispose();
            _file!.Dispose();
        }

        _base = null;
    }
}
