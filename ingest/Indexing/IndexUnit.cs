namespace Homer.Search.Ingest;

/// <summary>What is known of the unit that is being filled beside its rows.</summary>
sealed class IndexUnit
{
    /// <summary>Packets with at least one row that no earlier run has stored.</summary>
    public long Packets { get; set; }

    public int Documents { get; set; }

    /// <summary>Nothing was read since it began; a packet that left no row counts as something.</summary>
    public bool IsEmpty { get; set; } = true;

    /// <summary>When its first record was read, by <see cref="TimeProvider.GetTimestamp"/>.</summary>
    public long Begun { get; set; }
}
