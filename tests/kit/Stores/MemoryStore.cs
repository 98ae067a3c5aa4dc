using System.Globalization;
using Homer.Search.Protocol;
using Homer.Search.Store;

namespace Homer.Search.Tests.Stores;

/// <summary>
/// A store without an engine: the contract tests are tried on it, and tests of what stands above a store may use it. Keeps everything in memory
/// and answers by reading all of it.
/// </summary>
public sealed class MemoryStore : ICaptureStore
{
    const int BytesPerDocument = 100;

    readonly Dictionary<(DateOnly Day, string Id, DocumentKind Kind), Document> _documents = [];
    readonly Dictionary<(uint Journal, DateOnly Day), long> _applied = [];

    /// <summary>What <see cref="RawAsync"/> gives, by the identity of the document.</summary>
    public Dictionary<string, byte[]> Raw { get; } = [];

    /// <summary>When set, <see cref="RetainAsync"/> throws it.</summary>
    public StoreException? Refusal { get; set; }

    /// <summary>When set, called before summaries are changed outside any unit.</summary>
    public Func<Task>? BeforeMerge { get; set; }

    /// <summary>How many summaries have been stored or changed.</summary>
    public int Merged { get; private set; }

    /// <summary>How often <see cref="RetainAsync"/> was asked.</summary>
    public int RetentionRuns { get; private set; }

    public ValueTask<ICaptureWriter> OpenWriterAsync(uint journal, CancellationToken cancellation) => new(new MemoryWriter(this, journal));

    public ValueTask<Page> SearchAsync(CaptureQuery query, CancellationToken cancellation)
    {
        Document[] found = [.. Find(query.Kind, query.Range, query.Where).Order(new SortOrder(query.Sort))];
        int start = query.After is null ? 0 : 1 + Array.FindIndex(found, document => document.Id == query.After);
        if (query.After is not null && start == 0)
            throw new StoreException($"'{query.After}' is no cursor of this search; begin with the first page.", isTransient: false) { IsMistake = true };

        Document[] page = [.. found.Skip(start).Take(query.First).Select(document => Wanted(document, query))];
        string? end = start + page.Length < found.Length ? page[^1].Id : null;
        return new(new Page(page, query.CountTotal ? found.Length : page.Length, query.CountTotal, end));
    }

    public ValueTask<Document?> FindAsync(DocumentKind kind, string id, CancellationToken cancellation) =>
        new(_documents.Values.Where(document => document.Kind == kind && document.Id == id).MaxBy(document => document.Time));

    public ValueTask<IReadOnlyList<Facet>> FacetsAsync(FacetQuery query, CancellationToken cancellation)
    {
        Document[] found = [.. Find(query.Kind, query.Range, query.Where)];
        return new([.. query.Fields.Select(field => Count(found, field, query.Size))]);
    }

    public ValueTask<IReadOnlyList<HistogramBucket>> HistogramAsync(HistogramQuery query, CancellationToken cancellation)
    {
        Document[] found = [.. Find(query.Kind, query.Range, query.Where)];
        HashSet<string> kept = query.By is null ? [] : [.. Count(found, query.By, HistogramBucket.MaxValues).Buckets.Select(bucket => bucket.Value)];
        long length = query.Interval.Ticks * 100;
        string? Value(Document document) =>
            query.By is null || document[query.By] is not { } value ? null
            : kept.Contains(Bucket.Text(value)) ? Bucket.Text(value)
            : HistogramBucket.Other;

        return new([.. found.GroupBy(document => (Start: document.Time.Nanoseconds / length * length, Value: Value(document)))
            .OrderBy(group => group.Key.Start)
            .Select(group => new HistogramBucket(new Instant(group.Key.Start), group.Key.Value, group.Count()))]);
    }

    public ValueTask<IReadOnlyList<MeasureGroup>> MeasureAsync(MeasureQuery query, CancellationToken cancellation) =>
        new(MemoryMeasures.Of(query, [.. Find(query.Kind, query.Range, query.Where)]));

    public ValueTask<IReadOnlyList<byte[]?>> RawAsync(IReadOnlyList<Document> documents, CancellationToken cancellation) =>
        new([.. documents.Select(document => Raw.GetValueOrDefault(document.Id))]);

    public async ValueTask MergeAsync(IReadOnlyCollection<SummaryUpdate> updates, CancellationToken cancellation)
    {
        if (BeforeMerge is not null)
            await BeforeMerge();
        foreach (SummaryUpdate update in updates)
            Merge(update);
    }

    public ValueTask<StoreHealth> CheckAsync(CancellationToken cancellation) =>
        new(new StoreHealth(true, string.Create(CultureInfo.InvariantCulture, $"{_documents.Count} documents in memory")));

    public ValueTask<RetentionReport> RetainAsync(RetentionPolicy policy, Instant now, CancellationToken cancellation)
    {
        RetentionRuns++;
        if (Refusal is not null)
            throw Refusal;

        long Bytes() => (long)_documents.Count * BytesPerDocument;

        long before = Bytes();
        var dropped = new List<DateOnly>();
        foreach (DateOnly day in _documents.Keys.Select(key => key.Day).Distinct().Order().SkipLast(1).ToArray())
        {
            if ((policy.Days is not { } days || day >= now.Day.AddDays(-days)) && (policy.Bytes is not { } bytes || Bytes() <= bytes))
                break;
            foreach (var key in _documents.Keys.Where(key => key.Day == day).ToArray())
                _documents.Remove(key);
            dropped.Add(day);
        }

        return new(new RetentionReport(dropped, before - Bytes(), Bytes()));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    internal long ReplayEnd(uint journal) => _applied.Where(entry => entry.Key.Journal == journal).Select(entry => entry.Value).DefaultIfEmpty().Max();

    internal void Commit(uint journal, long end, IEnumerable<Document> documents, IEnumerable<SummaryUpdate> summaries)
    {
        foreach (IGrouping<DateOnly, Document> day in documents.GroupBy(document => document.Time.Day))
        {
            long applied = _applied.GetValueOrDefault((journal, day.Key));
            foreach (Document document in day.Where(document => document.Integer(Fields.Sequence) >= applied))
                _documents.Add((day.Key, document.Id, document.Kind), document);
            _applied[(journal, day.Key)] = end;
        }

        foreach (SummaryUpdate update in summaries)
            Merge(update);
    }

    /// <summary>The document with no more than the query has to read.</summary>
    static Document Wanted(Document document, CaptureQuery query)
    {
        if (query.Wanted is null)
            return document;
        var values = new object?[Catalogue.Of(query.Kind).Length];
        foreach (Field field in query.Read().Concat(query.Wanted).Where(field => field.Column(query.Kind) >= 0))
            values[field.Column(query.Kind)] = field.UnionOf.Count == 0 ? document[field] : Union(document, field);
        return new Document(document.Kind, document.Id, values);
    }

    static string[]? Union(Document document, Field union) =>
        union.UnionOf.Select(document.Text).OfType<string>().Distinct().ToArray() is { Length: > 0 } members ? members : null;

    void Merge(SummaryUpdate update)
    {
        string id = System.Text.Encoding.UTF8.GetString(update.Key.Span);
        DateOnly day = update.FirstTime.Day;
        DateOnly home = new[] { day, day.AddDays(-1), day.AddDays(1) }.FirstOrDefault(near => _documents.ContainsKey((near, id, update.Kind)), day);
        Document? stored = _documents.GetValueOrDefault((home, id, update.Kind));
        var merged = new DocumentBatch(update.Kind, journal: 0);
        if (!update.Merge(stored?.Binary(Fields.Summary), merged))
            return;
        Merged++;
        _documents[(home, id, update.Kind)] = BatchRows.Read(merged, row: 0);
    }

    IEnumerable<Document> Find(DocumentKind kind, TimeRange range, Query where) =>
        _documents.Values.Where(document => document.Kind == kind && range.Contains(document.Time) && QueryMatch.Matches(where, document));

    static Facet Count(Document[] documents, Field field, int size)
    {
        var counts = documents.SelectMany(document => QueryMatch.Values(field, document).Distinct()).GroupBy(value => value)
            .Select(group => (Value: group.Key, Count: group.LongCount()))
            .OrderByDescending(value => value.Count).ThenBy(value => value.Value, Comparer<object>.Create(ValueOrder.Compare)).ToArray();
        return new Facet(
            field, [.. counts.Take(size).Select(value => new Bucket(Bucket.Text(value.Value), value.Count))], counts.Skip(size).Sum(value => value.Count));
    }
}
