using DuckDB.NET.Data;

namespace Homer.Search.Store.DuckDb;

/// <summary>
/// What one unit of the journal adds to one day: a transaction that ends with the rows, the changed calls and how far the journal has been applied,
/// or with nothing. Disposing what was not committed takes it back.
/// </summary>
sealed class DayUnit : IDisposable
{
    /// <summary>Rows that the engine may hold unpacked before they go into the transaction: bounds memory.</summary>
    const int FlushRows = 20 * DocumentBatch.Capacity;

    readonly DaySession _session;
    readonly uint _journal;
    readonly ChunkAppender?[] _appenders = new ChunkAppender?[TableLayout.All.Count];
    readonly int[] _unflushed = new int[TableLayout.All.Count];
    readonly long _commits;
    bool _committed;

    public DayUnit(DayFiles files, DateOnly day, uint journal)
    {
        _session = files.Connect();
        _journal = journal;
        try
        {
            File = _session.FindOrMake(day);
            Connection.Run("BEGIN");
            // The engine takes its snapshot with the first statement.
            _ = Connection.Number($"SELECT count(*) FROM {File.Alias}.main.about");
        }
        catch
        {
            _session.Dispose();
            throw;
        }

        Applied = File.Applied.GetValueOrDefault(journal);
        _commits = File.Commits;
    }

    /// <summary>Whether another unit was committed to this day since this one began.</summary>
    public bool IsOvertaken => File.Commits != _commits;

    public DayFile File { get; }

    public DuckDBConnection Connection => _session.Connection;

    /// <summary>Records of the journal before this position are stored here already.</summary>
    public long Applied { get; }

    public void Append(DocumentBatch batch, ReadOnlySpan<int> rows)
    {
        int kind = (int)batch.Kind;
        ChunkAppender appender = _appenders[kind] ??= new ChunkAppender(Connection, File, TableLayout.Of(batch.Kind), _journal);
        appender.Append(batch, rows);
        _unflushed[kind] += rows.Length;
        if (_unflushed[kind] < FlushRows)
            return;
        appender.Flush();
        _unflushed[kind] = 0;
    }

    /// <summary>Ends the transaction; the day has taken the journal up to <paramref name="end"/> when this returns.</summary>
    public void Commit(long end)
    {
        foreach (ChunkAppender? appender in _appenders)
            appender?.Flush();
        if (end > Applied)
        {
            string applied = $"{File.Alias}.main.applied";
            if (Connection.Run($"UPDATE {applied} SET position = $1 WHERE journal = $2", end, _journal) == 0)
                Connection.Run($"INSERT INTO {applied} VALUES ($1, $2)", _journal, end);
        }

        Connection.Run("COMMIT");
        _committed = true;
        File.Applied[_journal] = Math.Max(end, Applied);
        File.Commits++;
    }

    public void Dispose()
    {
        foreach (ChunkAppender? appender in _appenders)
            appender?.Dispose();
        try
        {
            if (!_committed)
                Connection.Run("ROLLBACK");
        }
        catch (DuckDBException)
        {
            // The engine ended the transaction itself when it failed; what it will not take back it gives up, with all else.
            _session.Abandon();
        }
        finally
        {
            _session.Dispose();
        }
    }
}
