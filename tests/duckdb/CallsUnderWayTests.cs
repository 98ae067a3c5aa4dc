using Homer.Search.Journal;
using Homer.Search.Protocol;
using Homer.Search.Store;
using Homer.Search.Store.DuckDb;
using Homer.Search.Tests.Stores;

namespace Homer.Search.Tests.DuckDb;

/// <summary>Units are read, merged and written beside each other; what becomes of their calls must not show it.</summary>
public sealed class CallsUnderWayTests : IAsyncDisposable
{
    const uint Journal = 0x0a0b0c0d;
    const int Units = 60;
    const int Calls = 400;

    readonly DuckDbPlace _place = new();

    public ValueTask DisposeAsync() => _place.DisposeAsync();

    /// <param name="checkpointMegabytes">With 0 the log is folded, which moves rows, after every unit.</param>
    [Theory]
    [InlineData(0)]
    [InlineData(128)]
    public async Task Units_that_overlap_and_jobs_between_them_lose_no_change_of_a_call(int checkpointMegabytes)
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        var random = new Random(checkpointMegabytes + 1);
        var expected = new long[Calls];
        await using DuckDbStore store = await DuckDbStore.OpenAsync(
            _place.Index, Archive.Open(Path.Combine(_place.Folder, "journal")), new DuckDbOptions { CheckpointMegabytes = checkpointMegabytes });
        await using ICaptureWriter writer = await store.OpenWriterAsync(Journal, cancellation);
        Task before = Task.CompletedTask;
        for (int unit = 1; unit <= Units; unit++)
        {
            var row = new DocumentBatch(DocumentKind.Sip, Journal);
            new Sample(DocumentKind.Sip) { [Fields.Timestamp] = TimeOf(unit), [Fields.Sequence] = 8L * unit }.AddTo(row);
            await writer.AppendAsync(row, cancellation);
            Task commit = writer.CommitAsync(8 * (unit + 1), Changes(), cancellation).AsTask();
            if (unit % 7 == 0)
                await store.MergeAsync(Changes(), cancellation);
            await before;
            before = commit;
        }

        await before;
        Page stored = await store.SearchAsync(new CaptureQuery(DocumentKind.Call, TimeRange.All, new Query.Everything()) { First = 1000 }, cancellation);
        Assert.Equal(expected, Enumerable.Range(0, Calls).Select(call => CountOf(stored, call)));
        Assert.Equal(expected.Count(count => count > 0), stored.Documents.Count);
        Assert.Equal(Units, (await store.SearchAsync(new CaptureQuery(DocumentKind.Sip, TimeRange.All, new Query.Everything()), cancellation)).TotalCount);

        IReadOnlyCollection<SummaryUpdate> Changes()
        {
            int[] changed = [.. Enumerable.Range(0, Calls).Where(_ => random.Next(4) == 0)];
            foreach (int call in changed)
                expected[call]++;
            return [.. changed.Select(call => new Tally($"call-{call}", TimeOf(call)))];
        }
    }

    static long CountOf(Page page, int call) =>
        page.Documents.Where(document => document.Id == $"call-{call}").Sum(document => document.Integer(Fields.MessageCount) ?? 0);

    /// <summary>Some are of another day.</summary>
    static Instant TimeOf(int number) => Instant.StartOf(new DateOnly(2026, 11, 24).AddDays(number % 10 == 0 ? 1 : 0)).Plus(TimeSpan.FromSeconds(number));
}
