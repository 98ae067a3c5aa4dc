namespace Homer.Search.Journal;

/// <summary>Where the journal lies and what bounds it.</summary>
public sealed record JournalOptions(string Folder)
{
    /// <summary>Octets a segment holds; the number of a segment and an offset in it make a position. Never changes for a folder in use.</summary>
    public int SegmentBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>Bound on segments not yet indexed: then the journal is full.</summary>
    public long MaxBytes { get; init; } = 4L * 1024 * 1024 * 1024;

    /// <summary>Free disk space that is left alone: when less remains, no new segment is made and the journal is full.</summary>
    public long ReserveBytes { get; init; } = 512L * 1024 * 1024;

    /// <summary>How often the mapped pages are flushed to disk: what a power cut can cost.</summary>
    public TimeSpan FlushInterval { get; init; } = TimeSpan.FromSeconds(1);
}
