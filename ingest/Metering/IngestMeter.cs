using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text.Json;
using Homer.Search.Journal;
using Homer.Search.Protocol;
using Homer.Search.Protocol.Hep;
using Homer.Search.Store;

namespace Homer.Search.Ingest;

/// <summary>Every count of the way in, as instruments and as one readable <see cref="IngestStatus"/>. Safe for several threads.</summary>
public sealed class IngestMeter : IDisposable
{
    /// <summary>Name under which exporters find the instruments.</summary>
    public const string Name = "Homer.Search.Ingest";

    readonly CaptureJournal? _journal;
    readonly TimeProvider _clock;
    readonly Meter _meter = new(Name);
    readonly Histogram<int> _batchDocuments;
    readonly Histogram<double> _commitSeconds;
    readonly Counter<long> _retries;
    readonly Counter<long> _silences;
    readonly ReasonCounts<DropReason> _dropped = new(JsonNamingPolicy.SnakeCaseLower);
    readonly ReasonCounts<HepRejection> _rejected = new();
    readonly ReasonCounts<Stage> _stageTicks = new(JsonNamingPolicy.SnakeCaseLower);
    long _received;
    long _stored;
    long _storedEnd;
    int _connections;
    long _refusedConnections;
    long _expiredConnections;
    long _failedHandshakes;
    volatile string? _trouble;

    /// <param name="journal">Null where packets pass through none.</param>
    public IngestMeter(CaptureJournal? journal, TimeProvider clock)
    {
        _journal = journal;
        _clock = clock;
        _meter.CreateObservableCounter("homer.ingest.received", () => Received, "{packet}", "HEP packets published in the journal.");
        _meter.CreateObservableCounter("homer.ingest.stored", () => Stored, "{packet}", "Received packets that are durable in the store.");
        _meter.CreateObservableCounter("homer.ingest.dropped", _dropped.Measure, "{packet}", "Packets that are not stored, by reason.");
        _meter.CreateObservableCounter(
            "homer.ingest.rejected", _rejected.Measure, "{packet}", "Packets that could not be read as HEP, by reason.");
        _meter.CreateObservableGauge(
            "homer.ingest.lag", () => Lag.TotalSeconds, "s", "Age of the oldest packet that is not in the store yet.");
        _meter.CreateObservableGauge(
            "homer.ingest.journal.size", () => JournalBytes, "By", "Octets of the journal that are not in the store yet.");
        _meter.CreateObservableGauge("homer.ingest.agents", () => Agents.Count, "{agent}", "Capture agents heard of.");
        _meter.CreateObservableGauge(
            "homer.ingest.agents.silent", () => Agents.SilentCount, "{agent}", "Capture agents that were heard regularly and are not any more.");
        _silences = _meter.CreateCounter<long>("homer.ingest.agents.silences", "{event}", "Times that an agent went silent.");
        AgentInstruments.AddTo(_meter, () => Agents.Snapshot(Instant.Now(_clock)));
        _meter.CreateObservableGauge(
            "homer.ingest.connections", () => Volatile.Read(ref _connections), "{connection}", "Open stream connections.");
        _meter.CreateObservableCounter(
            "homer.ingest.connections.refused", () => Volatile.Read(ref _refusedConnections), "{connection}",
            "Connections closed because too many were open.");
        _meter.CreateObservableCounter(
            "homer.ingest.connections.expired", () => Volatile.Read(ref _expiredConnections), "{connection}",
            "Connections closed because nothing came, or not all of what was begun.");
        _meter.CreateObservableCounter(
            "homer.ingest.handshakes.failed", () => Volatile.Read(ref _failedHandshakes), "{connection}",
            "Connections on which no TLS came about: another protocol, or no certificate that is taken.");
        _meter.CreateObservableCounter("homer.ingest.rule.matched", Rules.Measure, "{message}", "Messages that a rule of the capture plan met, by rule.");
        _meter.CreateObservableCounter("homer.ingest.stage.time", MeasureStages, "s", "Time each stage was at work.");
        _batchDocuments = _meter.CreateHistogram<int>("homer.ingest.batch.size", "{document}", "Documents handed to the store at once.");
        _commitSeconds = _meter.CreateHistogram<double>(
            "homer.ingest.commit.duration", "s", "Time the store took to make one unit durable.");
        _retries = _meter.CreateCounter<long>(
            "homer.ingest.retries", "{attempt}", "Units that were begun again because the store refused.");
    }

    public long Received => Volatile.Read(ref _received);

    public long Stored => Volatile.Read(ref _stored);

    /// <summary>Up to where the journal has been counted as stored.</summary>
    internal long StoredEnd => Volatile.Read(ref _storedEnd);

    /// <summary>Seconds each stage was at work, by its name.</summary>
    public IReadOnlyDictionary<string, double> StageSeconds =>
        _stageTicks.Snapshot().ToDictionary(stage => stage.Reason, stage => stage.Count / (double)Stopwatch.Frequency);

    internal AgentTable Agents { get; } = new();

    internal RuleCounts Rules { get; } = new();

    long JournalBytes => _journal?.Bytes ?? 0;

    TimeSpan Lag
    {
        get
        {
            if (_journal is null)
                return TimeSpan.Zero;
            using JournalReader reader = _journal.Follow(_journal.Checkpoint);
            return reader.TryRead(out JournalRecord oldest) ? Instant.Now(_clock).Since(oldest.Arrival.Time) : TimeSpan.Zero;
        }
    }

    public IngestStatus Snapshot() => new(
        Received, Stored, _dropped.Snapshot(), _rejected.Snapshot(), Math.Max(0, (long)Lag.TotalMilliseconds), JournalBytes, _trouble,
        Agents.Snapshot(Instant.Now(_clock)))
    {
        Rules = Rules.Snapshot(),
    };

    public void Dispose() => _meter.Dispose();

    /// <summary>
    /// The agents that have gone silent or are heard again since the last look. Nobody is silent in the time whose packets still wait in the journal.
    /// </summary>
    internal IReadOnlyList<CaptureAgent> WatchAgents()
    {
        IReadOnlyList<CaptureAgent> changed = Agents.Watch(Instant.Now(_clock).Plus(-Lag));
        _silences.Add(changed.Count(agent => agent.IsSilent));
        return changed;
    }

    internal void AddReceived(long packets) => Interlocked.Add(ref _received, packets);

    internal void Drop(DropReason reason, long packets = 1) => _dropped.Add(reason, packets);

    internal void Reject(HepRejection reason) => _rejected.Add(reason);

    internal void ConnectionOpened() => Interlocked.Increment(ref _connections);

    internal void ConnectionClosed() => Interlocked.Decrement(ref _connections);

    internal void ConnectionRefused() => Interlocked.Increment(ref _refusedConnections);

    internal void ConnectionExpired() => Interlocked.Increment(ref _expiredConnections);

    internal void HandshakeFailed() => Interlocked.Increment(ref _failedHandshakes);

    /// <summary>Adds the time since <paramref name="started"/>, a stamp of <see cref="Stopwatch"/>.</summary>
    internal void Worked(Stage stage, long started) => _stageTicks.Add(stage, Stopwatch.GetTimestamp() - started);

    internal void BatchAppended(int documents) => _batchDocuments.Record(documents);

    /// <param name="packets">Those not stored before.</param>
    /// <param name="end">Of the unit, in the journal.</param>
    /// <param name="took">To make it durable.</param>
    internal void UnitStored(long packets, long end, TimeSpan took)
    {
        Volatile.Write(ref _storedEnd, Math.Max(_storedEnd, end));
        Interlocked.Add(ref _stored, packets);
        _commitSeconds.Record(took.TotalSeconds);
        _trouble = null;
    }

    /// <summary>The store refused a unit.</summary>
    internal void StoreFailed(string trouble, bool isTriedAgain)
    {
        _trouble = trouble;
        if (isTriedAgain)
            _retries.Add(1);
    }

    IEnumerable<Measurement<double>> MeasureStages() =>
        StageSeconds.Select(stage => new Measurement<double>(stage.Value, new KeyValuePair<string, object?>("stage", stage.Key)));
}

/// <summary>The parts of the way in whose time is told apart.</summary>
enum Stage
{
    /// <summary>Framing and publishing in the journal.</summary>
    Receive,

    /// <summary>Records to rows.</summary>
    Decode,

    /// <summary>Rows to the store.</summary>
    Append,

    /// <summary>Making a unit durable, summaries included.</summary>
    Commit,
}
