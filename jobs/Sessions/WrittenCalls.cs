using System.Runtime.CompilerServices;
using Homer.Search.Protocol;
using Homer.Search.Store;

namespace Homer.Search.Jobs;

/// <summary>Follows the summaries of calls in the order in which they were written.</summary>
/// <param name="since">When the first one to be read was written.</param>
sealed class WrittenCalls(ICaptureStore store, Instant since)
{
    const int PageSize = 1_000;

    /// <summary>Summaries written before this have been read.</summary>
    public Instant Since { get; private set; } = since;

    /// <summary>
    /// Reads what was written before <paramref name="until"/>, of calls that began within <paramref name="begun"/>. What the caller leaves is given again.
    /// </summary>
    public async IAsyncEnumerable<Document> ReadAsync(TimeRange begun, Instant until, [EnumeratorCancellation] CancellationToken cancellation)
    {
        Query isCall = new Query.Equal(Fields.CallMethod, "INVITE");
        var isNew = new Query.Range(Fields.Ingested, Since, FromIncluded: true, until, ToIncluded: false);
        string? after = null;
        do
        {
            var query = new CaptureQuery(DocumentKind.Call, begun, new Query.And([isCall, isNew]))
            {
                Sort = [new Sort(Fields.Ingested)],
                First = PageSize,
                After = after,
                CountTotal = false,
            };
            Page page = await store.SearchAsync(query, cancellation).ConfigureAwait(false);
            foreach (Document call in page.Documents)
            {
                Since = call.Instant(Fields.Ingested)!.Value;
                yield return call;
            }

            after = page.EndCursor;
        }
        while (after is not null);
        Since = until;
    }
}
