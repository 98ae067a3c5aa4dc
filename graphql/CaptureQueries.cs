using Homer.Search.Store;

namespace Homer.Search.Api;

/// <summary>
/// What can be asked, once: GraphQL resolvers and pages are thin shells over it. Takes the query language as people type it and throws
/// <see cref="QueryException"/> with the position when it is wrong.
/// </summary>
public sealed class CaptureQueries(ICaptureStore store, TimeProvider clock)
{
    public ValueTask<Page> MessagesAsync(TimeRange range, string? query, IReadOnlyList<Sort>? sort, int first, string? after, CancellationToken cancellation) =>
        SearchAsync(DocumentKind.Sip, range, query, sort, first, after, cancellation);

    public ValueTask<Page> CallsAsync(TimeRange range, string? query, IReadOnlyList<Sort>? sort, int first, string? after, CancellationToken cancellation) =>
        SearchAsync(DocumentKind.Call, range, query, sort, first, after, cancellation);

    /// <summary>The message with this identifier; null when there is none.</summary>
    public ValueTask<Document?> MessageAsync(string id, CancellationToken cancellation) => store.FindAsync(DocumentKind.Sip, id, cancellation);

    /// <summary>The summary of one Call-ID; null when there is none.</summary>
    public ValueTask<Document?> CallAsync(string callId, CancellationToken cancellation) => store.FindAsync(DocumentKind.Call, callId, cancellation);

    /// <summary>All messages of one Call-ID, oldest first, at most <paramref name="first"/>.</summary>
    public ValueTask<Page> MessagesOfCallAsync(Document call, int first, CancellationToken cancellation) =>
        throw new NotImplementedException();

    public ValueTask<IReadOnlyList<Facet>> FacetsAsync(
        DocumentKind kind, TimeRange range, string? query, IReadOnlyList<string> fields, int size, CancellationToken cancellation) =>
        throw new NotImplementedException();

    /// <summary>Reads both ends: ISO 8601 with up to nine decimals, or relative to now (<c>now-15m</c>).</summary>
    public TimeRange Range(string from, string to)
    {
        _ = clock;
        throw new NotImplementedException();
    }

    ValueTask<Page> SearchAsync(
        DocumentKind kind, TimeRange range, string? query, IReadOnlyList<Sort>? sort, int first, string? after, CancellationToken cancellation) =>
        throw new NotImplementedException();
}
