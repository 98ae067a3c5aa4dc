namespace Homer.Search.Journal;

/// <summary>
/// The durable receive buffer: memory-mapped segment files that survive the process. Appended to by the listeners, followed by the indexer,
/// sealed into the <see cref="Archive"/> behind it.
/// </summary>
public sealed class CaptureJournal : IDisposable
{
    /// <summary>Opens the folder, or makes it; finds the end of what was published before a crash.</summary>
    public static CaptureJournal Open(JournalOptions options, TimeProvider clock) => throw new NotImplementedException();

    /// <summary>Random at creation; part of every document's identity.</summary>
    public uint Id => throw new NotImplementedException();

    /// <summary>Behind the last published record.</summary>
    public long End => throw new NotImplementedException();

    /// <summary>Every record before it is durable in the store; survives a restart.</summary>
    public long Checkpoint => throw new NotImplementedException();

    /// <summary>Octets on disk that the checkpoint has not passed yet.</summary>
    public long Bytes => throw new NotImplementedException();

    /// <summary>
    /// Publishes one packet. False when the journal is full (bound or disk): a stream reader then waits and tries again, a datagram is
    /// dropped and counted. Safe for several threads.
    /// </summary>
    public bool TryAppend(ReadOnlySpan<byte> packet, in Arrival arrival) => throw new NotImplementedException();

    /// <summary>Completes when an append may succeed again.</summary>
    public ValueTask WaitForRoomAsync(CancellationToken cancellation) => throw new NotImplementedException();

    /// <summary>A reader that follows the journal from a position.</summary>
    public JournalReader Follow(long from) => throw new NotImplementedException();

    /// <summary>Moves the checkpoint forward; segments wholly behind it are sealed in the background.</summary>
    public void Advance(long position) => throw new NotImplementedException();

    public void Dispose() => throw new NotImplementedException();
}
