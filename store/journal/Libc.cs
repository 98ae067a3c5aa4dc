using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Homer.Search.Journal;

/// <summary>The calls of POSIX that .NET has no name for.</summary>
static partial class Libc
{
    public const int ReadOnly = 0; // O_RDONLY, which opens a folder as well
    public const int DontNeed = 4; // MADV_DONTNEED
    public const int Synchronous = 4; // MS_SYNC
    public const int ReadAndWrite = 3; // PROT_READ | PROT_WRITE
    public const int Shared = 1; // MAP_SHARED
    public const nint MapFailed = -1; // MAP_FAILED
    public const int NotSupported = 95, Invalid = 22; // EOPNOTSUPP, EINVAL

    [LibraryImport("libc", EntryPoint = "posix_fallocate")]
    public static partial int Allocate(SafeFileHandle file, long offset, long length);

    [LibraryImport("libc", EntryPoint = "mmap", SetLastError = true)]
    public static partial nint Map(nint wanted, nuint length, int protection, int flags, SafeFileHandle file, long offset);

    [LibraryImport("libc", EntryPoint = "munmap")]
    public static unsafe partial int Unmap(void* start, nuint length);

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
