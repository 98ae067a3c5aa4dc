using DuckDB.NET.Data;

namespace Homer.Search.Store.DuckDb;

/// <summary>
/// What one unit of the journal adds to one day in one transaction: rows and how far the journal has been applied, or the changed calls. It ends with
/// all of that or with nothing. Disposing what was not committed takes it back.
/// </summary>
sealed class DayUnit : IDisposable
{
    /// <summary>Rows that the engine may hold unpacked before they go into the transaction: bounds memory.</summary>
    const int FlushRows = 20 * DocumentBatch.Capacity;

    readonly DaySession _session;
    readonly uint _journal;
    readonly ChunkAppender?[] _appenders = new ChunkAppender?[TableLayout.All.Count];
    readonly int[] _unflushed = new int[TableLayout.All.Count];
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
    }

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
        long applied = File.Applied.GetValueOrDefault(_journal);
        // A row more, since a changed one would conflict with the unit that has begun meanwhile.
        if (end > applied)
            Connection.Run($"INSERT INTO {File.Alias}.main.applied VALUES ($1, $2)", _journal, end);
        Commit();
        File.Applied[_journal] = Math.Max(end, applied);
    }

    /// <summary>Ends the transaction.</summary>
    public void Commit()
    {
        foreach (ChunkAppender? appender in _appenders)
            appender?.Flush();
        Connection.Run("COMMIT");
        _committed = true;
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
