using System.Diagnostics;
using Homer.Search.Calls;
using Homer.Search.Journal;
using Homer.Search.Store;

namespace Homer.Search.Ingest;

/// <summary>
/// Hands units to the store beside the filling of what comes next: batches are appended while others fill, and two units are committed while the next one
/// is appended: the calls of one beside the rows of the other. What a store call throws comes out of the next member that is asked. Used by one thread.
/// </summary>
sealed class UnitWriter(
    ICaptureWriter writer, CaptureJournal journal, CallFold calls, IngestMeter meter, TimeProvider clock, CancellationToken cancellation)
    : IAsyncDisposable
{
    /// <summary>Sets of batches that wait for the store: one that is appended, one that is next.</summary>
    const int HandedSets = 2;

    readonly Queue<(BatchSet Batches, Task Appended)> _handed = [];
    Task _appending = Task.CompletedTask;
    Task _committing = Task.CompletedTask;
    Task _committingBefore = Task.CompletedTask;
    IReadOnlyCollection<SummaryUpdate> _due = [];
    IReadOnlyCollection<SummaryUpdate> _dueBefore = [];

    /// <summary>To be filled.</summary>
    public BatchSet Batches { get; private set; } = new(journal.Id);

    /// <summary>The unit they belong to.</summary>
    public IndexUnit Unit { get; private set; } = new();

    /// <summary>A unit before is still being committed.</summary>
    public bool IsCommitting => !IsCompleted(_committingBefore) | !IsCompleted(_committing);

    /// <summary>No store call is under way; throws what the last one threw.</summary>
    public bool IsIdle => IsCompleted(_appending) && !IsCommitting;

    /// <summary>How long ago the unit's first record was read.</summary>
    public TimeSpan OpenFor => clock.GetElapsedTime(Unit.Begun);

    /// <summary>Gives the filled batches to the store and takes empty ones.</summary>
    public async ValueTask AppendAsync()
    {
        BatchSet filled = Batches;
        Batches = await EmptyBatchesAsync();
        Task before = _appending;
        _appending = Task.Run(() => AppendAsync(filled, before), CancellationToken.None);
        _handed.Enqueue((filled, _appending));
    }

    /// <summary>
    /// Ends the unit behind the record that ends at <paramref name="end"/>, and begins the next. Calls are written with it that have waited for
    /// <paramref name="hold"/>; the checkpoint stays before the messages of those that are held.
    /// </summary>
    public async ValueTask CommitAsync(long end, TimeSpan now, TimeSpan hold)
    {
        await AppendAsync();
        await _appending;
        await _committingBefore;
        calls.GiveBack(_dueBefore);
        IndexUnit unit = Unit;
        Unit = new IndexUnit();
        (_dueBefore, _due) = (_due, calls.Take(now, hold));
        (_committingBefore, _committing) = (_committing, CommitAsync(unit, end, _due, Math.Min(end, calls.FirstPosition)));
    }

    /// <summary>Completes when the last store call has; throws what it threw.</summary>
    public async Task FinishAsync()
    {
        await _appending;
        await _committingBefore;
        await _committing;
    }

    /// <summary>Lets the store calls that are under way end, however they do.</summary>
    public async ValueTask DisposeAsync()
    {
        await _appending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _committingBefore.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _committing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await writer.DisposeAsync();
    }

    async ValueTask<BatchSet> EmptyBatchesAsync()
    {
        bool isReady = _handed.TryPeek(out var oldest) && (_handed.Count == HandedSets || oldest.Appended.IsCompleted);
        if (!isReady)
            return new BatchSet(journal.Id);
        await oldest.Appended;
        return _handed.Dequeue().Batches;
    }

    async Task AppendAsync(BatchSet filled, Task before)
    {
        await before;
        long started = Stopwatch.GetTimestamp();
        foreach (DocumentBatch batch in filled.Filled)
        {
            await writer.AppendAsync(batch, cancellation);
            meter.BatchAppended(batch.Count);
        }

        filled.Clear();
        meter.Worked(Stage.Append, started);
    }

    async Task CommitAsync(IndexUnit unit, long end, IReadOnlyCollection<SummaryUpdate> due, long checkpoint)
    {
        long started = Stopwatch.GetTimestamp();
        journal.BeginUnit(end);
        long refused = await writer.CommitAsync(end, due, cancellation);
        journal.Advance(checkpoint);
        refused = Math.Min(refused, unit.Packets);
        meter.UnitStored(unit.Packets - refused, end, Stopwatch.GetElapsedTime(started));
        if (refused > 0)
            meter.Drop(DropReason.StoreRefused, refused);
        meter.Worked(Stage.Commit, started);
    }

    /// <summary>Throws what the call threw.</summary>
    static bool IsCompleted(Task call)
    {
        if (!call.IsCompleted)
            return false;
        call.GetAwaiter().GetResult();
        return true;
    }
}
