using Homer.Search.Protocol;
using Homer.Search.Store;
using Xunit;

namespace Homer.Search.Tests.Stores;

/// <summary>
/// What every store must do. A store's test project has one sealed class for each contract here, e.g.
/// <c>public sealed class DuckDbWriting : WritingContract&lt;DuckDbPlace&gt;;</c>.
/// </summary>
public abstract class StoreContract<TPlace> : IAsyncLifetime
    where TPlace : StorePlace, new()
{
    protected const uint Journal = 0x0a0b0c0d;

    /// <summary>The day of the tests; the clock of the store does not matter to them.</summary>
    protected static readonly DateOnly Today = new(2026, 11, 24);

    readonly TPlace _place = new();

    protected ICaptureStore Store { get; private set; } = null!;

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public virtual async ValueTask InitializeAsync() => Store = await _place.OpenAsync(Cancellation);

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        await _place.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected async Task ReopenAsync()
    {
        await Store.DisposeAsync();
        Store = await _place.OpenAsync(Cancellation);
    }

    /// <summary>One unit, committed by a writer of its own.</summary>
    protected async Task WriteAsync(
        long end, IEnumerable<Sample> documents, IReadOnlyCollection<SummaryUpdate>? summaries = null, uint journal = Journal)
    {
        await using ICaptureWriter writer = await Store.OpenWriterAsync(journal, Cancellation);
        await AppendAsync(writer, documents, journal);
        await writer.CommitAsync(end, summaries ?? [], Cancellation);
    }

    protected static async Task AppendAsync(ICaptureWriter writer, IEnumerable<Sample> documents, uint journal = Journal)
    {
        foreach (IGrouping<DocumentKind, Sample> kind in documents.GroupBy(document => document.Kind))
        {
            var batch = new DocumentBatch(kind.Key, journal);
            foreach (Sample[] rows in kind.Chunk(DocumentBatch.Capacity))
            {
                foreach (Sample row in rows)
                    row.AddTo(batch);
                await writer.AppendAsync(batch, Cancellation);
                batch.Clear();
            }
        }
    }

    /// <summary>All documents of a kind, newest first.</summary>
    protected async Task<IReadOnlyList<Document>> AllAsync(DocumentKind kind = DocumentKind.Sip) =>
        (await Store.SearchAsync(new CaptureQuery(kind, TimeRange.All, new Query.Everything()) { First = 1000 }, Cancellation)).Documents;

    protected static Instant At(int hour, int minute = 0, int day = 0) =>
        Instant.StartOf(Today.AddDays(day)).Plus(new TimeSpan(hour, minute, 0));

    /// <summary>A SIP message as short as can be.</summary>
    protected static Sample Message(long position, Instant time, string callId = "c1") =>
        new(DocumentKind.Sip) { [Fields.Timestamp] = time, [Fields.Sequence] = position, [Fields.CallId] = callId };

    /// <summary>Messages at places 0, 8, 16 …, a minute apart.</summary>
    protected static Sample[] Messages(int count, int day = 0, long firstPosition = 0) =>
        [.. Enumerable.Range(0, count).Select(number => Message(firstPosition + (8 * number), At(10, number, day)))];
}
