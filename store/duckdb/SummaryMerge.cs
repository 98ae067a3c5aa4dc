using System.Text;
using DuckDB.NET.Data;

namespace Homer.Search.Store.DuckDb;

/// <summary>
/// Merges the summaries of one unit into those stored, in transactions of their own that begin when all units before have ended. A call stays in the
/// day under which it was first stored; it is looked for there and on the neighbouring days, but only where the filter of the day's calls does not rule
/// it out.
/// </summary>
sealed class SummaryMerge(DayFiles files, uint journal) : IDisposable
{
    readonly Dictionary<DateOnly, DayUnit?> _days = [];
    readonly Dictionary<(DateOnly, DocumentKind), DocumentBatch> _batches = [];
    readonly List<(CallFilter Calls, uint Hash)> _added = [];

    /// <summary>Changes the summaries; when this returns the changes are durable, day by day. The store's lock on calls is held.</summary>
    public void Apply(IReadOnlyCollection<SummaryUpdate> updates)
    {
        SummaryUpdate[] all = [.. updates];
        var stored = new StoredSummary?[all.Length];
        foreach (IGrouping<DateOnly, int> look in LookUps(all).ToLookup(look => look.Day, look => look.Update))
        {
            DayUnit day = Open(look.Key)!;
            StoredSummary.Read(day, all, look, stored);
        }

        var replaced = new Dictionary<DateOnly, List<long>>();
        for (int index = 0; index < all.Length; index++)
            Merge(all[index], stored[index], replaced);
        foreach ((DateOnly day, List<long> rows) in replaced)
            Delete(Open(day)!, rows);
        foreach (((DateOnly day, _), DocumentBatch batch) in _batches)
            Append(day, batch);
        foreach (DayUnit? day in _days.Values)
            day?.Commit();
        foreach ((CallFilter calls, uint hash) in _added)
            calls.Add(hash);
    }

    public void Dispose()
    {
        foreach (DayUnit? day in _days.Values)
            day?.Dispose();
    }

    IEnumerable<(DateOnly Day, int Update)> LookUps(SummaryUpdate[] updates)
    {
        for (int index = 0; index < updates.Length; index++)
        {
            uint hash = CallHash.Of(updates[index].Key.Span);
            DateOnly home = updates[index].FirstTime.Day;
            for (int offset = -1; offset <= 1; offset++)
            {
                if (Open(home.AddDays(offset)) is { } day && CallsOf(day).MayContain(hash))
                    yield return (home.AddDays(offset), index);
            }
        }
    }

    void Merge(SummaryUpdate update, StoredSummary? stored, Dictionary<DateOnly, List<long>> replaced)
    {
        DateOnly home = stored?.Day ?? update.FirstTime.Day;
        if (!_batches.TryGetValue((home, update.Kind), out DocumentBatch? batch))
        {
            batch = new DocumentBatch(update.Kind, journal);
            _batches.Add((home, update.Kind), batch);
        }

        if (batch.IsFull)
            Append(home, batch);
        if (!update.Merge(stored is null ? [] : stored.Summary, batch))
            return;

        if (stored is null)
        {
            DayUnit day = Make(home);
            _added.Add((CallsOf(day), CallHash.Of(update.Key.Span)));
        }
        else
        {
            if (!replaced.TryGetValue(home, out List<long>? rows))
                replaced.Add(home, rows = []);
            rows.Add(stored.Row);
        }
    }

    void Append(DateOnly day, DocumentBatch batch)
    {
        if (batch.Count > 0)
            Make(day).Append(batch, AllRows.AsSpan(0, batch.Count));
        batch.Clear();
    }

    static void Delete(DayUnit day, List<long> rows) =>
        day.Connection.Run($"DELETE FROM {day.File.Table(DocumentKind.Call)} WHERE rowid IN (SELECT unnest($1))", rows);

    /// <summary>The day's part of the unit, when the day has a file.</summary>
    DayUnit? Open(DateOnly day)
    {
        if (!_days.TryGetValue(day, out DayUnit? unit))
        {
            unit = files.Days.Contains(day) ? new DayUnit(files, day, journal) : null;
            _days.Add(day, unit);
        }

        return unit;
    }

    DayUnit Make(DateOnly day) => Open(day) ?? (_days[day] = new DayUnit(files, day, journal));

    static CallFilter CallsOf(DayUnit day)
    {
        if (day.File.Calls is { } known)
            return known;

        var filter = new CallFilter();
        using DuckDBDataReader hashes = day.Connection.Read($"SELECT {TableLayout.CallHash} FROM {day.File.Table(DocumentKind.Call)}");
        while (hashes.Read())
            filter.Add(hashes.GetFieldValue<uint>(0));
        day.File.Calls = filter;
        return filter;
    }

    static readonly int[] AllRows = [.. Enumerable.Range(0, DocumentBatch.Capacity)];

    /// <summary>A summary as a day has it.</summary>
    sealed record StoredSummary(DateOnly Day, long Row, byte[] Summary)
    {
        /// <summary>
        /// Reads what the day has for some of the updates. First only the hashes of the day's calls are scanned; Call-IDs and summaries, which are by far
        /// the larger columns, are then read of the rows that matched alone.
        /// </summary>
        public static void Read(DayUnit day, SummaryUpdate[] updates, IEnumerable<int> wanted, StoredSummary?[] found)
        {
            ILookup<uint, int> byHash = wanted.ToLookup(index => CallHash.Of(updates[index].Key.Span));
            Dictionary<long, uint> hashByRow = Rows(day, [.. byHash.Select(hash => hash.Key)]);
            if (hashByRow.Count == 0)
                return;

            string sql = $"""
                SELECT rowid, {TableLayout.Quote(Fields.CallId.Name)}, {TableLayout.Quote(Fields.Summary.Name)}
                FROM {day.File.Table(DocumentKind.Call)} WHERE rowid IN (SELECT unnest($1))
                """;
            using DuckDBDataReader reader = day.Connection.Read(sql, hashByRow.Keys.ToList());
            while (reader.Read())
            {
                long row = reader.GetInt64(0);
                byte[] callId = Encoding.UTF8.GetBytes(reader.GetString(1));
                foreach (int index in byHash[hashByRow[row]])
                {
                    if (updates[index].Key.Span.SequenceEqual(callId))
                        found[index] = new StoredSummary(day.File.Day, row, DocumentReader.Bytes(reader, 2));
                }
            }
        }

        static Dictionary<long, uint> Rows(DayUnit day, List<uint> hashes)
        {
            var hashByRow = new Dictionary<long, uint>();
            using DuckDBDataReader reader = day.Connection.Read(
                $"SELECT rowid, {TableLayout.CallHash} FROM {day.File.Table(DocumentKind.Call)} WHERE {TableLayout.CallHash} IN (SELECT unnest($1))", hashes);
            while (reader.Read())
                hashByRow.Add(reader.GetInt64(0), reader.GetFieldValue<uint>(1));
            return hashByRow;
        }
    }
}
