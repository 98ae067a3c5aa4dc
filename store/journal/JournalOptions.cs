namespace Homer.Search.Journal;

/// <summary>Where the journal lies and what bounds it.</summary>
public sealed record JournalOptions(string Folder)
{
    /// <summary>
    /// Octets a segment holds, a multiple of 4,096; the number of a segment and an offset in it make a position. Never changes for a folder
    /// in use.
    /// </summary>
    public int SegmentBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>Bound on what is not indexed yet, at least two segments: then the journal is full.</summary>
    public long MaxBytes { get; init; } = 4L * 1024 * 1024 * 1024;

    /// <summary>Free disk space that is left alone: when less remains, no new segment is made and the journal is full.</summary>
    public long ReserveBytes { get; init; } = 512L * 1024 * 1024;

    /// <summary>How often the mapped pages are flushed to disk: what a power cut can cost.</summary>
    public TimeSpan FlushInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Whether indexed segments are sealed into the <see cref="Archive"/>; false deletes them, for a store that keeps the raw bytes itself.</summary>
    public bool KeepsIndexed { get; init; } = true;

    /// <summary>Free octets on the disk of a folder.</summary>
    internal Func<string, long> FreeBytes { get; init; } = static folder => new DriveInfo(Path.GetFullPath(folder)).AvailableFreeSpace;

    internal void Check()
    {
        if (SegmentBytes < 4096 || SegmentBytes % 4096 != 0)
            throw new JournalException($"A journal segment cannot have {SegmentBytes} octets: give a multiple of 4096.");
        if (MaxBytes < 2L * SegmentBytes)
            throw new JournalException($"The journal's bound of {MaxBytes} octets is below two segments: give at least {2L * SegmentBytes}.");
    }
}
