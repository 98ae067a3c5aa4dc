using DuckDB.NET.Data;
using Homer.Search.Protocol;

namespace Homer.Search.Store.DuckDb;

/// <summary>
/// The writer of one journal: one transaction for each day that a unit touches, since a transaction of the engine writes to one file. Each day
/// remembers how far it has taken the journal, so a unit that reached only some days before a crash is taken by the others alone.
/// </summary>
sealed class DuckDbWriter : ICaptureWriter
{
    readonly DayFiles _files;
    readonly string _folder;
    readonly uint _journal;
    readonly Action _closed;
    readonly Dictionary<DateOnly, DayUnit> _unit = [];
    readonly int[] _rows = new int[DocumentBatch.Capacity];

    public DuckDbWriter(DayFiles files, string folder, uint journal, long replayEnd, Action closed)
    {
        _files = files;
        _folder = folder;
        _journal = journal;
        _closed = closed;
        ReplayEnd = replayEnd;
    }

    public long ReplayEnd { get; private set; }

    public ValueTask AppendAsync(DocumentBatch batch, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (batch.Journal != _journal)
            throw new ArgumentException($"The batch is of journal {batch.Journal:x8}, the writer of {_journal:x8}.", nameof(batch));

        Attempt("Appending", () => Append(batch));
        return ValueTask.CompletedTask;
    }

    public ValueTask CommitAsync(long end, IReadOnlyCollection<SummaryUpdate> summaries, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        Attempt("Committing", () =>
        {
            lock (_files.Commits)
                Commit(end, summaries);
            Forget();
        });
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        Forget();
        _closed();
        return ValueTask.CompletedTask;
    }

    /// <summary>Appends the rows of each day that the day does not have yet.</summary>
    void Append(DocumentBatch batch)
    {
        ReadOnlySpan<ulong> times = batch.Cells(Fields.Timestamp.Column(batch.Kind));
        ReadOnlySpan<ulong> positions = batch.Cells(Fields.Sequence.Column(batch.Kind));
        var left = new RowSet(batch.Count);
        while (left.First is >= 0 and var first)
        {
            TimeRange range = DayFile.RangeOf(new Instant((long)times[first]).Day);
            DayUnit day = Touch(new Instant((long)times[first]).Day);
            int count = 0;
            for (int row = first; row < batch.Count; row++)
            {
                if (!range.Contains(new Instant((long)times[row])) || !left.Remove(row))
                    continue;
                if ((long)positions[row] >= day.Applied)
                    _rows[count++] = row;
            }

            if (count > 0)
                day.Append(batch, _rows.AsSpan(0, count));
        }
    }

    void Commit(long end, IReadOnlyCollection<SummaryUpdate> summaries)
    {
        var merge = new SummaryMerge(_files, Touch, _journal);
        merge.Apply(summaries);
        foreach (DayUnit day in _unit.Values)
        {
            day.Commit(end);
            ReplayEnd = Math.Max(ReplayEnd, end);
            merge.Remember(day.File);
        }
    }

    DayUnit Touch(DateOnly day)
    {
        if (!_unit.TryGetValue(day, out DayUnit? unit))
        {
            unit = new DayUnit(_files, day, _journal);
            _unit.Add(day, unit);
        }

        return unit;
    }

    void Attempt(string what, Action action)
    {
        try
        {
            action();
        }
        catch (Exception error) when (error is DuckDBException or AppendException or IOException or StoreException)
        {
            if (EngineErrors.NeedsReopen(error))
                _files.Abandon();
            Forget();
            throw EngineErrors.Wrap(error, what, _folder);
        }
        catch
        {
            Forget();
            throw;
        }
    }

    void Forget()
    {
        foreach (DayUnit day in _unit.Values)
            day.Dispose();
        _unit.Clear();
    }
}
