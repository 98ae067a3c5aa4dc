using DuckDB.NET.Data;

namespace Homer.Search.Store.DuckDb;

/// <summary>What guards the calls of a folder: whose turn it is to change them, whether what was read of them is still so, and which a day may have.</summary>
sealed class StoredCalls(DayFiles files)
{
    long _state;

    /// <summary>Held by who changes calls: one unit does after another, so that each sees those of the units before it.</summary>
    public Lock Turn { get; } = new();

    /// <summary>Grows when calls were changed and when their rows may have moved.</summary>
    public long State => Volatile.Read(ref _state);

    /// <summary>Tells of a change, and returns the new <see cref="State"/>. The <see cref="Turn"/> is held.</summary>
    public long Changed() => Interlocked.Increment(ref _state);

    /// <summary>The filter of the calls of a day; made of what is stored when it is first asked for.</summary>
    public CallFilter FilterOf(DayFile day)
    {
        if (day.Calls is { } known)
            return known;
        lock (Turn)
            return day.Calls ??= Read(day);
    }

    CallFilter Read(DayFile day)
    {
        var filter = new CallFilter();
        using DaySession session = files.Connect();
        using DuckDBDataReader hashes = session.Connection.Read($"SELECT {TableLayout.CallHash} FROM {day.Table(DocumentKind.Call)}");
        while (hashes.Read())
            filter.Add(hashes.GetFieldValue<uint>(0));
        return filter;
    }
}
