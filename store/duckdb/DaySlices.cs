using Homer.Search.Protocol;

namespace Homer.Search.Store.DuckDb;

/// <summary>A piece of a time range and the days whose files may hold documents of it.</summary>
readonly record struct DaySlice(TimeRange Range, IReadOnlyList<DateOnly> Days);

/// <summary>Which files a time range concerns.</summary>
static class DaySlices
{
    /// <summary>
    /// The range day by day, oldest first, so far as there are files. A captured document lies in the file of its own day; a call may have begun
    /// on the day before the one it is kept in, when its first message came late.
    /// </summary>
    public static IEnumerable<DaySlice> ByDay(DocumentKind kind, TimeRange range, IReadOnlyList<DateOnly> files)
    {
        IEnumerable<DateOnly> days = kind == DocumentKind.Call ? files.SelectMany(day => (DateOnly[])[day.AddDays(-1), day]).Distinct() : files;
        foreach (DateOnly day in days.Order())
        {
            TimeRange whole = DayFile.RangeOf(day);
            var part = new TimeRange(Later(range.From, whole.From), Earlier(range.To, whole.To));
            if (part.From < part.To)
                yield return new DaySlice(part, [.. (kind == DocumentKind.Call ? (DateOnly[])[day, day.AddDays(1)] : [day]).Where(files.Contains)]);
        }
    }

    /// <summary>The whole range at once.</summary>
    public static DaySlice Whole(DocumentKind kind, TimeRange range, IReadOnlyList<DateOnly> files) =>
        new(range, [.. ByDay(kind, range, files).SelectMany(slice => slice.Days).Distinct().Order()]);

    static Instant Later(Instant left, Instant right) => left > right ? left : right;

    static Instant Earlier(Instant left, Instant right) => left < right ? left : right;
}
