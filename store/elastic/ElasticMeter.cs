using System.Diagnostics.Metrics;

namespace Homer.Search.Store.Elastic;

/// <summary>What the store counts. Safe for several threads.</summary>
sealed class ElasticMeter : IDisposable
{
    /// <summary>Name under which exporters find the instruments.</summary>
    public const string Name = "Homer.Search.Store.Elastic";

    readonly Meter _meter = new(Name);
    readonly Counter<long> _refused;
    readonly Counter<long> _retried;
    readonly Counter<long> _withoutRaw;
    readonly Histogram<double> _bulkSeconds;
    readonly Histogram<long> _bulkBytes;
    long _refusedCount;
    long _withoutRawCount;

    public ElasticMeter()
    {
        _refused = _meter.CreateCounter<long>("homer.store.refused", "{document}", "Documents that the engine will never take, by its kind of error.");
        _retried = _meter.CreateCounter<long>("homer.store.retried", "{document}", "Documents sent again, by why they had to be.");
        _withoutRaw = _meter.CreateCounter<long>(
            "homer.store.without_raw", "{document}", "Documents stored without their raw message, since the journal could not be read there.");
        _bulkSeconds = _meter.CreateHistogram<double>("homer.store.bulk.duration", "s", "Time the engine took for one bulk request.");
        _bulkBytes = _meter.CreateHistogram<long>("homer.store.bulk.size", "By", "Octets of one bulk request, before compression.");
    }

    public long Refused => Interlocked.Read(ref _refusedCount);

    public long WithoutRaw => Interlocked.Read(ref _withoutRawCount);

    /// <param name="reason">The engine's; up to the colon stands the kind of error, what follows differs with each document.</param>
    public void Refuse(string reason)
    {
        Interlocked.Increment(ref _refusedCount);
        _refused.Add(1, Because(reason.Split(':')[0]));
    }

    public void Retry(int documents, string reason) => _retried.Add(documents, Because(reason));

    public void StoredWithoutRaw()
    {
        Interlocked.Increment(ref _withoutRawCount);
        _withoutRaw.Add(1);
    }

    public void Sent(int bytes, TimeSpan took)
    {
        _bulkBytes.Record(bytes);
        _bulkSeconds.Record(took.TotalSeconds);
    }

    public void Dispose() => _meter.Dispose();

    static KeyValuePair<string, object?> Because(string reason) => new("reason", reason);
}
