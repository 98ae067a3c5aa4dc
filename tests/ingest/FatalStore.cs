using Homer.Search.Protocol;
using Homer.Search.Store;

namespace Homer.Search.Tests.Ingest;

/// <summary>Writes to another store, and after some commits says that it is over although it has stored the unit: as if the process ended there.</summary>
sealed class FatalStore(ICaptureStore store, int commits) : ICaptureStore
{
    public async ValueTask<ICaptureWriter> OpenWriterAsync(uint journal, CancellationToken cancellation) =>
        new Writer(await store.OpenWriterAsync(journal, cancellation), commits);

    public ValueTask<Page> SearchAsync(CaptureQuery query, CancellationToken cancellation) => store.SearchAsync(query, cancellation);

    public ValueTask<Document?> FindAsync(DocumentKind kind, string id, CancellationToken cancellation) => store.FindAsync(kind, id, cancellation);

    public ValueTask<IReadOnlyList<Facet>> FacetsAsync(FacetQuery query, CancellationToken cancellation) => store.FacetsAsync(query, cancellation);

    public ValueTask<IReadOnlyList<HistogramBucket>> HistogramAsync(HistogramQuery query, CancellationToken cancellation) => store.HistogramAsync(query, cancellation);

    public ValueTask<IReadOnlyList<MeasureGroup>> MeasureAsync(MeasureQuery query, CancellationToken cancellation) => store.MeasureAsync(query, cancellation);

    public ValueTask<IReadOnlyList<byte[]?>> RawAsync(IReadOnlyList<Document> documents, CancellationToken cancellation) => store.RawAsync(documents, cancellation);

    public ValueTask MergeAsync(IReadOnlyCollection<SummaryUpdate> updates, CancellationToken cancellation) => store.MergeAsync(updates, cancellation);

    public ValueTask<StoreHealth> CheckAsync(CancellationToken cancellation) => store.CheckAsync(cancellation);

    public ValueTask<RetentionReport> RetainAsync(RetentionPolicy policy, Instant now, CancellationToken cancellation) => store.RetainAsync(policy, now, cancellation);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    sealed class Writer(ICaptureWriter writer, int commits) : ICaptureWriter
    {
        int _left = commits;

        public long ReplayEnd => writer.ReplayEnd;

        public ValueTask AppendAsync(DocumentBatch batch, CancellationToken cancellation) => writer.AppendAsync(batch, cancellation);

        public async ValueTask<long> CommitAsync(long end, IReadOnlyCollection<SummaryUpdate> summaries, CancellationToken cancellation)
        {
            long refused = await writer.CommitAsync(end, summaries, cancellation);
            if (--_left == 0)
                throw new StoreException("The process ends here.", isTransient: false);
            return refused;
        }

        public ValueTask DisposeAsync() => writer.DisposeAsync();
    }
}
