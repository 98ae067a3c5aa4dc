using System.Diagnostics.Metrics;
using Homer.Search.Protocol;
using Homer.Search.Store;
using Homer.Search.Store.Elastic;
using Serilog.Configuration;
using Serilog.Core;
using Serilog.Events;

namespace Homer.Search.Server.Logs;

/// <summary>
/// Keeps the program's own log in the engine, beside the logs of the calls. Whoever logs never waits: lines wait here, no more than <see cref="Bound"/>,
/// for a batch each second; batches, pauses after a failure and the last one at the end are Serilog's. What is not stored is counted.
/// </summary>
sealed class StoreLog : IBatchedLogEventSink, ILoggingFailureListener, IDisposable
{
    /// <summary>Name under which exporters find the counts.</summary>
    public const string MeterName = "Homer.Search.Log";

    /// <summary>Lines that wait, at most.</summary>
    public const int Bound = 10_000;

    const int BatchLines = 1000;

    /// <summary>A batch that takes longer is sent again: at its end the program waits no longer for an engine that hangs.</summary>
    static readonly TimeSpan BatchLimit = TimeSpan.FromSeconds(4);

    readonly LogWriter _writer;
    readonly TimeProvider _clock;
    readonly Meter _meter = new(MeterName);
    readonly Counter<long> _stored;
    readonly Counter<long> _dropped;
    readonly DocumentBatch _batch = new(DocumentKind.Log, (uint)Random.Shared.NextInt64(uint.MaxValue));
    long _sequence;
    int _waiting;

    public StoreLog(LogWriter writer, TimeProvider clock)
    {
        (_writer, _clock) = (writer, clock);
        _stored = _meter.CreateCounter<long>("homer.log.stored", "{line}", "Lines of the program's own log that are in the store.");
        _dropped = _meter.CreateCounter<long>("homer.log.dropped", "{line}", "Lines of the program's own log that are not in the store, by reason.");
    }

    /// <summary>Lets the logger write here too.</summary>
    public void AddTo(LoggerSinkConfiguration sinks)
    {
        // The bound is kept here, where what is beyond it can be counted.
        var batching = new BatchingOptions { BatchSizeLimit = BatchLines, BufferingTimeLimit = TimeSpan.FromSeconds(1), QueueLimit = null };
        sinks.Sink(LoggerSinkConfiguration.Wrap(inner => new Door(this, inner), door => door.Fallible(kept => kept.Sink(this, batching), this)));
    }

    /// <summary>Called for one batch at a time, and with the same lines at its head when it failed before: they get the same identities.</summary>
    public async Task EmitBatchAsync(IReadOnlyCollection<LogEvent> batch)
    {
        using var limit = new CancellationTokenSource(BatchLimit, _clock);
        _batch.Clear();
        foreach (LogEvent line in batch)
            Add(line);
        await _writer.WriteAsync(_batch, limit.Token);
        _sequence += _batch.Count;
        Interlocked.Add(ref _waiting, -batch.Count);
        _stored.Add(_batch.Count);
        _dropped.Add(batch.Count - _batch.Count, new KeyValuePair<string, object?>("reason", "not_readable"));
    }

    /// <summary>Failures that are not tried again.</summary>
    public void OnLoggingFailed(object sender, LoggingFailureKind kind, string message, IReadOnlyCollection<LogEvent>? events, Exception? exception)
    {
        if (kind == LoggingFailureKind.Temporary || events is null)
            return;
        Interlocked.Add(ref _waiting, -events.Count);
        _dropped.Add(events.Count, new KeyValuePair<string, object?>("reason", "store_failed"));
    }

    /// <summary>Called by Serilog when it has tried the last batch.</summary>
    public void Dispose()
    {
        _dropped.Add(Volatile.Read(ref _waiting), new KeyValuePair<string, object?>("reason", "store_failed"));
        _writer.Dispose();
        _meter.Dispose();
    }

    void Add(LogEvent line)
    {
        int before = _batch.Count;
        try
        {
            LogRows.Add(_batch, line, _sequence + before, Instant.Now(_clock));
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            // A value whose own writing fails costs its line and not those around it.
            if (_batch.Count > before)
                _batch.RemoveLastRow();
        }
    }

    /// <summary>Counts who comes in, and turns away whoever finds no room.</summary>
    sealed class Door(StoreLog log, ILogEventSink inner) : ILogEventSink, IDisposable
    {
        public void Emit(LogEvent logEvent)
        {
            if (Interlocked.Increment(ref log._waiting) > Bound)
            {
                Interlocked.Decrement(ref log._waiting);
                log._dropped.Add(1, new KeyValuePair<string, object?>("reason", "queue_full"));
                return;
            }

            inner.Emit(logEvent);
        }

        public void Dispose() => (inner as IDisposable)?.Dispose();
    }
}
