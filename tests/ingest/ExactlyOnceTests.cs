using Homer.Search.Calls;
using Homer.Search.Ingest;
using Homer.Search.Journal;
using Homer.Search.Store;
using Homer.Search.Store.DuckDb;
using Microsoft.Extensions.Logging.Abstractions;

namespace Homer.Search.Tests.Ingest;

/// <summary>
/// The indexer over the real store and journal: whatever is repeated, each message is there once and each call is summed up once.
/// </summary>
public sealed class ExactlyOnceTests : IDisposable
{
    static readonly IngestOptions SmallUnits = new() { UnitDocuments = 700, CommitInterval = TimeSpan.FromMilliseconds(20) };

    readonly JournalFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_process_that_ends_between_append_and_commit_leaves_nothing_twice()
    {
        _folder.Append(SomePackets.Invites(1000));
        await using (DuckDbStore store = await OpenAsync())
            await IndexAsync(store, packets: 1000);

        _folder.Append(SomePackets.Invites(1000, "second"));
        await using (DuckDbStore store = await OpenAsync())
            await AppendWithoutCommitAsync(store);

        _folder.Reopen();
        await using (DuckDbStore store = await OpenAsync())
        {
            await IndexAsync(store, packets: 1000);
            await AssertCountsAsync(store, messages: 2000, calls: 2000);
        }
    }

    [Fact]
    public async Task A_unit_the_store_has_and_the_checkpoint_has_not_is_not_stored_again()
    {
        _folder.Append(SomePackets.Invites(500));
        await using (DuckDbStore store = await OpenAsync())
            await CommitWithoutCheckpointAsync(store);
        Assert.Equal(0, _folder.Journal.Checkpoint);

        _folder.Append(SomePackets.Invites(500, "second"));
        _folder.Reopen();
        await using (DuckDbStore store = await OpenAsync())
        {
            await IndexAsync(store, packets: 1000);
            await AssertCountsAsync(store, messages: 1000, calls: 1000);
            Assert.Equal(_folder.Journal.End, _folder.Journal.Checkpoint);
        }
    }

    [Fact]
    public async Task An_index_that_was_lost_is_built_anew_from_the_journal()
    {
        _folder.Append(SomePackets.Invites(2000));
        await using (DuckDbStore store = await OpenAsync())
            await IndexAsync(store, packets: 2000);
        Directory.Delete(_folder.Index, recursive: true);

        await using (DuckDbStore store = await OpenAsync())
        {
            long stored = await Reindex.RunAsync(
                _folder.Journal, store, SmallUnits, TimeProvider.System, progress: null, TestContext.Current.CancellationToken);
            Assert.Equal(2000, stored);
            await AssertCountsAsync(store, messages: 2000, calls: 2000);
        }
    }

    /// <summary>
    /// The process ends after a commit that the journal does not know of, several times, while calls are held for other lengths of time: so the store has
    /// some calls up to one unit, some up to another, and some not at all.
    /// </summary>
    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 1)]
    [InlineData(3, 20)]
    [InlineData(4, 60_000)]
    public async Task Calls_over_many_units_are_summed_up_once_however_often_the_process_ends(int seed, int holdMilliseconds)
    {
        var random = new Random(seed);
        IngestOptions options = SmallUnits with
        {
            UnitDocuments = 40,
            HoldCalls = TimeSpan.FromMilliseconds(holdMilliseconds),
            HoldCallsBehind = TimeSpan.FromMilliseconds(holdMilliseconds),
        };
        _folder.Append(SomePackets.Calls(150, random));
        for (int end = 0; end < 6; end++)
        {
            await using (DuckDbStore store = await OpenAsync())
                await IndexUntilFatalAsync(new FatalStore(store, commits: random.Next(1, 6)), options);
            _folder.Reopen();
        }

        await using DuckDbStore last = await OpenAsync();
        using var meter = new IngestMeter(_folder.Journal, TimeProvider.System);
        using var indexer = new Indexer(_folder.Journal, last, options, meter, TimeProvider.System, NullLogger<Indexer>.Instance);
        await indexer.StartAsync(TestContext.Current.CancellationToken);
        await Eventually.TrueAsync(() => _folder.Journal.Bytes == 0 || _folder.Journal.UnitEnds.Contains(_folder.Journal.End));
        await indexer.StopAsync(TestContext.Current.CancellationToken);

        Assert.Equal(_folder.Journal.End, _folder.Journal.Checkpoint);
        await AssertCountsAsync(last, messages: 150 * SomePackets.CallMessages, calls: 150);
        var every = new CaptureQuery(DocumentKind.Call, TimeRange.All, new Query.Everything()) { First = 200 };
        Page page = await last.SearchAsync(every, TestContext.Current.CancellationToken);
        Assert.All(page.Documents, call => Assert.Equal(SomePackets.CallMessages, call.Integer(Fields.MessageCount)));
    }

    async Task IndexUntilFatalAsync(ICaptureStore store, IngestOptions options)
    {
        using var meter = new IngestMeter(_folder.Journal, TimeProvider.System);
        using var indexer = new Indexer(_folder.Journal, store, options, meter, TimeProvider.System, NullLogger<Indexer>.Instance);
        await indexer.StartAsync(TestContext.Current.CancellationToken);
        await Eventually.TrueAsync(() => indexer.ExecuteTask!.IsCompleted || _folder.Journal.Bytes == 0);
        await indexer.StopAsync(TestContext.Current.CancellationToken);
    }

    async Task IndexAsync(DuckDbStore store, long packets)
    {
        using var meter = new IngestMeter(_folder.Journal, TimeProvider.System);
        using var indexer = new Indexer(_folder.Journal, store, SmallUnits, meter, TimeProvider.System, NullLogger<Indexer>.Instance);
        await indexer.StartAsync(TestContext.Current.CancellationToken);
        await Eventually.TrueAsync(() => meter.Stored == packets);
        await indexer.StopAsync(TestContext.Current.CancellationToken);
    }

    async Task AppendWithoutCommitAsync(DuckDbStore store)
    {
        await using ICaptureWriter writer = await store.OpenWriterAsync(_folder.Journal.Id, TestContext.Current.CancellationToken);
        foreach (DocumentBatch batch in Read(_folder.Journal.Checkpoint, out _))
            await writer.AppendAsync(batch, TestContext.Current.CancellationToken);
    }

    async Task CommitWithoutCheckpointAsync(DuckDbStore store)
    {
        await using ICaptureWriter writer = await store.OpenWriterAsync(_folder.Journal.Id, TestContext.Current.CancellationToken);
        foreach (DocumentBatch batch in Read(0, out CallFold calls))
        {
            await writer.AppendAsync(batch, TestContext.Current.CancellationToken);
            await writer.CommitAsync(_folder.Journal.End, calls.Take(TimeSpan.Zero, hold: TimeSpan.Zero), TestContext.Current.CancellationToken);
        }
    }

    /// <summary>The rows of everything from a position on, which one batch holds.</summary>
    IEnumerable<DocumentBatch> Read(long from, out CallFold calls)
    {
        using var meter = new IngestMeter(_folder.Journal, TimeProvider.System);
        var rows = new RecordRows(_folder.Journal.Id, new IngestOptions(), meter, NullLogger.Instance);
        var batches = new BatchSet(_folder.Journal.Id);
        calls = new CallFold(_folder.Journal.Id);
        using JournalReader reader = _folder.Journal.Follow(from);
        while (reader.TryRead(out JournalRecord record))
            rows.Add(record, batches, new IndexUnit(), calls, TimeSpan.Zero);
        return batches.Filled;
    }

    async Task<DuckDbStore> OpenAsync() => await DuckDbStore.OpenAsync(_folder.Index, Archive.Open(_folder.Path));

    static async Task AssertCountsAsync(DuckDbStore store, long messages, long calls)
    {
        foreach ((DocumentKind kind, long expected) in new[] { (DocumentKind.Sip, messages), (DocumentKind.Call, calls) })
        {
            var everything = new CaptureQuery(kind, TimeRange.All, new Query.Everything()) { First = 1 };
            Page page = await store.SearchAsync(everything, TestContext.Current.CancellationToken);
            Assert.Equal((kind, expected), (kind, page.TotalCount));
        }
    }
}
