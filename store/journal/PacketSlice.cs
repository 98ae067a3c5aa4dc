namespace Homer.Search.Journal;

/// <summary>One packet of a block received at once.</summary>
/// <param name="Offset">Where it begins in the block.</param>
/// <param name="Length">Octets.</param>
/// <param name="Arrival">How it came in.</param>
public readonly record struct PacketSlice(int Offset, int Length, Arrival Arrival);
