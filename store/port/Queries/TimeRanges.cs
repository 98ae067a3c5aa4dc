using Homer.Search.Protocol;

namespace Homer.Search.Store;

/// <summary>Ranges of time as people write them: in GraphQL, in the addresses of pages and on the command line.</summary>
public static class TimeRanges
{
    /// <summary>
    /// From inclusive; to exclusive, except that a whole unit (<c>2026-11-24</c>, <c>now/d</c>) is taken in. Throws <see cref="QueryException"/> for a
    /// text that is no time, and for an end that is not behind its beginning.
    /// </summary>
    public static TimeRange Parse(string from, string to, Instant now)
    {
        TimeText first = Read("from", from, now);
        TimeText last = Read("to", to, now);
        Instant end = last.NamesUnit ? last.End : last.Start;
        if (end <= first.Start)
            throw new QueryException($"The range ends at {end}, which is not after its beginning at {first.Start}.", 0, 0);
        return new TimeRange(first.Start, end);
    }

    static TimeText Read(string end, string text, Instant now) => TimeText.TryParse(text.Trim(), now, out TimeText time)
        ? time
        : throw new QueryException($"'{text}' is not a time (in '{end}'). {TimeText.Forms}", 0, text.Length);
}
