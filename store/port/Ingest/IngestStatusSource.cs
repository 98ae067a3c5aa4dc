namespace Homer.Search.Store;

/// <summary>Where readers get the status of the way in, wherever that runs; idle until something reports.</summary>
public sealed class IngestStatusSource
{
    volatile Func<IngestStatus> _read = () => IngestStatus.Idle;

    /// <summary>From now on the status is what <paramref name="read"/> answers; it is called from any thread.</summary>
    public void ReportBy(Func<IngestStatus> read) => _read = read;

    /// <summary>The status now.</summary>
    public IngestStatus Snapshot() => _read();
}
