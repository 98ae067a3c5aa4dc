using DuckDB.NET.Data;

namespace Homer.Search.Store.DuckDb;

/// <summary>A connection and the day files it has opened; all are given back together. Used by one thread.</summary>
sealed class DaySession : IDisposable
{
    readonly DayFiles _files;
    readonly List<DayFile> _rented = [];

    internal DaySession(DayFiles files, DuckDBConnection connection)
    {
        _files = files;
        Connection = connection;
    }

    public DuckDBConnection Connection { get; }

    /// <summary>The day, when it has a file.</summary>
    public DayFile? Find(DateOnly day) => Rent(day, create: false);

    /// <summary>The day; its file is made when there is none.</summary>
    public DayFile FindOrMake(DateOnly day) => Rent(day, create: true) ?? throw new StoreException($"The file of {day:O} could not be made.", isTransient: true);

    /// <summary>Selects columns of all documents that a query finds, on whatever days; empty when no day can have any.</summary>
    public string Matching(DocumentKind kind, TimeRange range, Query where, IReadOnlyList<DateOnly> files, SqlText sql, string columns)
    {
        DaySlice slice = DaySlices.Whole(kind, range, files);
        var condition = new QuerySql(kind, sql);
        string matching = $"{condition.Within(slice.Range)} AND ({condition.Compile(where)})";
        return string.Join(" UNION ALL ", slice.Days.Select(Find).Where(day => day is not null)
            .Select(day => $"SELECT {columns} FROM {day!.Table(kind)} WHERE {matching}"));
    }

    /// <summary>The engine is of no use any more: it is opened anew once all have given theirs back.</summary>
    public void Abandon() => _files.Abandon();

    public void Dispose() => _files.Return(Connection, _rented);

    DayFile? Rent(DateOnly day, bool create)
    {
        if (_rented.Find(file => file.Day == day) is { } already)
            return already;
        if (_files.Rent(day, create) is not { } file)
            return null;
        _rented.Add(file);
        return file;
    }
}
