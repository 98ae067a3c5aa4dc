namespace Homer.Search.Journal;

/// <summary>
/// The durable receive buffer: memory-mapped segment files that survive the process. Appended to by the listeners, followed by the indexer,
/// sealed into the <see cref="Archive"/> behind it.
/// </summary>
public sealed class CaptureJournal : IDisposable
{
    /// <summary>
    /// Opens the folder, or makes it; finds the end of what was published before a crash. Throws <see cref="JournalException"/> when another
    /// process holds it or it was made with another segment size.
    /// </summary>
    public static CaptureJournal Open(JournalOptions options, TimeProvider clock) => throw new NotImplementedException();

    /// <summary>Random at creation; part of every document's identity.</summary>
    public uint Id => throw new NotImplementedException();

    /// <summary>Behind the last published record.</summary>
    public long End => throw new NotImplementedException();

    /// <summary>Every record before it is durable in the store; survives a restart.</summary>
    public long Checkpoint => throw new NotImplementedException();

    /// <summary>Octets that the checkpoint has not passed yet.</summary>
    public long Bytes => throw new NotImplementedException();

    /// <summary>The largest packet it takes: 1 MiB, or what a smaller segment holds.</summary>
    public int MaxPacketBytes => throw new NotImplementedException();

    /// <summary>Why the last append was refused; <see cref="JournalFullReason.None"/> when there is room.</summary>
    public JournalFullReason FullReason => throw new NotImplementedException();

    /// <summary>Octets found damaged when opening or reading (a power cut, a disk fault): no packet can be read from them.</summary>
    public long DamagedBytes => throw new NotImplementedException();

    /// <summary>What flushing, allocating or sealing last failed of, for people; null when all goes well.</summary>
    public string? Trouble => throw new NotImplementedException();

    /// <summary>
    /// Publishes one packet. False when the journal is full (<see cref="FullReason"/> says why): a stream reader then waits and tries again, a
    /// datagram is dropped and counted. Safe for several threads. A packet beyond <see cref="MaxPacketBytes"/> or empty is an
    /// <see cref="ArgumentException"/>.
    /// </summary>
    public bool TryAppend(ReadOnlySpan<byte> packet, in Arrival arrival) => throw new NotImplementedException();

    /// <summary>Publishes packets that were received at once, in order; returns how many: fewer than given when the journal is full.</summary>
    public int Append(ReadOnlySpan<byte> block, ReadOnlySpan<PacketSlice> packets) => throw new NotImplementedException();

    /// <summary>Completes when an append may succeed again.</summary>
    public ValueTask WaitForRoomAsync(CancellationToken cancellation) => throw new NotImplementedException();

    /// <summary>A reader that follows the journal from a position; 0 reads all that retention has left.</summary>
    public JournalReader Follow(long from) => throw new NotImplementedException();

    /// <summary>
    /// Moves the checkpoint forward, durably before it returns; an earlier position changes nothing. Segments wholly behind it are sealed in the
    /// background.
    /// </summary>
    public void Advance(long position) => throw new NotImplementedException();

    /// <summary>
    /// Goes on behind a position the store already knows, when a power cut took the journal's last records but not the store's: so no position is
    /// given twice. An earlier position changes nothing.
    /// </summary>
    public void SkipTo(long position) => throw new NotImplementedException();

    public void Dispose() => throw new NotImplementedException();
}
