using System.Collections.Concurrent;
using Homer.Search.Journal;
using Homer.Search.Protocol;

namespace Homer.Search.Store.Elastic;

/// <summary>
/// The store on Elasticsearch 8 and 9 and OpenSearch 3. Raw bytes are in the documents, so that every node of the program finds them. Sharding,
/// replication and distributed search are the engine's.
/// </summary>
public sealed class ElasticStore : ICaptureStore
{
    readonly ElasticOptions _options;
    readonly ElasticClient _client;
    readonly IndexNames _names;
    readonly IndexSearch _search;
    readonly DocumentSearch _documents;
    readonly Moments _moments;
    readonly ElasticMeter _meter = new();
    readonly RefusedDocuments _refused;
    readonly Archive _archive;
    readonly TimeProvider _clock;
    readonly ConcurrentDictionary<uint, ElasticWriter> _writers = [];

    ElasticStore(ElasticOptions options, Archive archive, TimeProvider clock)
    {
        (_options, _archive, _clock) = (options, archive, clock);
        _client = new ElasticClient(options, clock);
        _names = new IndexNames(options.Namespace);
        _search = new IndexSearch(_client, _names);
        _documents = new DocumentSearch(_search);
        _moments = new Moments(_client, clock);
        _refused = new RefusedDocuments(options.RefusedFile is { } file ? new RefusedFile(file).Append : null, _meter);
        Leases = new ElasticLeases(_client, _names, clock);
        Statuses = new StatusBoard(_client, _names, clock);
    }

    /// <summary>Where the processes on this engine and namespace agree who does what only one may do.</summary>
    public ILeaseStore Leases { get; }

    /// <summary>Where they tell each other what the way in has done.</summary>
    public StatusBoard Statuses { get; }

    /// <summary>Name under which exporters find what the store counts.</summary>
    public const string MeterName = ElasticMeter.Name;

    /// <summary>Documents the engine would not take, since this was opened.</summary>
    public long RefusedDocuments => _meter.Refused;

    /// <summary>Opens the store without asking the engine for anything: it may be away now. The first writer sets it up.</summary>
    /// <param name="options">Where the engine is.</param>
    /// <param name="archive">Where the writers find the payloads of what they store.</param>
    /// <param name="clock">Counts pauses and timeouts.</param>
    /// <exception cref="StoreException">The options cannot be.</exception>
    public static ElasticStore Open(ElasticOptions options, Archive archive, TimeProvider clock) =>
        Namespaces.IsName(options.Namespace)
            ? new ElasticStore(options, archive, clock)
            : throw new StoreException(
                $"The namespace {options.Namespace} cannot be part of an index name; give lower-case letters, digits and _.", isTransient: false);

    /// <summary>Puts what the engine needs and returns that; what stands already is left alone.</summary>
    /// <exception cref="StoreException">The engine cannot be reached, does not let us in, or was set up by a newer version.</exception>
    public static async Task<IReadOnlyList<SetupRequest>> SetUpAsync(ElasticOptions options, TimeProvider clock, CancellationToken cancellation)
    {
        using var client = new ElasticClient(options, clock);
        return await new Setup(client, options).ApplyAsync(cancellation);
    }

    /// <summary>Everything that setting up may send, for people to read. The engine is asked what it is when that makes a difference.</summary>
    /// <exception cref="StoreException">It could not be asked.</exception>
    public static async Task<IReadOnlyList<SetupRequest>> SetupRequestsAsync(ElasticOptions options, TimeProvider clock, CancellationToken cancellation)
    {
        using var client = new ElasticClient(options, clock);
        return await new Setup(client, options).RequestsAsync(cancellation);
    }

    /// <summary>Opens a writer of log documents that come from no journal; to be disposed before the store.</summary>
    public LogWriter OpenLog() => new(_client, _options, _refused, _meter, _names, _clock);

    public async ValueTask<ICaptureWriter> OpenWriterAsync(uint journal, CancellationToken cancellation)
    {
        await new Setup(_client, _options).ApplyAsync(cancellation);
        var progress = new JournalProgress(_client, _names);
        BulkSender sender = Sender();
        var summaries = new SummaryMerge(_client, sender, _names, _options.BulkBytes);
        long applied = await progress.ReadAsync(journal, cancellation);
        var writer = new ElasticWriter(
            sender, new CapturedRows(_names, _archive, _meter), progress, summaries, journal, applied, RefreshAsync, () => _writers.TryRemove(journal, out _));
        if (!_writers.TryAdd(journal, writer))
            throw new StoreException($"Journal {journal:x8} has a writer already. Close it first.", isTransient: false);
        return writer;
    }

    public async ValueTask<Page> SearchAsync(CaptureQuery query, CancellationToken cancellation) =>
        await new PageSearch(_search, _moments, query).RunAsync(cancellation);

    public async ValueTask<Document?> FindAsync(DocumentKind kind, string id, CancellationToken cancellation) =>
        await _documents.FindAsync(kind, id, cancellation);

    public async ValueTask<IReadOnlyList<Facet>> FacetsAsync(FacetQuery query, CancellationToken cancellation) =>
        await new ValueCounts(_search, query).RunAsync(cancellation);

    public async ValueTask<IReadOnlyList<HistogramBucket>> HistogramAsync(HistogramQuery query, CancellationToken cancellation) =>
        await new Histogram(_search, query).RunAsync(cancellation);

    public async ValueTask<IReadOnlyList<MeasureGroup>> MeasureAsync(MeasureQuery query, CancellationToken cancellation) =>
        await new Measurement(_search, query).RunAsync(cancellation);

    public async ValueTask<IReadOnlyList<byte[]?>> RawAsync(IReadOnlyList<Document> documents, CancellationToken cancellation) =>
        await _documents.RawAsync(documents, cancellation);

    public async ValueTask MergeAsync(IReadOnlyCollection<SummaryUpdate> updates, CancellationToken cancellation)
    {
        await new SummaryMerge(_client, Sender(), _names, _options.BulkBytes).ApplyAsync(updates, cancellation);
        await RefreshAsync(cancellation);
    }

    public async ValueTask<StoreHealth> CheckAsync(CancellationToken cancellation)
    {
        try
        {
            Dialect dialect = await Dialect.ReadAsync(_client, cancellation);
            using Answer health = await _client.SendAsync(HttpMethod.Get, "_cluster/health", default, cancellation);
            string status = health.Root.GetProperty("status").GetString()!;
            return new StoreHealth(status != "red", $"{dialect.Engine} {dialect.Version} at {_client.Address}, {status}{Losses()}");
        }
        catch (StoreException error)
        {
            return new StoreHealth(false, error.Message);
        }
        catch (OperationCanceledException)
        {
            return new StoreHealth(false, $"{_client.Address} did not answer in time.");
        }
    }

    public async ValueTask<RetentionReport> RetainAsync(RetentionPolicy policy, Instant now, CancellationToken cancellation) =>
        await new Retention(_client, _names).ApplyAsync(policy, now, cancellation);

    public async ValueTask DisposeAsync()
    {
        foreach (ElasticWriter writer in _writers.Values)
            await writer.DisposeAsync();
        _client.Dispose();
        _meter.Dispose();
    }

    BulkSender Sender() => new(_client, _options, _refused, _meter, _clock);

    /// <summary>What is not stored as it came, for people.</summary>
    string Losses()
    {
        string refused = _meter.Refused == 0 ? "" : $"; {_meter.Refused} documents refused, the last one: {_refused.LastReason}";
        string withoutRaw = _meter.WithoutRaw == 0 ? "" : $"; {_meter.WithoutRaw} documents stored without their raw message, which the journal no longer gave";
        return refused + withoutRaw;
    }

    async Task RefreshAsync(CancellationToken cancellation)
    {
        if (!_options.RefreshOnCommit)
            return;
        string all = string.Join(',', Enum.GetValues<DocumentKind>().Select(_names.All));
        using Answer answer = await _client.SendAsync(HttpMethod.Post, $"{all}/_refresh", default, cancellation);
    }
}
