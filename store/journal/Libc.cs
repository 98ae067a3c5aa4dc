using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Homer.Search.Journal;

/// <summary>The calls of POSIX that .NET has no name for.</summary>
static partial class Libc
{
    public const int ReadOnly = 0; // O_RDONLY, which opens a folder as well
    public const int DontNeed = 4; // MADV_DONTNEED
    public const int Synchronous = 4; // MS_SYNC
    public const int NotSupported = 95, Invalid = 22; // EOPNOTSUPP, EINVAL

    [LibraryImport("libc", EntryPoint = "posix_fallocate")]
    public static partial int Allocate(SafeFileHandle file, long offset, long length);

    [LibraryImport("libc", EntryPoint = "madvise")]
    public static unsafe partial int Advise(void* start, nuint length, int advice);

    [LibraryImport("libc", EntryPoint = "msync", SetLastError = true)]
    public static unsafe partial int SyncMapping(void* start, nuint length, int flags);

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    public static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    public static partial int Sync(int file);

    [LibraryImport("libc", EntryPoint = "close")]
    public static partial int Close(int file);
}
