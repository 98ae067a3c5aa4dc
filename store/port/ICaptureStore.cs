using Homer.Search.Protocol;

namespace Homer.Search.Store;

/// <summary>
/// Where documents are kept and found again. Implemented by <c>store/duckdb</c> and <c>store/elastic</c>; both are held to the same contract
/// tests. Every member may throw <see cref="StoreException"/>, whose <see cref="StoreException.IsTransient"/> tells whether trying again helps.
/// Answers are the caller's own; nothing found is an empty answer, never null, except where a member says so.
/// </summary>
public interface ICaptureStore : IAsyncDisposable
{
    /// <summary>The writer for one journal; a store has one open writer a journal at a time.</summary>
    ValueTask<ICaptureWriter> OpenWriterAsync(uint journal, CancellationToken cancellation);

    ValueTask<Page> SearchAsync(CaptureQuery query, CancellationToken cancellation);

    /// <summary>One captured document, or one call by its Call-ID (the newest when days hold several); null when there is none.</summary>
    ValueTask<Document?> FindAsync(DocumentKind kind, string id, CancellationToken cancellation);

    ValueTask<IReadOnlyList<Facet>> FacetsAsync(FacetQuery query, CancellationToken cancellation);

    ValueTask<IReadOnlyList<HistogramBucket>> HistogramAsync(HistogramQuery query, CancellationToken cancellation);

    /// <summary>Counts, sums and percentiles by group, in no order; one group always when nothing parts them.</summary>
    ValueTask<IReadOnlyList<MeasureGroup>> MeasureAsync(MeasureQuery query, CancellationToken cancellation);

    /// <summary>
    /// The payloads of captured documents as they came, byte for byte, in the same order; null for one that is no longer there.
    /// </summary>
    ValueTask<IReadOnlyList<byte[]?>> RawAsync(IReadOnlyList<Document> documents, CancellationToken cancellation);

    /// <summary>
    /// Changes stored summaries outside any unit of a journal, beside the writers: each is merged into what is stored when its turn comes, so nothing that a
    /// writer stores meanwhile is lost. When this returns, the changes are durable.
    /// </summary>
    ValueTask MergeAsync(IReadOnlyCollection<SummaryUpdate> updates, CancellationToken cancellation);

    /// <summary>Whether the store can be read and written; never throws.</summary>
    ValueTask<StoreHealth> CheckAsync(CancellationToken cancellation);

    /// <summary>Drops what the policy no longer wants, oldest first, index and raw bytes together.</summary>
    ValueTask<RetentionReport> RetainAsync(RetentionPolicy policy, Instant now, CancellationToken cancellation);
}

/// <summary>
/// Takes documents in units: any number of <see cref="AppendAsync"/>, then one <see cref="CommitAsync"/>. Units come in journal order.
/// A unit that was not committed leaves no trace that matters: it is written again after a restart, and whatever part of it the store already has
/// is not stored twice. Used by one thread at a time, except that the units after may be appended and committed while a commit is under way: they end in
/// their order, and when one fails, so do all after it.
/// </summary>
public interface ICaptureWriter : IAsyncDisposable
{
    /// <summary>
    /// Up to where some part of the store has already taken this journal. When it lies beyond the journal's checkpoint, the first unit after the
    /// start must end exactly here: then each part of the store has the unit wholly or not at all.
    /// </summary>
    long ReplayEnd { get; }

    /// <summary>Takes a copy of the documents; the batch may be cleared when this returns.</summary>
    ValueTask AppendAsync(DocumentBatch batch, CancellationToken cancellation);

    /// <summary>
    /// Ends the unit: when this returns, all its documents and summaries are durable and may be found. <paramref name="end"/> is the journal
    /// position behind the unit's last record. Returns how many packets of the unit the store will never take a document of; each such document
    /// was put aside with its reason.
    /// </summary>
    ValueTask<long> CommitAsync(long end, IReadOnlyCollection<SummaryUpdate> summaries, CancellationToken cancellation);
}
