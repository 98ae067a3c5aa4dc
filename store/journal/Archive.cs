namespace Homer.Search.Journal;

/// <summary>The raw bytes behind stored documents: reads records by position from live and sealed segments, and drops old segments.</summary>
public sealed class Archive
{
    /// <summary>Reads the folder of a journal; works beside the process that appends to it.</summary>
    public static Archive Open(string folder) => throw new NotImplementedException();

    /// <summary>The packet at a position; null when retention has taken it.</summary>
    public byte[]? Read(long position) => throw new NotImplementedException();

    /// <summary>Octets on disk, sealed and live.</summary>
    public long Bytes => throw new NotImplementedException();

    /// <summary>Deletes sealed segments that lie wholly before a position; returns the octets freed.</summary>
    public long DropBefore(long position) => throw new NotImplementedException();
}
