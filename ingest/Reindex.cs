using Homer.Search.Journal;
using Homer.Search.Store;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Homer.Search.Ingest;

/// <summary>
/// Builds the store anew from the journal and its archive: what <c>homer reindex</c> does, after a better parser or a lost index.
/// </summary>
public static class Reindex
{
    /// <summary>
    /// Writes every record from position 0 to the journal's end into an empty store. Throws <see cref="StoreException"/>; then the store
    /// holds a part and is to be emptied again.
    /// </summary>
    /// <param name="progress">Told the position after each unit.</param>
    /// <returns>Packets stored.</returns>
    public static async Task<long> RunAsync(
        CaptureJournal journal, ICaptureStore store, IngestOptions options, TimeProvider clock, IProgress<long>? progress,
        CancellationToken cancellation)
    {
        ILogger log = NullLogger.Instance;
        using var meter = new IngestMeter(journal, clock);
        var rows = new RecordRows(journal.Id, options, meter, log);
        ICaptureWriter writer = await store.OpenWriterAsync(journal.Id, cancellation);
        await new Indexing(journal, rows, options, meter, clock, log).ReadAsync(writer, from: 0, journal.End, progress, cancellation);
        return meter.Stored;
    }
}
