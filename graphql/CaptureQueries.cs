using Homer.Search.Calls;
using Homer.Search.Protocol;
using Homer.Search.Store;

namespace Homer.Search.Api;

/// <summary>
/// What can be asked, once: GraphQL resolvers and pages are thin shells over it. Takes the query language as people type it; throws
/// <see cref="QueryException"/> with the position when that is wrong and <see cref="InputException"/> for any other argument.
/// </summary>
public sealed class CaptureQueries(ICaptureStore store, RuleFile<CorrelationRules> correlation, TimeProvider clock)
{
    /// <summary>Most documents on one page.</summary>
    public const int LargestPage = 1000;

    /// <summary>Most messages, log lines or reports that are read of one call.</summary>
    public const int LargestCall = 10_000;

    /// <summary>Most buckets of one facet.</summary>
    public const int LargestFacet = 1000;

    /// <summary>How far around a call its logs and reports are looked for: clocks differ and reports come late.</summary>
    static readonly TimeSpan AroundCall = TimeSpan.FromHours(1);

    /// <summary>How far around the first and last message that its summary tells of a call's messages are looked for: a summary may be some seconds old.</summary>
    static readonly TimeSpan AroundMessages = TimeSpan.FromMinutes(1);

    /// <summary>How long a message is sent again when nobody answers (timer B and H of RFC 3261 §17), and to spare.</summary>
    static readonly TimeSpan LongestRetry = TimeSpan.FromSeconds(64);

    static readonly Sort[] OldestFirst = [new Sort(Fields.Timestamp)];

    /// <summary>Reads both ends: ISO 8601 with up to nine decimals, or relative to now (<c>now-15m</c>).</summary>
    public TimeRange Range(string from, string to)
    {
        try
        {
            return TimeRanges.Parse(from, to, Instant.Now(clock));
        }
        catch (QueryException mistake)
        {
            throw new InputException("range", mistake.Message, mistake);
        }
    }

    /// <summary>The order by one field, given by its name or alias.</summary>
    public static Sort SortBy(DocumentKind kind, string field, bool descending) => new(Known(kind, field, "sort"), descending);

    public ValueTask<Page> MessagesAsync(
        TimeRange range, string? query, IReadOnlyList<Sort>? sort, int first, string? after, CancellationToken cancellation) =>
        SearchAsync(DocumentKind.Sip, range, query, sort, first, after, cancellation);

    /// <summary>Calls; attempts of other methods (REGISTER, OPTIONS …) only when the query names <c>call.method</c>.</summary>
    public ValueTask<Page> CallsAsync(
        TimeRange range, string? query, IReadOnlyList<Sort>? sort, int first, string? after, CancellationToken cancellation) =>
        SearchAsync(DocumentKind.Call, range, query, sort, first, after, cancellation);

    /// <summary>Series of registrations, one under each Call-ID.</summary>
    public ValueTask<Page> RegistrationsAsync(
        TimeRange range, string? query, IReadOnlyList<Sort>? sort, int first, string? after, CancellationToken cancellation)
    {
        Instant now = Instant.Now(clock);
        Query where = CallScope.OfRegistrations(TimedOutQuery.AsOf(QueryLanguage.Parse(query, DocumentKind.Call, now), now));
        return SearchAsync(new CaptureQuery(DocumentKind.Call, range, where), sort, first, after, cancellation);
    }

    public ValueTask<Page> LogsAsync(
        TimeRange range, string? query, IReadOnlyList<Sort>? sort, int first, string? after, CancellationToken cancellation) =>
        SearchAsync(DocumentKind.Log, range, query, sort, first, after, cancellation);

    public ValueTask<Page> QosReportsAsync(
        TimeRange range, string? query, IReadOnlyList<Sort>? sort, int first, string? after, CancellationToken cancellation) =>
        SearchAsync(DocumentKind.Qos, range, query, sort, first, after, cancellation);

    /// <summary>The message with this identifier; null when there is none.</summary>
    public async ValueTask<Document?> MessageAsync(string id, CancellationToken cancellation) =>
        DocumentId.TryParse(id, out _) ? await store.FindAsync(DocumentKind.Sip, id, cancellation) : null;

    /// <summary>The summary of one Call-ID; null when there is none. With a range, only of a call that began in it.</summary>
    public async ValueTask<Document?> CallAsync(string callId, TimeRange? range, CancellationToken cancellation)
    {
        if (range is null)
            return await store.FindAsync(DocumentKind.Call, callId, cancellation);

        var query = new CaptureQuery(DocumentKind.Call, range.Value, new Query.Equal(Fields.CallId, callId))
        {
            First = 1,
            Wanted = Catalogue.Shown(DocumentKind.Call),
            CountTotal = false,
        };
        return (await store.SearchAsync(query, cancellation)).Documents is [var call, ..] ? call : null;
    }

    /// <summary>A call's summary as it reads now: an attempt that nobody has answered in time has timed out.</summary>
    public CallView View(Document call) => new(call, Instant.Now(clock));

    /// <summary>The calls tied to a call by the rules of correlation.</summary>
    /// <param name="wanted">What is read of the other legs, <see cref="CallSession.FieldsOfLegs"/> or more; null for all.</param>
    public Task<CallSession> SessionAsync(Document call, IReadOnlyCollection<Field>? wanted, CancellationToken cancellation) =>
        SessionSearch.FindAsync(store, correlation.Current, call, wanted, cancellation);

    /// <summary>
    /// All messages of the legs of a session, oldest first, whatever search found them; at most <see cref="LargestCall"/>, and then
    /// <see cref="Page.EndCursor"/> is not null.
    /// </summary>
    /// <param name="wanted">Fields that are read of them; null for all.</param>
    public async ValueTask<Page> MessagesOfSessionAsync(IReadOnlyList<Document> legs, IReadOnlyCollection<Field>? wanted, CancellationToken cancellation)
    {
        long counted = legs.Sum(leg => leg.Integer(Fields.MessageCount) ?? LargestCall);
        Page told = await OfLegsAsync(DocumentKind.Sip, OfLegs(legs), Around(legs, AroundMessages), wanted, cancellation);
        // A store reads much less of the time that the summaries tell; only when messages are missing there are they looked for elsewhere.
        return told.Documents.Count >= Math.Min(counted, LargestCall)
            ? told
            : await OfLegsAsync(DocumentKind.Sip, OfLegs(legs), Around(legs, AroundCall), wanted, cancellation);
    }

    /// <summary>All messages of a call, likewise.</summary>
    public ValueTask<Page> MessagesOfCallAsync(Document call, CancellationToken cancellation) => MessagesOfSessionAsync([call], wanted: null, cancellation);

    /// <summary>The log lines of the call (<see cref="CallRecords"/>), oldest first.</summary>
    public ValueTask<Page> LogsOfCallAsync(Document call, CancellationToken cancellation) => RecordsOfCallAsync(DocumentKind.Log, call, cancellation);

    /// <summary>The quality reports of the call, oldest first.</summary>
    public ValueTask<Page> QosReportsOfCallAsync(Document call, CancellationToken cancellation) => RecordsOfCallAsync(DocumentKind.Qos, call, cancellation);

    /// <summary>All messages found, oldest first, read bit by bit.</summary>
    /// <param name="wanted">Fields that are read of them; null for all.</param>
    public IAsyncEnumerable<Document> MessagesAsync(TimeRange range, string? query, IReadOnlyCollection<Field>? wanted, CancellationToken cancellation) =>
        DocumentStream.ReadAsync(store, DocumentKind.Sip, range, Where(DocumentKind.Sip, query), wanted, cancellation);

    /// <summary>All messages of some legs, in the order of time over all of them, read bit by bit.</summary>
    /// <param name="wanted">Fields that are read of them; null for all.</param>
    public IAsyncEnumerable<Document> MessagesOfLegsAsync(IReadOnlyList<Document> legs, IReadOnlyCollection<Field>? wanted, CancellationToken cancellation) =>
        DocumentStream.ReadAsync(store, DocumentKind.Sip, Around(legs, AroundCall), OfLegs(legs), wanted, cancellation);

    /// <summary>The payloads as they were captured, in the same order; null for one that retention has taken.</summary>
    public ValueTask<IReadOnlyList<byte[]?>> RawAsync(IReadOnlyList<Document> documents, CancellationToken cancellation) =>
        store.RawAsync(documents, cancellation);

    /// <summary>
    /// For each of the messages whether it is a retransmission; reads what else was captured of their calls shortly before, at most
    /// <see cref="LargestCall"/> messages.
    /// </summary>
    public async Task<bool[]> RetransmissionsAsync(IReadOnlyList<Document> messages, CancellationToken cancellation)
    {
        string[] callIds = [.. messages.Select(message => message.Text(Fields.CallId)).OfType<string>().Distinct()];
        if (callIds.Length == 0)
            return new bool[messages.Count];

        var range = new TimeRange(messages.Min(message => message.Time).Plus(-LongestRetry), messages.Max(message => message.Time));
        var where = new Query.Or([.. callIds.Select(callId => new Query.Equal(Fields.CallId, callId))]);
        var query = new CaptureQuery(DocumentKind.Sip, range, where) { Sort = OldestFirst, First = LargestCall, CountTotal = false };
        HashSet<string> known = [.. messages.Select(message => message.Id)];
        IEnumerable<Document> before = (await store.SearchAsync(query, cancellation)).Documents.Where(message => !known.Contains(message.Id));
        return Retransmissions.Mark([.. messages, .. before])[..messages.Count];
    }

    /// <summary>The most frequent values of each field.</summary>
    public ValueTask<IReadOnlyList<Facet>> FacetsAsync(
        DocumentKind kind, TimeRange range, string? query, IReadOnlyList<string> fields, int size, CancellationToken cancellation)
    {
        Bounded(size, LargestFacet, "size");
        Field[] known = [.. fields.Select(field => Known(kind, field, "fields"))];
        return TimedOutCounts.FacetsAsync(store, new FacetQuery(kind, range, Where(kind, query), known, size), Instant.Now(clock), cancellation);
    }

    /// <summary>How many documents fall into each interval, apart by the values of a field when one is given.</summary>
    public ValueTask<IReadOnlyList<HistogramBucket>> HistogramAsync(
        DocumentKind kind, TimeRange range, string? query, TimeSpan interval, string? by, CancellationToken cancellation) =>
        TimedOutCounts.HistogramAsync(
            store, new HistogramQuery(kind, range, Where(kind, query), interval, by is null ? null : Known(kind, by, "by")), Instant.Now(clock), cancellation);

    /// <summary>
    /// The indicators of calls and registrations, of all together or for each combination of the values of some fields, the most calls first; and for each
    /// interval apart when one is given, the oldest first. The store adds them up.
    /// </summary>
    public Task<IReadOnlyList<KpiSet>> KpisAsync(
        TimeRange range, string? query, IReadOnlyList<string> by, TimeSpan? interval, KpiUnit each, CancellationToken cancellation)
    {
        Instant now = Instant.Now(clock);
        Field[] fields = [.. by.Select(field => Known(DocumentKind.Call, field, "by"))];
        if (Array.Find(fields, static field => field.UnionOf.Count > 0) is { } union)
            throw new InputException("by", $"`{union.Name}` stands for other fields; group by one of {string.Join(", ", union.UnionOf)}.");
        if (Array.Find(fields, static field => field.Type == FieldType.Instant) is { } time)
            throw new InputException("by", $"`{time.Name}` is a time; give an interval instead.");
        if (interval <= TimeSpan.Zero)
            throw new InputException("intervalSeconds", "An interval lasts at least a second.");

        Query where = CallScope.OfKpis(TimedOutQuery.AsOf(QueryLanguage.Parse(query, DocumentKind.Call, now), now), each);
        return new KpiSearch(store, range, fields, interval, now).RunAsync(where, cancellation);
    }

    ValueTask<Page> SearchAsync(
        DocumentKind kind, TimeRange range, string? query, IReadOnlyList<Sort>? sort, int first, string? after, CancellationToken cancellation) =>
        SearchAsync(new CaptureQuery(kind, range, Where(kind, query)), sort, first, after, cancellation);

    ValueTask<Page> SearchAsync(CaptureQuery query, IReadOnlyList<Sort>? sort, int first, string? after, CancellationToken cancellation)
    {
        Bounded(first, LargestPage, "first");
        query = query with { First = first, After = after, Wanted = Catalogue.Shown(query.Kind) };
        return store.SearchAsync(sort is { Count: > 0 } ? query with { Sort = sort } : query, cancellation);
    }

    ValueTask<Page> RecordsOfCallAsync(DocumentKind kind, Document call, CancellationToken cancellation) =>
        OfLegsAsync(kind, CallRecords.Of(call, kind, correlation.Current), Around([call], AroundCall), wanted: null, cancellation);

    ValueTask<Page> OfLegsAsync(
        DocumentKind kind, Query where, TimeRange range, IReadOnlyCollection<Field>? wanted, CancellationToken cancellation) =>
        store.SearchAsync(new CaptureQuery(kind, range, where) { Sort = OldestFirst, First = LargestCall, Wanted = wanted }, cancellation);

    static TimeRange Around(IReadOnlyList<Document> legs, TimeSpan margin) => new(
        legs.Min(leg => leg.Instant(Fields.EventStart) ?? leg.Time).Plus(-margin),
        legs.Max(leg => leg.Instant(Fields.EventEnd) ?? leg.Time).Plus(margin));

    static Query OfLegs(IReadOnlyList<Document> legs)
    {
        Query[] each = [.. legs.Select(leg => new Query.Equal(Fields.CallId, leg.Text(Fields.CallId) ?? leg.Id))];
        return each is [var only] ? only : new Query.Or(each);
    }

    Query Where(DocumentKind kind, string? query)
    {
        Instant now = Instant.Now(clock);
        Query where = QueryLanguage.Parse(query, kind, now);
        return kind == DocumentKind.Call ? CallScope.Of(TimedOutQuery.AsOf(where, now)) : where;
    }

    static Field Known(DocumentKind kind, string name, string argument) =>
        Catalogue.Find(name) is { StoredOnly: false, Type: not (FieldType.Object or FieldType.Text or FieldType.Binary) } field && field.Column(kind) >= 0
            ? field
            : throw new InputException(argument, $"`{name}` is not a field of {kind.ToString().ToLowerInvariant()} documents that can be sorted or counted by.");

    static void Bounded(int value, int largest, string argument)
    {
        if (value < 1 || value > largest)
            throw new InputException(argument, $"`{argument}` is {value}; it must lie between 1 and {largest}.");
    }
}
