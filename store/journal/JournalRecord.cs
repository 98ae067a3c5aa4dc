namespace Homer.Search.Journal;

/// <summary>One packet as the journal holds it; the span lives until the next read of the same reader.</summary>
/// <param name="reader">Which has it in hand; null for a record that stands in no journal.</param>
public readonly ref struct JournalRecord(long position, Arrival arrival, ReadOnlySpan<byte> packet, JournalReader? reader = null)
{
    readonly JournalReader? _reader = reader;

    /// <summary>Segment number times segment size, plus offset: a multiple of 8, growing.</summary>
    public long Position { get; } = position;

    public Arrival Arrival { get; } = arrival;

    /// <summary>The HEP packet as it came.</summary>
    public ReadOnlySpan<byte> Packet { get; } = packet;

    /// <summary>
    /// Takes it out of the journal for good, before it is sealed: its octets are overwritten and later readers pass it over. Only while it is the one last
    /// read, and by the one who indexes. In a sealed segment it stays.
    /// </summary>
    public void Remove() => _reader?.Remove(Position);

    /// <summary>Overwrites a part of <see cref="Packet"/> for good, on the terms of <see cref="Remove"/>; a crash meanwhile costs nothing.</summary>
    /// <param name="from">Where in the packet.</param>
    public void Rewrite(int from, ReadOnlySpan<byte> octets) => _reader?.Rewrite(Position, from, octets);
}
