using Homer.Search.Ingest;
using Homer.Search.Journal;
using Homer.Search.Store;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Homer.Search.Tests.Ingest;

public sealed class IndexerTests : IDisposable
{
    readonly JournalFolder _folder = new();
    readonly StubbornStore _store = new();
    readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 11, 24, 12, 0, 0, TimeSpan.Zero));
    readonly IngestMeter _meter;

    public IndexerTests() => _meter = new IngestMeter(_folder.Journal, _clock);

    public void Dispose()
    {
        _meter.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Every_packet_is_stored_in_the_order_of_the_journal_and_the_checkpoint_follows()
    {
        _folder.Append(SomePackets.Invites(5000));
        using Indexer indexer = await StartAsync();
        await StoredAsync(5000);
        Assert.Equal(Positions(), _store.Sequences);
        await Eventually.TrueAsync(() => Advance(TimeSpan.FromMilliseconds(100)) && _folder.Journal.Checkpoint == _folder.Journal.End);
        Assert.Equal(0, _meter.Snapshot().LagMs);
        await indexer.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task What_the_store_will_never_take_counts_as_dropped_not_as_stored()
    {
        _folder.Append(SomePackets.Invites(100));
        _store.RefusedPackets = 10;
        using Indexer indexer = await StartAsync(new IngestOptions { UnitDocuments = 1000 });
        await Eventually.TrueAsync(() => Advance(TimeSpan.FromMilliseconds(100)) && _folder.Journal.Checkpoint == _folder.Journal.End);
        await indexer.StopAsync(TestContext.Current.CancellationToken);
        Assert.Equal(100 - (10 * _store.Ends.Count), _meter.Stored);
        Assert.Equal([new ReasonCount("store_refused", 10 * _store.Ends.Count)], _meter.Snapshot().Dropped);
    }

    [Fact]
    public async Task A_unit_that_is_large_ends_before_its_time()
    {
        _folder.Append(SomePackets.Invites(10_000));
        using Indexer indexer = await StartAsync(new IngestOptions { UnitDocuments = 2000, CommitInterval = TimeSpan.FromDays(1) });
        await Eventually.TrueAsync(() => _store.Ends.Count >= 4);
        await indexer.StopAsync(TestContext.Current.CancellationToken);
        Assert.Equal(Positions(), _store.Sequences);
    }

    [Fact]
    public async Task Every_call_is_written_though_the_calls_of_a_unit_take_longer_than_its_rows()
    {
        _folder.Append(SomePackets.Invites(10_000));
        _store.CallsTake = TimeSpan.FromMilliseconds(100);
        var options = new IngestOptions { UnitDocuments = 1000, HoldCalls = TimeSpan.Zero, HoldCallsBehind = TimeSpan.Zero };
        using Indexer indexer = await StartAsync(options);
        await StoredAsync(10_000);
        await indexer.StopAsync(TestContext.Current.CancellationToken);
        Assert.Equal(10_000, _store.Calls.Distinct().Count());
        Assert.Equal(10_000, _store.Calls.Count);
    }

    [Fact]
    public async Task A_store_that_refuses_for_a_while_gets_everything_once_after_growing_pauses()
    {
        _folder.Append(SomePackets.Invites(100));
        _store.Refuse(times: 3);
        using Indexer indexer = await StartAsync();
        await Eventually.TrueAsync(() => Advance(TimeSpan.FromMilliseconds(100)) && _meter.Snapshot().Trouble is not null);
        Assert.Equal("The disk of the store is full.", _meter.Snapshot().Trouble);
        Assert.Equal(0, _folder.Journal.Checkpoint);

        await StoredAsync(100);
        Assert.Equal(Positions(), _store.Sequences);
        Assert.Equal(4, _store.Openings);
        Assert.Null(_meter.Snapshot().Trouble);
        await indexer.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task While_a_store_refuses_it_is_not_asked_before_the_pause_is_over()
    {
        _folder.Append(SomePackets.Invites(1));
        _store.Refuse(times: 1);
        using Indexer indexer = await StartAsync(new IngestOptions { UnitDocuments = 1 });
        await Eventually.TrueAsync(() => Advance(TimeSpan.FromMilliseconds(5)) && _meter.Snapshot().Trouble is not null);
        Assert.Equal(1, _store.Openings);
        _clock.Advance(RetryDelay.First / 4);
        Assert.Equal(1, _store.Openings);
        _clock.Advance(RetryDelay.First);
        await Eventually.TrueAsync(() => _store.Openings == 2);
        await StoredAsync(1);
        await indexer.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_store_that_never_will_ends_indexing_and_says_so_while_the_journal_takes_more()
    {
        _folder.Append(SomePackets.Invites(10));
        _store.Refuse(times: 1, isTransient: false);
        using Indexer indexer = await StartAsync();
        await Eventually.TrueAsync(() => Advance(TimeSpan.FromMilliseconds(100)) && indexer.ExecuteTask!.IsCompletedSuccessfully);
        Assert.Equal("Indexing has stopped: The disk of the store is full.", _meter.Snapshot().Trouble);
        Assert.Equal(0, _folder.Journal.Checkpoint);
        _folder.Append(SomePackets.Invites(10));
        Assert.Empty(_store.Ends);
    }

    [Fact]
    public async Task The_first_unit_ends_exactly_where_the_furthest_part_of_the_store_had_got_to()
    {
        _folder.Append(SomePackets.Invites(3000));
        _store.ReplayEnd = _folder.Journal.End;
        _folder.Append(SomePackets.Invites(3000, "later"));
        using Indexer indexer = await StartAsync(new IngestOptions { UnitDocuments = 500 });
        await StoredAsync(6000);
        Assert.Equal(_store.ReplayEnd, _store.Ends[0]);
        Assert.Equal(Positions(), _store.Sequences);
        await indexer.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task The_checkpoint_waits_for_the_calls_that_are_held()
    {
        _folder.Append(SomePackets.Invites(10));
        using Indexer indexer = await StartAsync(new IngestOptions { UnitDocuments = 10, HoldCallsBehind = TimeSpan.FromHours(1), HoldCalls = TimeSpan.FromHours(1) });
        await StoredAsync(10);
        Assert.Equal(0, _folder.Journal.Checkpoint);
        Assert.Equal([_folder.Journal.End], _folder.Journal.UnitEnds);

        await indexer.StopAsync(TestContext.Current.CancellationToken);
        Assert.Equal(_folder.Journal.End, _folder.Journal.Checkpoint);
        Assert.Empty(_folder.Journal.UnitEnds);
    }

    [Fact]
    public async Task What_is_written_again_for_the_calls_that_were_held_counts_as_stored_once()
    {
        _folder.Append(SomePackets.Invites(10));
        using Indexer indexer = await StartAsync(new IngestOptions { UnitDocuments = 10, HoldCallsBehind = TimeSpan.FromHours(1), HoldCalls = TimeSpan.FromHours(1) });
        await StoredAsync(10);
        _store.Refuse(times: 1);
        _folder.Append(SomePackets.Invites(10, "later"));

        await StoredAsync(20);

        Assert.Equal(2, _store.Openings);
        Assert.Equal(30, _store.Sequences.Count);
        await indexer.StopAsync(TestContext.Current.CancellationToken);
        Assert.Equal(20, _meter.Stored);
    }

    [Fact]
    public async Task A_position_the_store_knows_and_the_journal_lost_is_not_given_again()
    {
        _folder.Append(SomePackets.Invites(10));
        _store.ReplayEnd = _folder.Journal.End + 8000;
        using Indexer indexer = await StartAsync();
        _folder.Append(SomePackets.Invites(10, "later"));
        Assert.True(Positions()[10] >= _store.ReplayEnd);
        await StoredAsync(20);
        Assert.Equal(Positions(), _store.Sequences);
        await indexer.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Asked_to_stop_it_stores_what_it_has_read()
    {
        _folder.Append(SomePackets.Invites(300));
        using Indexer indexer = await StartAsync(new IngestOptions { CommitInterval = TimeSpan.FromDays(1) });
        await Eventually.TrueAsync(
            () => Advance(TimeSpan.FromMilliseconds(10)) && _meter.Agents.Snapshot(default).Sum(agent => agent.Messages) == 300);
        await indexer.StopAsync(TestContext.Current.CancellationToken);
        Assert.Equal(300, _meter.Stored);
        Assert.Equal(Positions(), _store.Sequences);
    }

    async Task<Indexer> StartAsync(IngestOptions? options = null)
    {
        var indexer = new Indexer(_folder.Journal, _store, options ?? new IngestOptions(), _meter, _clock, NullLogger<Indexer>.Instance);
        await indexer.StartAsync(TestContext.Current.CancellationToken);
        return indexer;
    }

    /// <summary>Lets time pass until so many packets are stored.</summary>
    Task StoredAsync(long packets) => Eventually.TrueAsync(() => Advance(TimeSpan.FromMilliseconds(100)) && _meter.Stored == packets);

    bool Advance(TimeSpan time)
    {
        _clock.Advance(time);
        return true;
    }

    List<long> Positions()
    {
        var positions = new List<long>();
        using JournalReader reader = _folder.Journal.Follow(0);
        while (reader.TryRead(out JournalRecord record))
            positions.Add(record.Position);
        return positions;
    }
}
