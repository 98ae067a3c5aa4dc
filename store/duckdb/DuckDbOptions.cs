namespace Homer.Search.Store.DuckDb;

/// <summary>What bounds the engine. The defaults suit two cores.</summary>
public sealed record DuckDbOptions
{
    /// <summary>Threads that one query may use; all processors by default.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>
    /// What the engine's buffers may take, in MB, over all days together; beyond it spills to disk. What is written and not folded yet (see
    /// <see cref="CheckpointMegabytes"/>) does not spill; queries, and units that come while it is folded, need as much again.
    /// </summary>
    public int MemoryMegabytes { get; init; } = 320;

    /// <summary>Day files kept open when nobody reads them.</summary>
    public int OpenDays { get; init; } = 8;

    /// <summary>Readers at one time; others wait.</summary>
    public int Readers { get; init; } = 4;

    /// <summary>
    /// Size of a day's write-ahead log, in MB, at which it is folded into the day file. What is in the log takes as much memory until then; a start after a
    /// crash reads it first.
    /// </summary>
    public int CheckpointMegabytes { get; init; } = 128;
}
