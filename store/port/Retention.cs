namespace Homer.Search.Store;

/// <summary>How long and how much to keep; null is without bound. Whole days go, the oldest first.</summary>
/// <param name="Days">Days before today that are kept.</param>
/// <param name="Bytes">Bound on index and raw bytes together.</param>
public sealed record RetentionPolicy(int? Days, long? Bytes)
{
    /// <summary>The engine behind the store was told the days when it was set up, and deletes by itself: nobody else does.</summary>
    public bool ByEngine { get; init; }
}

/// <param name="DroppedDays">The days that went, oldest first.</param>
/// <param name="FreedBytes">Index and raw bytes together.</param>
/// <param name="KeptBytes">What remains.</param>
public sealed record RetentionReport(IReadOnlyList<DateOnly> DroppedDays, long FreedBytes, long KeptBytes)
{
    /// <summary>The disks that are so full that days the policy wants had to go, or should have; null when there is room.</summary>
    public string? Shortage { get; init; }
}

/// <param name="Detail">What is wrong and how to mend it; when all is well, what the store is and where.</param>
public sealed record StoreHealth(bool IsReady, string Detail);
