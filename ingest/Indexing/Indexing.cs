using System.Diagnostics;
using Homer.Search.Journal;
using Homer.Search.Store;
using Microsoft.Extensions.Logging;

namespace Homer.Search.Ingest;

/// <summary>
/// One run over the journal from its checkpoint into the store, unit by unit, until it is stopped or the store refuses. A unit ends when
/// its time is up or it is large; the first, after a crash, exactly where the store's furthest part had got to.
/// </summary>
sealed class Indexing(CaptureJournal journal, RecordRows rows, IngestOptions options, IngestMeter meter, TimeProvider clock, ILogger log)
{
    /// <summary>At the journal's end: lets packets gather, so that not each one wakes the indexer.</summary>
    static readonly TimeSpan GatherPause = TimeSpan.FromMilliseconds(5);

    /// <summary>Where the unit has to end that some part of the store has already; null when there is none.</summary>
    long? _replayEnd;

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
        _replayEnd = store.ReplayEnd > from ? store.ReplayEnd : null;
        log.IndexingFrom(journal.Id, from, store.ReplayEnd);
        await using var units = new UnitWriter(store, journal, meter, clock, abandon);
        using JournalReader reader = journal.Follow(from);
        while (!stopping.IsCancellationRequested && reader.Position < end)
        {
            bool isAtEnd = Fill(reader, units);
            if (IsDue(reader.Position, units))
            {
                await units.CommitAsync(reader.Position);
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
            else if (units.Unit.IsEmpty && units.IsIdle)
            {
                await reader.WaitAsync(stopping).AsTask().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            else
            {
                await Task.Delay(GatherPause, clock, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        if (!units.Unit.IsEmpty && !(reader.Position < _replayEnd))
            await units.CommitAsync(reader.Position);
        await units.FinishAsync();
    }

    /// <summary>Decodes until the batches are full or the unit has to end; true when the journal's end was reached.</summary>
    bool Fill(JournalReader reader, UnitWriter units)
    {
        long started = Stopwatch.GetTimestamp();
        IndexUnit unit = units.Unit;
        bool isAtEnd = false;
        while (units.Batches.HasRoom && reader.Position != _replayEnd)
        {
            if (!reader.TryRead(out JournalRecord record))
            {
                isAtEnd = true;
                break;
            }

            if (_replayEnd is { } replayEnd && record.Position >= replayEnd)
            {
                // Behind a gap that the unit to be repeated ended in: this record belongs to the next.
                reader.MoveTo(replayEnd);
                break;
            }

            if (unit.IsEmpty)
                (unit.IsEmpty, unit.Begun) = (false, clock.GetTimestamp());
            rows.Add(record, units.Batches, unit);
        }

        meter.Worked(Stage.Decode, started);
        return isAtEnd;
    }

    /// <summary>Whether the unit ends here.</summary>
    bool IsDue(long position, UnitWriter units)
    {
        IndexUnit unit = units.Unit;
        if (position < _replayEnd)
            return false;
        bool isReplayed = _replayEnd is not null;
        _replayEnd = null;
        if (unit.IsEmpty)
            return false;
        return isReplayed || unit.Documents >= options.UnitDocuments || units.OpenFor >= options.CommitInterval;
    }
}
