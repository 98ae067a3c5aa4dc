using Homer.Search.Calls;

namespace Homer.Search.Ingest;

/// <summary>What is known of the unit that is being filled, or stored, beside its rows.</summary>
sealed class IndexUnit(uint journal)
{
    /// <summary>The calls that its messages belong to.</summary>
    public CallFold Calls { get; } = new(journal);

    /// <summary>Packets with at least one row.</summary>
    public long Packets { get; set; }

    public int Documents { get; set; }

    /// <summary>Nothing was read since it began; a packet that left no row counts as something.</summary>
    public bool IsEmpty { get; set; } = true;

    /// <summary>When its first record was read, a stamp of the clock.</summary>
    public long Begun { get; set; }

    public void Clear()
    {
        Calls.Clear();
        Packets = 0;
        Documents = 0;
        IsEmpty = true;
    }
}
