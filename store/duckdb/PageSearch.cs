using System.Globalization;
using DuckDB.NET.Data;

namespace Homer.Search.Store.DuckDb;

/// <summary>
/// Finds one page. In order of time the days are read one after another and reading stops when the page is full, so a page over a month opens
/// one file or two; in any other order each day gives its best and the best of those are taken.
/// </summary>
sealed class PageSearch(DaySession session, CaptureQuery query, IReadOnlyList<DateOnly> files, CancellationToken cancellation)
{
    /// <summary>Counting stops here: a person reads "more than 10,000" as well as the number.</summary>
    const int CountBound = 10_000;

    readonly SortKeys _keys = new(query);
    readonly CallKeys? _calls = query.Kind == DocumentKind.Call ? CallKeys.Of(query.Where) : null;
    readonly DocumentReader _documents = new(query.Kind, query.Read());
    readonly List<Document> _page = [];
    object?[]? _last;
    bool _more;

    public Page Run() => _calls is null ? Search() : InOneTransaction();

    /// <summary>So that rows which were found by their keys are the same rows when they are read.</summary>
    Page InOneTransaction()
    {
        // What is opened later the transaction does not see.
        foreach (DateOnly day in DaySlices.Whole(query.Kind, query.Range, files).Days)
            session.Find(day);
        session.Connection.Run("BEGIN");
        try
        {
            Page page = Search();
            session.Connection.Run("COMMIT");
            return page;
        }
        catch
        {
            Rollback();
            throw;
        }
    }

    void Rollback()
    {
        try
        {
            session.Connection.Run("ROLLBACK");
        }
        catch (DuckDBException)
        {
            session.Abandon();
        }
    }

    Page Search()
    {
        IReadOnlyList<object?>? after = query.After is null ? null : Cursor.Read(_keys, query.After);
        foreach (DaySlice slice in Slices(_keys.Narrow(query.Range, after)))
        {
            Read(slice, after);
            if (_more)
                break;
        }

        bool all = after is null && !_more;
        (long total, bool exact) = all || !query.CountTotal ? (_page.Count, all) : Count();
        return new Page(_page, total, exact, _more && _last is not null ? Cursor.Write(_keys, _last) : null);
    }

    IEnumerable<DaySlice> Slices(TimeRange range)
    {
        // Few calls are found by their keys: nothing to stop early for.
        if (!_keys.IsByTime || _calls is not null)
            return [DaySlices.Whole(query.Kind, range, files)];
        IEnumerable<DaySlice> days = DaySlices.ByDay(query.Kind, range, files);
        return _keys.NewestFirst ? days.Reverse() : days;
    }

    void Read(DaySlice slice, IReadOnlyList<object?>? after)
    {
        var sql = new SqlText();
        var condition = new QuerySql(query.Kind, sql);
        int wanted = query.First - _page.Count + 1;
        string where = $"{condition.Within(slice.Range)} AND ({condition.Compile(query.Where)})";
        if (after is not null)
            where += $" AND {_keys.Behind(after, sql)}";
        string order = string.Create(CultureInfo.InvariantCulture, $"ORDER BY {_keys.OrderBy} LIMIT {wanted}");
        string[] parts = [.. Found(slice, where, sql).Select(found => $"(SELECT {_documents.Columns}, {_keys.Columns} FROM {found} {order})")];
        if (parts.Length == 0 || (condition.HasPatterns && !MayHave(slice)))
            return;

        cancellation.ThrowIfCancellationRequested();
        string text = parts.Length == 1 ? parts[0] : $"SELECT * FROM ({string.Join(" UNION ALL ", parts)}) {order}";
        using DuckDBDataReader rows = session.Connection.Read(text, sql.Values);
        while (rows.Read())
        {
            if (_page.Count == query.First)
            {
                _more = true;
                return;
            }

            _page.Add(_documents.Read(rows));
            _last = _keys.Read(rows, _documents.ColumnCount);
        }
    }

    /// <summary>False when no document of the slice can match: told without the patterns, whose making takes longer than most searches.</summary>
    bool MayHave(DaySlice slice)
    {
        var sql = new SqlText();
        var condition = new QuerySql(query.Kind, sql, isRough: true);
        string where = $"{condition.Within(slice.Range)} AND ({condition.Compile(query.Where)})";
        string rough = string.Join(" UNION ALL ", Found(slice, where, sql).Select(found => $"SELECT 1 FROM {found}"));
        return session.Connection.Number($"SELECT 1 FROM ({rough}) LIMIT 1", sql.Values) == 1;
    }

    (long Total, bool IsExact) Count()
    {
        long total = 0;
        foreach (DaySlice slice in DaySlices.ByDay(query.Kind, query.Range, files).Reverse())
        {
            if (total > CountBound)
                return (total, false);

            cancellation.ThrowIfCancellationRequested();
            var sql = new SqlText();
            var condition = new QuerySql(query.Kind, sql);
            string where = $"{condition.Within(slice.Range)} AND ({condition.Compile(query.Where)})";
            // How many there are in all is cheap to tell: the engine knows it of most of its blocks.
            string limit = query.Where is Query.Everything ? "" : string.Create(CultureInfo.InvariantCulture, $"LIMIT {CountBound + 1 - total}");
            string[] parts = [.. Found(slice, where, sql).Select(found => $"SELECT 1 FROM {found}")];
            if (parts.Length > 0)
                total += session.Connection.Number($"SELECT count(*) FROM ({string.Join(" UNION ALL ", parts)} {limit})", sql.Values);
        }

        bool stopped = total > CountBound && query.Where is not Query.Everything;
        return stopped ? (CountBound, false) : (total, true);
    }

    /// <summary>For each day of a slice that can have any, its table and the condition for the rows.</summary>
    IEnumerable<string> Found(DaySlice slice, string where, SqlText sql)
    {
        foreach (DayFile day in slice.Days.Select(session.Find).OfType<DayFile>())
        {
            string table = day.Table(query.Kind);
            if (_calls is null || !day.HasIdentifiers)
                yield return $"{table} WHERE {where}";
            else if (_calls.Rows(session.Connection, day) is { Count: > 0 } rows)
                yield return $"{table} WHERE rowid IN (SELECT unnest({sql.Value(rows)})) AND {where}";
        }
    }
}
