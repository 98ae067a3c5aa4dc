using GraphQL;
using Homer.Search.Calls;
using Homer.Search.Store;

namespace Homer.Search.Api.Schema;

/// <summary>What can be asked. Every search takes a range of time and, if wanted, a query in KQL.</summary>
public sealed class Query(CaptureQueries queries, AgentDirectory agents, AliasBook book)
{
    const int DefaultPage = 50;
    const int DefaultFacet = 10;

    /// <summary>SIP messages, newest first unless sorted otherwise.</summary>
    /// <param name="range">When they were captured.</param>
    /// <param name="query">KQL, e.g. `from : +4930* and status >= 500`; all when left out.</param>
    /// <param name="sort">The order; ties are broken by time.</param>
    /// <param name="first">Most to answer, 1 to 1000.</param>
    /// <param name="after">`pageInfo.endCursor` of the page before.</param>
    public async Task<MessageConnection> Messages(
        TimeRangeInput range, string? query, IReadOnlyList<SortInput>? sort, int? first = DefaultPage, string? after = null,
        CancellationToken cancellation = default) =>
        new(
            queries,
            await queries.MessagesAsync(range.Read(queries), query, SortInput.Read(DocumentKind.Sip, sort), first ?? DefaultPage, after, cancellation));

    /// <summary>One SIP message; null when there is none.</summary>
    /// <param name="id">As `Message.id` gives it.</param>
    public async Task<Message?> Message([Id] string id, CancellationToken cancellation) =>
        await queries.MessageAsync(id, cancellation) is { } document ? new MessageList(queries, [document]).Messages[0] : null;

    /// <summary>Calls, newest first unless sorted otherwise. Registrations and other attempts only when the query names `call.method`.</summary>
    /// <param name="range">When they began.</param>
    /// <param name="query">KQL, e.g. `number : *471234* and outcome : busy`; all when left out.</param>
    /// <param name="sort">The order; ties are broken by time.</param>
    /// <param name="first">Most to answer, 1 to 1000.</param>
    /// <param name="after">`pageInfo.endCursor` of the page before.</param>
    public async Task<CallConnection> Calls(
        TimeRangeInput range, string? query, IReadOnlyList<SortInput>? sort, int? first = DefaultPage, string? after = null,
        CancellationToken cancellation = default) =>
        new(
            queries,
            await queries.CallsAsync(range.Read(queries), query, SortInput.Read(DocumentKind.Call, sort), first ?? DefaultPage, after, cancellation));

    /// <summary>One call, of any method; null when there is none.</summary>
    /// <param name="callId">The Call-ID, byte for byte.</param>
    /// <param name="range">Only a call that began in it; the newest with this Call-ID when left out.</param>
    public async Task<Call?> Call(string callId, TimeRangeInput? range, CancellationToken cancellation) =>
        await queries.CallAsync(callId, range?.Read(queries), cancellation) is { } document ? new Call(queries, document) : null;

    /// <summary>Registrations, a series under one Call-ID each, newest first unless sorted otherwise.</summary>
    /// <param name="range">When they began.</param>
    /// <param name="query">KQL, e.g. `to : alice and outcome : auth_failed`; all when left out.</param>
    /// <param name="sort">The order; ties are broken by time.</param>
    /// <param name="first">Most to answer, 1 to 1000.</param>
    /// <param name="after">`pageInfo.endCursor` of the page before.</param>
    public async Task<RegistrationConnection> Registrations(
        TimeRangeInput range, string? query, IReadOnlyList<SortInput>? sort, int? first = DefaultPage, string? after = null,
        CancellationToken cancellation = default) =>
        new(
            queries,
            await queries.RegistrationsAsync(range.Read(queries), query, SortInput.Read(DocumentKind.Call, sort), first ?? DefaultPage, after, cancellation));

    /// <summary>Media-quality reports, newest first unless sorted otherwise.</summary>
    /// <param name="range">When they were captured.</param>
    /// <param name="query">KQL; all when left out.</param>
    /// <param name="sort">The order; ties are broken by time.</param>
    /// <param name="first">Most to answer, 1 to 1000.</param>
    /// <param name="after">`pageInfo.endCursor` of the page before.</param>
    public async Task<QosReportConnection> QosReports(
        TimeRangeInput range, string? query, IReadOnlyList<SortInput>? sort, int? first = DefaultPage, string? after = null,
        CancellationToken cancellation = default) =>
        new(await queries.QosReportsAsync(range.Read(queries), query, SortInput.Read(DocumentKind.Qos, sort), first ?? DefaultPage, after, cancellation));

    /// <summary>Log lines and other captured payloads, newest first unless sorted otherwise.</summary>
    /// <param name="range">When they were captured.</param>
    /// <param name="query">KQL; all when left out.</param>
    /// <param name="sort">The order; ties are broken by time.</param>
    /// <param name="first">Most to answer, 1 to 1000.</param>
    /// <param name="after">`pageInfo.endCursor` of the page before.</param>
    public async Task<LogConnection> Logs(
        TimeRangeInput range, string? query, IReadOnlyList<SortInput>? sort, int? first = DefaultPage, string? after = null,
        CancellationToken cancellation = default) =>
        new(await queries.LogsAsync(range.Read(queries), query, SortInput.Read(DocumentKind.Log, sort), first ?? DefaultPage, after, cancellation));

    /// <summary>The most frequent values of some fields, for filters.</summary>
    /// <param name="range">When the documents were captured.</param>
    /// <param name="kind">What is counted.</param>
    /// <param name="query">KQL; all when left out.</param>
    /// <param name="fields">Names of fields, or their short names.</param>
    /// <param name="size">Most values a field, 1 to 1000.</param>
    [Complexity(5, 10)]
    public async Task<IReadOnlyList<Facet>> Facets(
        TimeRangeInput range, DocumentKind kind, string? query, IReadOnlyList<string> fields, int? size = DefaultFacet,
        CancellationToken cancellation = default) =>
        await queries.FacetsAsync(kind, range.Read(queries), query, fields, size ?? DefaultFacet, cancellation);

    /// <summary>The most frequent values of one field.</summary>
    /// <param name="range">When the documents were captured.</param>
    /// <param name="kind">What is counted.</param>
    /// <param name="query">KQL; all when left out.</param>
    /// <param name="field">Name of a field, or one of its short names.</param>
    /// <param name="size">Most values, 1 to 1000.</param>
    [Complexity(5, 10)]
    public async Task<IReadOnlyList<Bucket>> Top(
        TimeRangeInput range, DocumentKind kind, string? query, string field, int? size = DefaultFacet, CancellationToken cancellation = default) =>
        (await queries.FacetsAsync(kind, range.Read(queries), query, [field], size ?? DefaultFacet, cancellation))[0].Buckets;

    /// <summary>The indicators of RFC 6076 and ITU-T E.425, of all calls together or for each value of some fields and each interval; at most 500 sets.</summary>
    /// <param name="range">When the calls began.</param>
    /// <param name="query">KQL; all when left out.</param>
    /// <param name="by">Names of fields, or their short names; for all calls together when left out. A call counts under each value of a field with several.</param>
    /// <param name="intervalSeconds">Length of intervals to be told apart, which begin at multiples of it since 1970; those without calls are left out.</param>
    /// <param name="each">What counts as one call.</param>
    [Complexity(500, 10)]
    public async Task<IReadOnlyList<KpiSet>> Kpis(
        TimeRangeInput range, string? query, IReadOnlyList<string>? by, int? intervalSeconds = null, KpiUnit? each = KpiUnit.Session,
        CancellationToken cancellation = default) =>
        await queries.KpisAsync(
            range.Read(queries), query, by ?? [], intervalSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null, each ?? KpiUnit.Session, cancellation);

    /// <summary>The capture agents heard of since this server started, the last heard first.</summary>
    public IReadOnlyList<Agent> Agents() => agents.All();

    /// <summary>The names of places in the network that are in force, from `aliases.yaml`.</summary>
    public IReadOnlyList<NamedPlace> Aliases() => NamedPlace.Of(book.Aliases);

    /// <summary>What the way in has done since the server started.</summary>
    public IngestStatus Ingest() => agents.Status;
}
