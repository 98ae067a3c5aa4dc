using System.Collections.Concurrent;
using DuckDB.NET.Data;
using Homer.Search.Protocol;

namespace Homer.Search.Store.DuckDb;

/// <summary>
/// The writer of one journal: one transaction of rows for each day that a unit touches, since a transaction of the engine writes to one file, then
/// those of its calls. Each day remembers how far it has taken the journal, so a unit that reached only some days before a crash is taken by the others
/// alone; each call remembers it too.
/// </summary>
sealed class DuckDbWriter : ICaptureWriter
{
    readonly DayFiles _files;
    readonly string _folder;
    readonly uint _journal;
    readonly Action _closed;
    Dictionary<DateOnly, DayUnit> _unit = [];
    readonly ConcurrentBag<DocumentBatch> _spare = [];
    Task _rowsStored = Task.CompletedTask;
    Task _prepared = Task.CompletedTask;
    Task _committed = Task.CompletedTask;
    Task _committedBefore = Task.CompletedTask;
    Task _folded = Task.CompletedTask;
    SummaryMerge? _merge;
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
        if (batch.Namespace is { } space)
            throw new ArgumentException($"The batch is for the namespace {space}; a folder of files is one namespace.", nameof(batch));

        Attempt("Appending", _unit, () => Append(batch));
        return ValueTask.CompletedTask;
    }

    public async ValueTask<long> CommitAsync(long end, IReadOnlyCollection<SummaryUpdate> summaries, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        Dictionary<DateOnly, DayUnit> unit = _unit;
        _unit = [];
        // The rows first: they tell, after a crash, that the unit has to be repeated up to here for its calls. Those of the next unit are stored meanwhile.
        _rowsStored = RowsAfterAsync(_rowsStored, unit, end);
        // Calls are read and merged while those of the unit before are written, and written behind them.
        SummaryMerge merge = _merge = new SummaryMerge(_files, _journal, summaries, _merge, _spare);
        _prepared = PreparedAfterAsync(Task.WhenAll(_prepared, _committedBefore), merge);
        _committedBefore = _committed;
        Task committed = _committed = CallsAfterAsync(Task.WhenAll(_rowsStored, _prepared, _folded), merge);
        _folded = FoldedAfterAsync(committed, [.. unit.Keys]);
        await committed;
        return 0;
    }

    /// <summary>Changes summaries outside any unit.</summary>
    public Task MergeAsync(IReadOnlyCollection<SummaryUpdate> summaries, CancellationToken cancellation) =>
        Task.Run(
            () => Attempt("Changing calls", [], () =>
            {
                using var merge = new SummaryMerge(_files, _journal, summaries, before: null, _spare);
                StoreCalls(merge);
            }),
            cancellation);

    public async ValueTask DisposeAsync()
    {
        await _folded.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Forget(_unit);
        _closed();
    }

    async Task RowsAfterAsync(Task before, Dictionary<DateOnly, DayUnit> unit, long end)
    {
        try
        {
            await before.ConfigureAwait(false);
        }
        catch
        {
            Forget(unit);
            throw;
        }

        await Task.Run(() => Attempt("Committing", unit, () => StoreRows(unit, end)), CancellationToken.None).ConfigureAwait(false);
    }

    async Task PreparedAfterAsync(Task before, SummaryMerge merge)
    {
        await before.ConfigureAwait(false);
        await Task.Run(() => Attempt("Reading calls", [], merge.Prepare), CancellationToken.None).ConfigureAwait(false);
    }

    async Task CallsAfterAsync(Task before, SummaryMerge merge)
    {
        using (merge)
        {
            await before.ConfigureAwait(false);
            await Task.Run(() => Attempt("Committing", [], () => StoreCalls(merge)), CancellationToken.None).ConfigureAwait(false);
        }
    }

    /// <summary>Nobody waits for it but the calls of the next unit, which then fail as it did.</summary>
    async Task FoldedAfterAsync(Task before, DateOnly[] days)
    {
        await before.ConfigureAwait(false);
        await Task.Run(() => Attempt("Folding the log", [], () => Fold(days)), CancellationToken.None).ConfigureAwait(false);
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

    void StoreRows(Dictionary<DateOnly, DayUnit> unit, long end)
    {
        foreach (DayUnit day in unit.Values)
        {
            day.Commit(end);
            ReplayEnd = Math.Max(ReplayEnd, end);
        }

        Forget(unit);
    }

    void StoreCalls(SummaryMerge merge)
    {
        lock (_files.Calls.Turn)
            merge.Write();
    }

    void Fold(DateOnly[] days)
    {
        lock (_files.Calls.Turn)
        {
            foreach (DateOnly day in days)
                _files.Fold(day);
        }
    }

    DayUnit Touch(DateOnly day)
    {
        if (!_unit.TryGetValue(day, out DayUnit? unit))
        {
            if (_unit.Count == 0)
                _files.BeginWriting();
            unit = new DayUnit(_files, day, _journal);
            _unit.Add(day, unit);
        }

        return unit;
    }

    void Attempt(string what, Dictionary<DateOnly, DayUnit> unit, Action action)
    {
        try
        {
            action();
        }
        catch (Exception error) when (error is DuckDBException or AppendException or IOException or StoreException)
        {
            if (EngineErrors.NeedsReopen(error))
                _files.Abandon();
            Forget(unit);
            throw EngineErrors.Wrap(error, what, _folder);
        }
        catch
        {
            Forget(unit);
            throw;
        }
    }

    static void Forget(Dictionary<DateOnly, DayUnit> unit)
    {
        foreach (DayUnit day in unit.Values)
            day.Dispose();
        unit.Clear();
    }
}
