using System.Diagnostics;
using Homer.Search.Journal;
using Homer.Search.Store;

namespace Homer.Search.Ingest;

/// <summary>
/// Hands units to the store beside the filling of what comes next: one store call is under way while the next batches fill. What a call
/// throws comes out of the next member that is asked. Used by one thread.
/// </summary>
sealed class UnitWriter(
    ICaptureWriter writer, CaptureJournal journal, IngestMeter meter, TimeProvider clock, CancellationToken cancellation)
    : IAsyncDisposable
{
    BatchSet _spareBatches = new(journal.Id);
    IndexUnit _spareUnit = new(journal.Id);
    Task _underWay = Task.CompletedTask;
    long _lastCommit;

    /// <summary>To be filled.</summary>
    public BatchSet Batches { get; private set; } = new(journal.Id);

    /// <summary>The unit they belong to.</summary>
    public IndexUnit Unit { get; private set; } = new(journal.Id);

    /// <summary>No store call is under way; throws what the last one threw.</summary>
    public bool IsIdle
    {
        get
        {
            if (!_underWay.IsCompleted)
                return false;
            _underWay.GetAwaiter().GetResult();
            return true;
        }
    }

    /// <summary>
    /// How long the store could have taken rows of this unit: since its first record, but not while the commit of the unit before was under
    /// way. Else a slow commit would be followed by a unit of one batch.
    /// </summary>
    public TimeSpan OpenFor => clock.GetElapsedTime(Math.Max(Unit.Begun, Volatile.Read(ref _lastCommit)));

    /// <summary>Gives the filled batches to the store and takes empty ones.</summary>
    public async ValueTask AppendAsync()
    {
        await _underWay;
        BatchSet filled = Batches;
        (Batches, _spareBatches) = (_spareBatches, filled);
        _underWay = Task.Run(() => AppendAsync(filled), CancellationToken.None);
    }

    /// <summary>Ends the unit behind the record that ends at <paramref name="end"/>, and begins the next.</summary>
    public async ValueTask CommitAsync(long end)
    {
        await AppendAsync();
        await _underWay;
        IndexUnit unit = Unit;
        (Unit, _spareUnit) = (_spareUnit, unit);
        _underWay = Task.Run(() => CommitAsync(unit, end), CancellationToken.None);
    }

    /// <summary>Completes when the last store call has; throws what it threw.</summary>
    public Task FinishAsync() => _underWay;

    /// <summary>Lets the store call that is under way end, however it does.</summary>
    public async ValueTask DisposeAsync()
    {
        await _underWay.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await writer.DisposeAsync();
    }

    async Task AppendAsync(BatchSet filled)
    {
        long started = Stopwatch.GetTimestamp();
        foreach (DocumentBatch batch in filled.Filled)
        {
            await writer.AppendAsync(batch, cancellation);
            meter.BatchAppended(batch.Count);
        }

        filled.Clear();
        meter.Worked(Stage.Append, started);
    }

    async Task CommitAsync(IndexUnit unit, long end)
    {
        long started = Stopwatch.GetTimestamp();
        await writer.CommitAsync(end, unit.Calls.Updates, cancellation);
        journal.Advance(end);
        meter.UnitStored(unit.Packets, Stopwatch.GetElapsedTime(started));
        unit.Clear();
        Volatile.Write(ref _lastCommit, clock.GetTimestamp());
        meter.Worked(Stage.Commit, started);
    }
}
