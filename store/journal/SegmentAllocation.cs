using Microsoft.Win32.SafeHandles;

namespace Homer.Search.Journal;

/// <summary>Gives a segment file all its blocks, and their pages to the system's cache, before it is used.</summary>
static class SegmentAllocation
{
    /// <summary>Extends a file with zeros to its full size; an <see cref="IOException"/> when the disk has no room for it.</summary>
    public static void Allocate(SafeFileHandle file, string path, int bytes)
    {
        long length = RandomAccess.GetLength(file);
        if (OperatingSystem.IsLinux())
        {
            int error = Libc.Allocate(file, 0, bytes);
            if (error is not (0 or Libc.NotSupported or Libc.Invalid))
                throw new IOException($"Cannot allocate {bytes} octets for {path} (error {error}): free space on its disk.");
        }

        // Written as well, since to fault in pages that are cached costs an append a tenth of what fresh ones do.
        WriteZeros(file, length, bytes);
    }

    /// <summary>Overwrites all that a file of full size holds, which needs no pages from the system as a new one does.</summary>
    public static void Clear(SafeFileHandle file, int bytes) => WriteZeros(file, 0, bytes);

    static void WriteZeros(SafeFileHandle file, long from, int bytes)
    {
        byte[] zeros = new byte[1024 * 1024];
        for (long at = from; at < bytes; at += zeros.Length)
            RandomAccess.Write(file, zeros.AsSpan(0, (int)Math.Min(zeros.Length, bytes - at)), at);
    }
}
