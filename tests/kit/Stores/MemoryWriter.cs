using Homer.Search.Store;

namespace Homer.Search.Tests.Stores;

sealed class MemoryWriter(MemoryStore store, uint journal) : ICaptureWriter
{
    readonly List<Document> _unit = [];

    public long ReplayEnd { get; } = store.ReplayEnd(journal);

    public ValueTask AppendAsync(DocumentBatch batch, CancellationToken cancellation)
    {
        _unit.AddRange(Enumerable.Range(0, batch.Count).Select(row => BatchRows.Read(batch, row)));
        return ValueTask.CompletedTask;
    }

    public ValueTask<long> CommitAsync(long end, IReadOnlyCollection<SummaryUpdate> summaries, CancellationToken cancellation)
    {
        store.Commit(journal, end, _unit, summaries);
        _unit.Clear();
        return ValueTask.FromResult(0L);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
