namespace Homer.Search.Journal;

/// <summary>The raw bytes behind stored documents: reads records by position from live and sealed segments, and drops old segments.</summary>
public sealed class Archive
{
    /// <summary>
    /// Reads the folder of a journal; works beside the process that appends to it, and on a folder that holds no journal yet (then it is empty).
    /// </summary>
    public static Archive Open(string folder) => throw new NotImplementedException();

    /// <summary>
    /// The packet at a position; false when retention has taken it or its block is damaged (counted). A document's <c>event.sequence</c> serves
    /// as it is: what stands below a multiple of 8 is left aside. Safe for several threads.
    /// </summary>
    public bool TryRead(long position, out ArchivedPacket packet) => throw new NotImplementedException();

    /// <summary>The packets at many positions, in the same order, null where there is none; every block is read once.</summary>
    public IReadOnlyList<ArchivedPacket?> Read(ReadOnlySpan<long> positions) => throw new NotImplementedException();

    /// <summary>All segments, oldest first.</summary>
    public IReadOnlyList<SegmentSummary> Segments => throw new NotImplementedException();

    /// <summary>Octets on disk, sealed and live.</summary>
    public long Bytes => throw new NotImplementedException();

    /// <summary>Sealed blocks that could not be read, since this was opened.</summary>
    public long DamagedBlocks => throw new NotImplementedException();

    /// <summary>Deletes sealed segments that lie wholly before a position; returns the octets freed.</summary>
    public long DropBefore(long position) => throw new NotImplementedException();
}
