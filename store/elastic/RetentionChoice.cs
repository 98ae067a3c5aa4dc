namespace Homer.Search.Store.Elastic;

/// <summary>The indices of a day, and how many octets of them lie on each node.</summary>
sealed record StoredDay(DateOnly Day)
{
    readonly Dictionary<string, long> _bytes = [];

    public List<string> Indices { get; } = [];

    public long Bytes => _bytes.Values.Sum();

    public long On(string node) => _bytes.GetValueOrDefault(node);

    public void Add(string node, long bytes) => _bytes[node] = On(node) + bytes;
}

/// <summary>Which days go. Pure: who reads and deletes is <see cref="Retention"/>.</summary>
static class RetentionChoice
{
    /// <summary>
    /// The oldest days that the policy no longer wants; then, while a node is short of space, the oldest ones that lie on it. Never the newest day, which is
    /// being written.
    /// </summary>
    public static IReadOnlyList<StoredDay> Of(IReadOnlyList<StoredDay> days, RetentionPolicy policy, DateOnly today, IReadOnlyList<DiskShortage> shortages)
    {
        var dropped = new List<StoredDay>();
        var missing = shortages.ToDictionary(shortage => shortage.Node, shortage => shortage.Bytes);
        long kept = days.Sum(day => day.Bytes);
        foreach (StoredDay day in days.SkipLast(1))
        {
            bool isOld = policy.Days is { } wanted && day.Day < today.AddDays(-wanted);
            bool isTooMuch = policy.Bytes is { } most && kept > most;
            if (!isOld && !isTooMuch && !missing.Any(node => node.Value > 0 && day.On(node.Key) > 0))
                continue;
            dropped.Add(day);
            kept -= day.Bytes;
            foreach (string node in missing.Keys)
                missing[node] -= day.On(node);
        }

        return dropped;
    }
}
