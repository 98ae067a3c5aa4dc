using System.Collections.Concurrent;
using System.Text;
using DuckDB.NET.Data;
using Homer.Search.Journal;
using Homer.Search.Protocol;

namespace Homer.Search.Store.DuckDb;

/// <summary>
/// The embedded store: every UTC day a DuckDB file in the folder, raw bytes in the archive of the journal. One process uses a folder at a time.
/// </summary>
public sealed class DuckDbStore : ICaptureStore
{
    readonly string _folder;
    readonly FolderLock _lock;
    readonly DayFiles _files;
    readonly ReaderGate _readers;
    readonly RawPayloads _raw;
    readonly DayRetention _retention;
    readonly ConcurrentDictionary<uint, DuckDbWriter> _writers = [];

    DuckDbStore(string folder, FolderLock taken, DayFiles files, Archive archive, DuckDbOptions options)
    {
        _folder = folder;
        _lock = taken;
        _files = files;
        _readers = new ReaderGate(files, folder, options.Readers);
        _raw = new RawPayloads(archive);
        _retention = new DayRetention(files, archive);
    }

    /// <summary>
    /// Opens a folder of day files, or makes it. Throws <see cref="StoreException"/> when another process uses it or it cannot be written.
    /// </summary>
    /// <param name="folder">Where the day files lie.</param>
    /// <param name="archive">Where the raw bytes of the documents are.</param>
    /// <param name="options">Bounds of the engine; null for the defaults.</param>
    public static ValueTask<DuckDbStore> OpenAsync(string folder, Archive archive, DuckDbOptions? options = null)
    {
        options ??= new DuckDbOptions();
        FolderLock taken = FolderLock.Take(folder);
        try
        {
            return ValueTask.FromResult(new DuckDbStore(folder, taken, new DayFiles(folder, options), archive, options));
        }
        catch (DuckDBException error)
        {
            taken.Dispose();
            throw EngineErrors.Wrap(error, "Opening the store", folder);
        }
    }

    public async ValueTask<ICaptureWriter> OpenWriterAsync(uint journal, CancellationToken cancellation)
    {
        long applied = await _readers.ReadAsync("Reading how far the days are", session => AppliedUpTo(session, journal, cancellation), cancellation).ConfigureAwait(false);
        var writer = new DuckDbWriter(_files, _folder, journal, applied, () => _writers.TryRemove(journal, out _));
        if (!_writers.TryAdd(journal, writer))
            throw new StoreException($"Journal {journal:x8} has a writer already. Close it first.", isTransient: false);
        return writer;
    }

    public ValueTask<Page> SearchAsync(CaptureQuery query, CancellationToken cancellation) =>
        _readers.ReadAsync("Searching", session => new PageSearch(session, query, _files.Days, cancellation).Run(), cancellation);

    public ValueTask<Document?> FindAsync(DocumentKind kind, string id, CancellationToken cancellation) =>
        _readers.ReadAsync("Finding a document", session => kind == DocumentKind.Call ? FindCall(session, id, cancellation) : FindCaptured(session, kind, id), cancellation);

    public ValueTask<IReadOnlyList<Facet>> FacetsAsync(FacetQuery query, CancellationToken cancellation) =>
        _readers.ReadAsync<IReadOnlyList<Facet>>(
            "Counting values",
            session =>
            {
                var aggregation = new Aggregation(session, query.Kind, query.Range, query.Where, _files.Days);
                return [.. query.Fields.Select(field => aggregation.Facet(field, query.Size))];
            },
            cancellation);

    public ValueTask<IReadOnlyList<HistogramBucket>> HistogramAsync(HistogramQuery query, CancellationToken cancellation) =>
        _readers.ReadAsync(
            "Counting over time",
            session => new Aggregation(session, query.Kind, query.Range, query.Where, _files.Days).Histogram(query.Interval, query.By),
            cancellation);

    public ValueTask<IReadOnlyList<MeasureGroup>> MeasureAsync(MeasureQuery query, CancellationToken cancellation) =>
        _readers.ReadAsync("Adding up", session => new Measurement(session, query, _files.Days).Run(), cancellation);

    public ValueTask<IReadOnlyList<byte[]?>> RawAsync(IReadOnlyList<Document> documents, CancellationToken cancellation) =>
        _readers.ReadAsync("Reading raw bytes", _ => _raw.Read(documents), cancellation);

    public async ValueTask MergeAsync(IReadOnlyCollection<SummaryUpdate> updates, CancellationToken cancellation)
    {
        // No unit of any journal: what these changes leave of how far one has been applied is as it was.
        await using var writer = new DuckDbWriter(_files, _folder, journal: 0, replayEnd: 0, closed: static () => { });
        await writer.MergeAsync(updates, cancellation).ConfigureAwait(false);
    }

    public async ValueTask<StoreHealth> CheckAsync(CancellationToken cancellation)
    {
        try
        {
            int days = await _readers.ReadAsync(
                "Checking",
                session =>
                {
                    _ = session.Connection.Number("SELECT 1");
                    return _files.Days.Count;
                },
                cancellation).ConfigureAwait(false);
            string[] aside = [.. _files.SetAside.Select(path => Path.GetFileName(path)!)];
            string detail = $"DuckDB, {days} days in {_folder}";
            return new StoreHealth(true, aside.Length == 0 ? detail : $"{detail}. Could not be read and set aside: {string.Join(", ", aside)} (why is in the .reason file beside each).");
        }
        catch (StoreException error)
        {
            return new StoreHealth(false, error.Message);
        }
        catch (OperationCanceledException)
        {
            return new StoreHealth(false, $"{_folder} did not answer in time.");
        }
    }

    public ValueTask<RetentionReport> RetainAsync(RetentionPolicy policy, Instant now, CancellationToken cancellation) =>
        _readers.ReadAsync("Dropping old days", _ => _retention.Apply(policy, now.Day, cancellation), cancellation);

    public async ValueTask DisposeAsync()
    {
        foreach (DuckDbWriter writer in _writers.Values)
            await writer.DisposeAsync().ConfigureAwait(false);
        _readers.Dispose();
        _files.Dispose();
        _lock.Dispose();
    }

    /// <summary>Where the day files lie.</summary>
    internal string Folder => _folder;

    /// <summary>Day files that are open now.</summary>
    internal int OpenDays => _files.OpenCount;

    long AppliedUpTo(DaySession session, uint journal, CancellationToken cancellation)
    {
        long applied = 0;
        foreach (DateOnly day in _files.Days)
        {
            cancellation.ThrowIfCancellationRequested();
            using DaySession one = _files.Connect();
            applied = Math.Max(applied, one.Find(day)?.Applied.GetValueOrDefault(journal) ?? 0);
        }

        return applied;
    }

    static Document? FindCaptured(DaySession session, DocumentKind kind, string id)
    {
        if (!DocumentId.TryParse(id, out DocumentId parsed) || session.Find(parsed.Time.Day) is not { } day)
            return null;
        return First(
            session,
            kind,
            $"""
            {day.Table(kind)} WHERE {TableLayout.Quote(Fields.Timestamp.Name)} = $1 AND {TableLayout.Quote(Fields.Sequence.Name)} = $2
            AND {TableLayout.Quote(Fields.JournalId.Name)} = $3
            """,
            parsed.Time.Nanoseconds,
            parsed.Position,
            parsed.Journal.ToString("x8", System.Globalization.CultureInfo.InvariantCulture));
    }

    Document? FindCall(DaySession session, string callId, CancellationToken cancellation)
    {
        uint hash = CallHash.Of(Encoding.UTF8.GetBytes(callId));
        foreach (DateOnly day in _files.Days.Reverse())
        {
            cancellation.ThrowIfCancellationRequested();
            if (session.Find(day) is { } file && First(
                session,
                DocumentKind.Call,
                $"{file.Table(DocumentKind.Call)} WHERE {TableLayout.CallHash} = $1 AND {TableLayout.Quote(Fields.CallId.Name)} = $2",
                hash,
                callId) is { } call)
                return call;
        }

        return null;
    }

    static Document? First(DaySession session, DocumentKind kind, string source, params ReadOnlySpan<object> values)
    {
        DocumentReader documents = DocumentReader.Of(kind);
        using DuckDBDataReader rows = session.Connection.Read($"SELECT {documents.Columns} FROM {source} LIMIT 1", values);
        return rows.Read() ? documents.Read(rows) : null;
    }
}
