namespace Homer.Search.Journal;

/// <summary>One packet as the journal holds it; the span lives until the next read of the same reader.</summary>
public readonly ref struct JournalRecord(long position, Arrival arrival, ReadOnlySpan<byte> packet)
{
    /// <summary>Segment number times segment size, plus offset: a multiple of 8, growing.</summary>
    public long Position { get; } = position;

    public Arrival Arrival { get; } = arrival;

    /// <summary>The HEP packet as it came.</summary>
    public ReadOnlySpan<byte> Packet { get; } = packet;
}
