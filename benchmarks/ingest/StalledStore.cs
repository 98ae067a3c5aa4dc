using Homer.Search.Journal;
using Homer.Search.Protocol;
using Homer.Search.Store;

namespace Homer.Search.Benchmarks.Ingest;

/// <summary>A store that takes nothing until a moment, as one that hangs, and then all: what the journal has to bridge.</summary>
sealed class StalledStore(ICaptureStore store, CaptureJournal journal, TimeSpan stall, TimeProvider clock) : ICaptureStore
{
    readonly Task _until = Task.Delay(stall, clock);

    /// <summary>Octets that waited in the journal when the stall ended.</summary>
    public long Waiting { get; private set; }

    public async ValueTask<ICaptureWriter> OpenWriterAsync(uint journalId, CancellationToken cancellation) =>
        new Writer(this, await store.OpenWriterAsync(journalId, cancellation));

    public ValueTask<Page> SearchAsync(CaptureQuery query, CancellationToken cancellation) => store.SearchAsync(query, cancellation);

    public ValueTask<Document?> FindAsync(DocumentKind kind, string id, CancellationToken cancellation) => store.FindAsync(kind, id, cancellation);

    public ValueTask<IReadOnlyList<Facet>> FacetsAsync(FacetQuery query, CancellationToken cancellation) => store.FacetsAsync(query, cancellation);

    public ValueTask<IReadOnlyList<HistogramBucket>> HistogramAsync(HistogramQuery query, CancellationToken cancellation) =>
        store.HistogramAsync(query, cancellation);

    public ValueTask<IReadOnlyList<MeasureGroup>> MeasureAsync(MeasureQuery query, CancellationToken cancellation) => store.MeasureAsync(query, cancellation);

    public ValueTask<IReadOnlyList<byte[]?>> RawAsync(IReadOnlyList<Document> documents, CancellationToken cancellation) =>
        store.RawAsync(documents, cancellation);

    public ValueTask MergeAsync(IReadOnlyCollection<SummaryUpdate> updates, CancellationToken cancellation) => store.MergeAsync(updates, cancellation);

    public ValueTask<StoreHealth> CheckAsync(CancellationToken cancellation) => store.CheckAsync(cancellation);

    public ValueTask<RetentionReport> RetainAsync(RetentionPolicy policy, Instant now, CancellationToken cancellation) =>
        store.RetainAsync(policy, now, cancellation);

    public ValueTask DisposeAsync() => store.DisposeAsync();

    async ValueTask WaitAsync()
    {
        if (_until.IsCompleted)
            return;
        await _until;
        Waiting = Math.Max(Waiting, journal.Bytes);
    }

    sealed class Writer(StalledStore stalled, ICaptureWriter writer) : ICaptureWriter
    {
        public long ReplayEnd => writer.ReplayEnd;

        public async ValueTask AppendAsync(DocumentBatch batch, CancellationToken cancellation)
        {
            await stalled.WaitAsync();
            await writer.AppendAsync(batch, cancellation);
        }

        public async ValueTask<long> CommitAsync(long end, IReadOnlyCollection<SummaryUpdate> summaries, CancellationToken cancellation)
        {
            await stalled.WaitAsync();
            return await writer.CommitAsync(end, summaries, cancellation);
        }

        public ValueTask DisposeAsync() => writer.DisposeAsync();
    }
}
