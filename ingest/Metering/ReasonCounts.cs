using System.Diagnostics.Metrics;
using System.Text.Json;
using Homer.Search.Store;

namespace Homer.Search.Ingest;

/// <summary>One counter for each value of a closed list of reasons. Counting takes an interlocked add; safe for several threads.</summary>
sealed class ReasonCounts<TReason> where TReason : struct, Enum
{
    static readonly TReason[] Reasons = Enum.GetValues<TReason>();

    readonly long[] _counts = new long[Reasons.Length];
    readonly string[] _names;

    /// <param name="naming">How a reason is written outside; null leaves its name.</param>
    public ReasonCounts(JsonNamingPolicy? naming = null) =>
        _names = [.. Reasons.Select(reason => naming?.ConvertName(reason.ToString()) ?? reason.ToString())];

    public void Add(TReason reason, long count = 1) => Interlocked.Add(ref _counts[Array.IndexOf(Reasons, reason)], count);

    /// <summary>The reasons that were met, in the order of the list.</summary>
    public IReadOnlyList<ReasonCount> Snapshot() =>
        [.. _names.Select((name, index) => new ReasonCount(name, Volatile.Read(ref _counts[index]))).Where(entry => entry.Count > 0)];

    public IEnumerable<Measurement<long>> Measure() =>
        Snapshot().Select(entry => new Measurement<long>(entry.Count, new KeyValuePair<string, object?>("reason", entry.Reason)));
}
