using Homer.Search.Protocol;

namespace Homer.Search.Journal;

/// <summary>What one segment file holds.</summary>
/// <param name="Number">Its number; times the segment size it is <paramref name="Start"/>.</param>
/// <param name="Start">Position of its first octet.</param>
/// <param name="End">Position behind its last octet, which is where the next segment may start.</param>
/// <param name="IsSealed">Compressed and final; otherwise live.</param>
/// <param name="Bytes">Octets on disk.</param>
/// <param name="Records">How many packets it holds; null while it is live.</param>
/// <param name="First">Arrival of its first packet; null when it holds none.</param>
/// <param name="Last">Arrival of its last packet; null while it is live.</param>
public sealed record SegmentSummary(long Number, long Start, long End, bool IsSealed, long Bytes, long? Records, Instant? First, Instant? Last);
