using System.Collections.Concurrent;
using Homer.Search.Journal;
using Homer.Search.Protocol;
using Homer.Search.Store;
using Homer.Search.Store.DuckDb;

namespace Homer.Search.Tests.Api;

/// <summary>A real store that remembers what it was asked and fails when told to. Raw bytes are given to it, for no journal has been written.</summary>
public sealed class CountingStore : ICaptureStore
{
    readonly string _folder;
    readonly ICaptureStore _store;

    CountingStore(string folder, ICaptureStore store)
    {
        _folder = folder;
        _store = store;
    }

    public ConcurrentQueue<CaptureQuery> Searches { get; } = new();

    /// <summary>How many documents each look for raw bytes was for.</summary>
    public ConcurrentQueue<int> RawReads { get; } = new();

    /// <summary>What was handed out: documents and payloads.</summary>
    public HandedOut HandedOut { get; } = new();

    /// <summary>Ends with the request that asked last for raw bytes.</summary>
    public CancellationToken LastRequest { get; private set; }

    public Exception? Failure { get; set; }

    /// <summary>By the identity of the document.</summary>
    public Dictionary<string, byte[]> Raw { get; } = [];

    public static async Task<CountingStore> OpenAsync()
    {
        string folder = Directory.CreateTempSubdirectory("homer-api-").FullName;
        Archive archive = Archive.Open(Path.Combine(folder, "journal"));
        return new CountingStore(folder, await DuckDbStore.OpenAsync(Path.Combine(folder, "index"), archive));
    }

    public ValueTask<ICaptureWriter> OpenWriterAsync(uint journal, CancellationToken cancellation) => _store.OpenWriterAsync(journal, cancellation);

    public async ValueTask<Page> SearchAsync(CaptureQuery query, CancellationToken cancellation)
    {
        Searches.Enqueue(query);
        if (Failure is not null)
            throw Failure;
        Page page = await _store.SearchAsync(query, cancellation);
        HandedOut.Add(page.Documents);
        return page;
    }

    public ValueTask<Document?> FindAsync(DocumentKind kind, string id, CancellationToken cancellation) => _store.FindAsync(kind, id, cancellation);

    public ValueTask<IReadOnlyList<Facet>> FacetsAsync(FacetQuery query, CancellationToken cancellation) => _store.FacetsAsync(query, cancellation);

    public ValueTask<IReadOnlyList<HistogramBucket>> HistogramAsync(HistogramQuery query, CancellationToken cancellation) =>
        _store.HistogramAsync(query, cancellation);

    public ValueTask<IReadOnlyList<MeasureGroup>> MeasureAsync(MeasureQuery query, CancellationToken cancellation) => _store.MeasureAsync(query, cancellation);

    public ValueTask<IReadOnlyList<byte[]?>> RawAsync(IReadOnlyList<Document> documents, CancellationToken cancellation)
    {
        RawReads.Enqueue(documents.Count);
        LastRequest = cancellation;
        byte[]?[] raw = [.. documents.Select(document => Raw.GetValueOrDefault(document.Id)?.ToArray())];
        HandedOut.Add([.. raw.OfType<object>()]);
        return new(raw);
    }

    public ValueTask MergeAsync(IReadOnlyCollection<SummaryUpdate> updates, CancellationToken cancellation) => _store.MergeAsync(updates, cancellation);

    public ValueTask<StoreHealth> CheckAsync(CancellationToken cancellation) => _store.CheckAsync(cancellation);

    public ValueTask<RetentionReport> RetainAsync(RetentionPolicy policy, Instant now, CancellationToken cancellation) =>
        _store.RetainAsync(policy, now, cancellation);

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
