using System.Collections.Concurrent;

namespace Homer.Search.Store.DuckDb;

/// <summary>
/// Merges the summaries of one unit into those stored, in two steps, so that the first runs beside the second of the unit before: what is stored is read
/// and merged, then written in a transaction a day. A call stays in the day under which it was first stored; it is looked for there and on the
/// neighbouring days, but only where the filter of the day's calls does not rule it out.
/// </summary>
/// <param name="before">The unit before, which may be written while this one is read: calls that both change are read when that has ended.</param>
/// <param name="spare">Empty batches to use again.</param>
sealed class SummaryMerge(
    DayFiles files, uint journal, IReadOnlyCollection<SummaryUpdate> updates, SummaryMerge? before, ConcurrentBag<DocumentBatch> spare) : IDisposable
{
    /// <summary>No state of the calls: nothing has been read, or written.</summary>
    const long Never = -1;

    readonly SummaryUpdate[] _updates = [.. updates];

    /// <summary>Hashes of the calls it changes. Taken at once: the updates serve other calls when the unit has been written, and the next still asks.</summary>
    readonly HashSet<uint> _keys = [.. updates.Select(static update => CallHash.Of(update.Key.Span))];

    readonly Dictionary<DateOnly, DayFile?> _open = [];
    readonly Dictionary<DateOnly, MergedDay> _merged = [];
    SummaryMerge? _before = before;
    DaySession? _session;
    SummaryUpdate[] _late = [];
    long _readAt = Never;
    long _writtenAt = Never;

    DaySession Session => _session ??= files.Connect();

    /// <summary>Whether nothing but the unit before has changed calls, or moved their rows, since they were read.</summary>
    bool IsCurrent => _readAt == files.Calls.State || (_before is { } unit && unit._writtenAt == files.Calls.State && unit._writtenAt == _readAt + 1);

    /// <summary>Reads and merges all that the unit before does not change too. The units before that one have been written.</summary>
    public void Prepare()
    {
        _readAt = files.Calls.State;
        ILookup<bool, SummaryUpdate> isShared = _updates.ToLookup(update => _before is { } unit && unit._keys.Contains(CallHash.Of(update.Key.Span)));
        _late = [.. isShared[true]];
        Merge([.. isShared[false]]);
    }

    /// <summary>Changes the summaries; when this returns the changes are durable, day by day. It has the turn to change calls.</summary>
    public void Write()
    {
        if (!IsCurrent)
        {
            Forget();
            _late = _updates;
        }

        _open.Clear();
        Merge(_late);
        try
        {
            foreach (MergedDay day in _merged.Values)
                day.Write(files, journal);
        }
        finally
        {
            // Also when only some days were written.
            _writtenAt = files.Calls.Changed();
            _before = null;
        }
    }

    public void Dispose()
    {
        Forget();
        _before = null;
        _session?.Dispose();
    }

    void Forget()
    {
        foreach (MergedDay day in _merged.Values)
            day.GiveBack(spare);
        _merged.Clear();
    }

    void Merge(SummaryUpdate[] some)
    {
        var stored = new StoredSummary?[some.Length];
        foreach (IGrouping<DateOnly, int> look in LookUps(some).ToLookup(look => look.Day, look => look.Update))
            StoredSummary.Read(Session.Connection, Open(look.Key)!, some, look, stored);
        for (int index = 0; index < some.Length; index++)
        {
            DateOnly home = stored[index]?.Day ?? some[index].FirstTime.Day;
            if (!_merged.TryGetValue(home, out MergedDay? day))
                _merged.Add(home, day = new MergedDay(home));
            day.Add(some[index], stored[index], spare, journal);
        }
    }

    IEnumerable<(DateOnly Day, int Update)> LookUps(SummaryUpdate[] some)
    {
        for (int index = 0; index < some.Length; index++)
        {
            uint hash = CallHash.Of(some[index].Key.Span);
            DateOnly home = some[index].FirstTime.Day;
            for (int offset = -1; offset <= 1; offset++)
            {
                if (Open(home.AddDays(offset)) is { } day && files.Calls.FilterOf(day).MayContain(hash))
                    yield return (home.AddDays(offset), index);
            }
        }
    }

    DayFile? Open(DateOnly day)
    {
        if (!_open.TryGetValue(day, out DayFile? file))
            _open.Add(day, file = Session.Find(day));
        return file;
    }
}
