namespace Homer.Search.Journal;

/// <summary>The segments that are not sealed yet, by number.</summary>
sealed class LiveSegments
{
    readonly Lock _gate = new();
    readonly SortedList<long, LiveSegment> _segments = [];

    public void Add(LiveSegment segment)
    {
        lock (_gate)
            _segments.Add(segment.Number, segment);
    }

    public void Remove(LiveSegment segment)
    {
        lock (_gate)
            _segments.Remove(segment.Number);
    }

    /// <summary>The blocks of a segment; null when it is not among them.</summary>
    public LiveBlocks? TryOpen(long number)
    {
        // Inside, so that its file is not sealed and deleted before it is mapped.
        lock (_gate)
            return _segments.TryGetValue(number, out LiveSegment? segment) ? new LiveBlocks(segment) : null;
    }

    /// <summary>All of them, oldest first.</summary>
    public LiveSegment[] All()
    {
        lock (_gate)
            return [.. _segments.Values];
    }
}
