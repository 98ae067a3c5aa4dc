using System.Diagnostics;
using Homer.Search.Calls;
using Homer.Search.Journal;
using Homer.Search.Protocol;
using Homer.Search.Store;
using Microsoft.Extensions.Logging;

namespace Homer.Search.Ingest;

/// <summary>
/// One run over the journal from its checkpoint into the store, unit by unit, until it is stopped or the store refuses. A unit ends when its time is up or
/// it is large; after a crash, exactly where those ended that the store may have parts of.
/// </summary>
sealed class Indexing(CaptureJournal journal, RecordRows rows, IngestOptions options, IngestMeter meter, TimeProvider clock, ILogger log)
{
    /// <summary>At the journal's end: lets packets gather, so that not each one wakes the indexer.</summary>
    static readonly TimeSpan GatherPause = TimeSpan.FromMilliseconds(5);

    /// <summary>At the journal's end when only calls wait to be written.</summary>
    static readonly TimeSpan HoldPause = TimeSpan.FromMilliseconds(50);

    /// <summary>A unit that had to wait this much longer than its time for the one before tells that the store is behind.</summary>
    const double LatePart = 1.25;

    readonly long _started = clock.GetTimestamp();

    /// <summary>Where units have to end that the store may have parts of, the next first.</summary>
    readonly Queue<long> _replayEnds = [];

    CallFold _calls = new(journal.Id);

    /// <summary>Time on the clock of the calls.</summary>
    TimeSpan Now => clock.GetElapsedTime(_started);

    /// <summary>Follows the journal until <paramref name="stopping"/>, then stores what was read.</summary>
    /// <param name="writer">Disposed when this ends.</param>
    /// <param name="abandon">Ends a store call that takes too long after the stop.</param>
    /// <exception cref="StoreException">The store refused; what it has not committed is read again by the next run.</exception>
    public Task FollowAsync(ICaptureWriter writer, CancellationToken stopping, CancellationToken abandon) =>
        RunAsync(writer, journal.Checkpoint, end: long.MaxValue, onUnit: null, stopping, abandon);

    /// <summary>Reads from <paramref name="from"/> to <paramref name="end"/>.</summary>
    public Task ReadAsync(ICaptureWriter writer, long from, long end, IProgress<long>? onUnit, CancellationToken cancellation) =>
        RunAsync(writer, from, end, onUnit, CancellationToken.None, cancellation);

    async Task RunAsync(
        ICaptureWriter store, long from, long end, IProgress<long>? onUnit, CancellationToken stopping, CancellationToken abandon)
    {
        FindReplayEnds(from, store.ReplayEnd);
        log.IndexingFrom(journal.Id, from, store.ReplayEnd);
        _calls = new CallFold(journal.Id, Complete);
        await using var units = new UnitWriter(store, journal, _calls, meter, clock, abandon);
        using JournalReader reader = journal.Follow(from);
        while (!stopping.IsCancellationRequested && reader.Position < end)
        {
            bool isAtEnd = Fill(reader, units);
            if (IsDue(reader.Position, units, out TimeSpan hold))
            {
                await units.CommitAsync(reader.Position, Now, hold);
                onUnit?.Report(reader.Position);
            }
            else if (!isAtEnd)
            {
                await units.AppendAsync();
            }
            else if (end < long.MaxValue)
            {
                break;
            }
            else if (units.Unit.IsEmpty && units.IsIdle && _calls.Count == 0)
            {
                await reader.WaitAsync(stopping).AsTask().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            else
            {
                TimeSpan pause = units.Unit.IsEmpty ? HoldPause : GatherPause;
                await Task.Delay(pause, clock, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        bool isRepeating = _replayEnds.TryPeek(out long replayEnd) && reader.Position < replayEnd;
        if (!isRepeating && (!units.Unit.IsEmpty || _calls.Count > 0))
            await units.CommitAsync(reader.Position, Now, hold: TimeSpan.Zero);
        await units.FinishAsync();
    }

    /// <summary>Adds to the row of a call what does not come out of its messages.</summary>
    void Complete(DocumentBatch batch, int row)
    {
        options.Names.Apply(batch, row);
        batch.Set(row, Fields.Ingested, Instant.Now(clock));
    }

    void FindReplayEnds(long from, long storeEnd)
    {
        _replayEnds.Clear();
        foreach (long end in journal.UnitEnds.Append(storeEnd).Where(end => end > from).Distinct().Order())
            _replayEnds.Enqueue(end);
    }

    /// <summary>Decodes until the batches are full or the unit has to end; true when the journal's end was reached.</summary>
    bool Fill(JournalReader reader, UnitWriter units)
    {
        long started = Stopwatch.GetTimestamp();
        TimeSpan now = Now;
        IndexUnit unit = units.Unit;
        long storedEnd = meter.StoredEnd;
        long replayEnd = _replayEnds.TryPeek(out long next) ? next : long.MaxValue;
        bool isAtEnd = false;
        while (units.Batches.HasRoom && reader.Position != replayEnd)
        {
            if (!reader.TryRead(out JournalRecord record))
            {
                isAtEnd = true;
                break;
            }

            if (record.Position >= replayEnd)
            {
                // Behind a gap that the unit to be repeated ended in: this record belongs to the next.
                reader.MoveTo(replayEnd);
                break;
            }

            if (unit.IsEmpty)
                (unit.IsEmpty, unit.Begun) = (false, clock.GetTimestamp());
            rows.Add(record, units.Batches, unit, _calls, now);
            // Stored before the store refused a later unit, and read again for the calls that were held.
            if (record.Position < storedEnd)
                unit.Packets = 0;
        }

        meter.Worked(Stage.Decode, started);
        return isAtEnd;
    }

    /// <summary>Whether the unit ends here, and how long calls are held that it leaves.</summary>
    bool IsDue(long position, UnitWriter units, out TimeSpan hold)
    {
        hold = TimeSpan.Zero;
        if (_replayEnds.TryPeek(out long replayEnd))
        {
            // A unit that is repeated leaves no call behind: what the store has of each was written at one of these ends.
            if (position >= replayEnd)
                _replayEnds.Dequeue();
            return position >= replayEnd;
        }

        IndexUnit unit = units.Unit;
        bool isFull = unit.Documents >= options.UnitDocuments;
        bool isLate = !unit.IsEmpty && units.OpenFor >= LatePart * options.CommitInterval;
        if (_calls.Count <= options.HeldCalls && !journal.MustAdvance)
            hold = isFull || isLate ? options.HoldCallsBehind : options.HoldCalls;
        if (isFull)
            return true;
        if (units.IsCommitting)
            return false;
        return unit.IsEmpty ? _calls.HasDue(Now, hold) : units.OpenFor >= options.CommitInterval;
    }
}
