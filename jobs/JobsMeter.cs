using System.Diagnostics.Metrics;
using Homer.Search.Store;

namespace Homer.Search.Jobs;

/// <summary>Every count of the jobs. Safe for several threads.</summary>
public sealed class JobsMeter : IDisposable
{
    /// <summary>Name under which exporters find the instruments.</summary>
    public const string Name = "Homer.Search.Jobs";

    readonly Meter _meter = new(Name);
    readonly Counter<long> _droppedDays;
    readonly Counter<long> _freedBytes;
    readonly Counter<long> _failures;
    readonly Gauge<long> _keptBytes;
    readonly Gauge<long> _active;
    readonly Counter<long> _leaseFailures;
    readonly Counter<long> _sessionLegs;
    readonly Counter<long> _sessionFailures;
    readonly Gauge<double> _sessionLag;

    public JobsMeter()
    {
        _droppedDays = _meter.CreateCounter<long>("homer.retention.dropped", "{day}", "Days that retention dropped.");
        _freedBytes = _meter.CreateCounter<long>("homer.retention.freed", "By", "Octets of index and raw messages that retention freed.");
        _failures = _meter.CreateCounter<long>("homer.retention.failures", "{run}", "Runs of retention that the store refused.");
        _keptBytes = _meter.CreateGauge<long>("homer.retention.kept", "By", "Octets of index and raw messages that the last run left.");
        _active = _meter.CreateGauge<long>("homer.jobs.active", "{process}", "1 while this process does the jobs, 0 while it stands by for another.");
        _leaseFailures = _meter.CreateCounter<long>("homer.jobs.lease.failures", "{attempt}", "Looks at the lease of the jobs that the store did not answer.");
        _sessionLegs = _meter.CreateCounter<long>("homer.sessions.legs", "{call}", "Calls whose session was stored or changed.");
        _sessionFailures = _meter.CreateCounter<long>("homer.sessions.failures", "{run}", "Runs of the job that stores sessions which the store refused.");
        _sessionLag = _meter.CreateGauge<double>("homer.sessions.lag", "s", "How far behind the job that stores sessions is; 0 when its last run left nothing.");
        _active.Record(0);
    }

    /// <summary>The meter of these instruments, since others may have one of the same name.</summary>
    internal Meter Meter => _meter;

    public void Dispose() => _meter.Dispose();

    internal void Retained(RetentionReport report)
    {
        _droppedDays.Add(report.DroppedDays.Count);
        _freedBytes.Add(report.FreedBytes);
        _keptBytes.Record(report.KeptBytes);
    }

    internal void RetentionFailed() => _failures.Add(1);

    internal void SessionsStored(long legs, TimeSpan lag)
    {
        _sessionLegs.Add(legs);
        _sessionLag.Record(lag.TotalSeconds);
    }

    internal void SessionsFailed() => _sessionFailures.Add(1);

    internal void Active(bool isActive) => _active.Record(isActive ? 1 : 0);

    internal void LeaseFailed() => _leaseFailures.Add(1);
}
