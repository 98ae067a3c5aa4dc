using System.Collections.Concurrent;
using Homer.Search.Protocol;
using Homer.Search.Store;
using Homer.Search.Tests.Stores;

namespace Homer.Search.Tests.Api;

/// <summary>A store in memory that remembers what it was asked, and fails when told to.</summary>
public sealed class CountingStore : ICaptureStore
{
    readonly MemoryStore _store = new();

    public ConcurrentQueue<CaptureQuery> Searches { get; } = new();

    /// <summary>How many documents each look for raw bytes was for.</summary>
    public ConcurrentQueue<int> RawReads { get; } = new();

    public Exception? Failure { get; set; }

    public Dictionary<string, byte[]> Raw => _store.Raw;

    public ValueTask<ICaptureWriter> OpenWriterAsync(uint journal, CancellationToken cancellation) => _store.OpenWriterAsync(journal, cancellation);

    public ValueTask<Page> SearchAsync(CaptureQuery query, CancellationToken cancellation)
    {
        Searches.Enqueue(query);
        return Failure is null ? _store.SearchAsync(query, cancellation) : throw Failure;
    }

    public ValueTask<Document?> FindAsync(DocumentKind kind, string id, CancellationToken cancellation) => _store.FindAsync(kind, id, cancellation);

    public ValueTask<IReadOnlyList<Facet>> FacetsAsync(FacetQuery query, CancellationToken cancellation) => _store.FacetsAsync(query, cancellation);

    public ValueTask<IReadOnlyList<HistogramBucket>> HistogramAsync(HistogramQuery query, CancellationToken cancellation) =>
        _store.HistogramAsync(query, cancellation);

    public ValueTask<IReadOnlyList<byte[]?>> RawAsync(IReadOnlyList<Document> documents, CancellationToken cancellation)
    {
        RawReads.Enqueue(documents.Count);
        return _store.RawAsync(documents, cancellation);
    }

    public ValueTask<StoreHealth> CheckAsync(CancellationToken cancellation) => _store.CheckAsync(cancellation);

    public ValueTask<RetentionReport> RetainAsync(RetentionPolicy policy, Instant now, CancellationToken cancellation) =>
        _store.RetainAsync(policy, now, cancellation);

    public ValueTask DisposeAsync() => _store.DisposeAsync();
}
