namespace Homer.Search.Journal;

/// <summary>One packet read back by its position; the octets are the caller's own.</summary>
/// <param name="Position">Where its record begins in the journal.</param>
/// <param name="Arrival">How it came in.</param>
/// <param name="Packet">The HEP packet as it came; in a sealed segment with its authenticate key blanked.</param>
public readonly record struct ArchivedPacket(long Position, Arrival Arrival, byte[] Packet);
