using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Homer.Search.Store;

namespace Homer.Search.Ingest;

/// <summary>How many messages each rule of the capture plan met, by its name; a rule that is read anew goes on counting. Safe for several threads.</summary>
sealed class RuleCounts
{
    readonly ConcurrentDictionary<string, Entry> _entries = [];

    public Entry Of(string rule) => _entries.GetOrAdd(rule, static _ => new Entry());

    /// <summary>By name.</summary>
    public IReadOnlyList<RuleCount> Snapshot() =>
        [.. _entries.OrderBy(static entry => entry.Key, StringComparer.Ordinal).Select(static entry => new RuleCount(entry.Key, entry.Value.Count))];

    public IEnumerable<Measurement<long>> Measure() =>
        Snapshot().Select(static entry => new Measurement<long>(entry.Count, new KeyValuePair<string, object?>("rule", entry.Rule)));

    /// <summary>The count of one rule.</summary>
    public sealed class Entry
    {
        long _count;

        public long Count => Volatile.Read(ref _count);

        public void Add() => Interlocked.Increment(ref _count);
    }
}
