using Microsoft.Win32.SafeHandles;

namespace Homer.Search.Journal;

/// <summary>Gives a segment file all its blocks before it is used.</summary>
static class SegmentAllocation
{
    /// <summary>Extends a file to its full size, keeping what it holds; an <see cref="IOException"/> when the disk has no room for it.</summary>
    public static void Allocate(SafeFileHandle file, string path, int bytes)
    {
        if (OperatingSystem.IsLinux())
        {
            int error = Libc.Allocate(file, 0, bytes);
            if (error == 0)
                return;
            if (error is not (Libc.NotSupported or Libc.Invalid))
                throw new IOException($"Cannot allocate {bytes} octets for {path} (error {error}): free space on its disk.");
        }

        WriteZeros(file, bytes);
    }

    static void WriteZeros(SafeFileHandle file, int bytes)
    {
        byte[] zeros = new byte[64 * 1024];
        for (long at = RandomAccess.GetLength(file); at < bytes; at += zeros.Length)
            RandomAccess.Write(file, zeros.AsSpan(0, (int)Math.Min(zeros.Length, bytes - at)), at);
    }
}
