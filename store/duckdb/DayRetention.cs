using Homer.Search.Journal;

namespace Homer.Search.Store.DuckDb;

/// <summary>Drops whole days, the oldest first, and the raw bytes that no remaining day refers to. A day in use stays.</summary>
sealed class DayRetention(DayFiles files, Archive archive)
{
    public RetentionReport Apply(RetentionPolicy policy, DateOnly today, CancellationToken cancellation)
    {
        var dropped = new List<DateOnly>();
        long freed = 0;
        IReadOnlyList<DateOnly> days = files.Days;
        for (int index = 0; index < days.Count; index++)
        {
            cancellation.ThrowIfCancellationRequested();
            bool old = policy.Days is { } kept && days[index] < today.AddDays(-kept);
            // The last day is kept whatever it takes: it is the one being written.
            bool tooMuch = policy.Bytes is { } bound && index < days.Count - 1 && Bytes() > bound;
            if ((!old && !tooMuch) || files.Delete(days[index]) is not { } bytes)
                break;
            dropped.Add(days[index]);
            freed += bytes + archive.DropBefore(FirstPosition());
        }

        return new RetentionReport(dropped, freed, Bytes());
    }

    long Bytes() => files.Days.Sum(files.Bytes) + archive.Bytes;

    /// <summary>The first record that a remaining day refers to.</summary>
    long FirstPosition()
    {
        long first = long.MaxValue;
        foreach (DateOnly day in files.Days)
        {
            using DaySession session = files.Connect();
            if (session.Find(day) is not { } file)
                continue;
            foreach (TableLayout layout in TableLayout.All.Where(layout => layout.Fields.Contains(Fields.Sequence)))
            {
                string table = file.Table(layout.Kind);
                if (session.Connection.Number($"SELECT count(*) FROM {table}") > 0)
                    first = Math.Min(first, session.Connection.Number($"SELECT min({TableLayout.Quote(Fields.Sequence.Name)}) FROM {table}"));
            }
        }

        return first;
    }
}
