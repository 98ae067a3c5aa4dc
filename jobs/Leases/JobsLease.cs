using System.Globalization;
using Homer.Search.Store;
using Microsoft.Extensions.Logging;

namespace Homer.Search.Jobs;

/// <summary>
/// Whether this process does the jobs: of all that share a store, one at a time. Where nothing is shared it always does. When its holder is gone, another
/// has it after at most <see cref="Term"/> and two <see cref="Interval"/>s.
/// </summary>
public sealed class JobsLease
{
    /// <summary>How long the holder may be silent.</summary>
    public static readonly TimeSpan Term = TimeSpan.FromSeconds(15);

    /// <summary>How often it is renewed, or looked at.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(3);

    /// <summary>Names it in the store.</summary>
    public const string Name = "jobs";

    readonly ILeaseStore? _leases;
    readonly TimeProvider _clock;
    readonly JobsMeter _meter;
    readonly ILogger<JobsLease> _log;
    readonly long _origin;
    volatile LeaseWatch _watch;
    volatile string? _trouble;
    string? _told;

    /// <param name="clock">Counts terms and intervals.</param>
    /// <param name="meter">Counts what the store refused.</param>
    /// <param name="log">Takes who does the jobs, when that changes.</param>
    /// <param name="leases">Where the lease is; null when no other process can share the store.</param>
    public JobsLease(TimeProvider clock, JobsMeter meter, ILogger<JobsLease> log, ILeaseStore? leases = null)
    {
        (_leases, _clock, _meter, _log) = (leases, clock, meter, log);
        _origin = clock.GetTimestamp();
        // A process number comes again, above all in containers, where it is always 1.
        string self = string.Create(CultureInfo.InvariantCulture, $"{Environment.MachineName}/{Environment.ProcessId}/{Random.Shared.Next():x8}");
        _watch = new LeaseWatch(self, Term);
    }

    public bool IsHeld => _leases is null || _watch.IsHeldAt(Now);

    /// <summary>One word or sentence for people.</summary>
    public string State => IsHeld ? "active"
        : _trouble is { } trouble ? $"standing by: {trouble}"
        : _watch.Seen?.Holder is { } holder ? $"standing by for {holder}"
        : "standing by";

    /// <summary>How long the next step may be put off or take: the lease is given up in time when the store does not answer.</summary>
    internal TimeSpan Patience
    {
        get
        {
            if (_leases is null)
                return Timeout.InfiniteTimeSpan;
            TimeSpan left = _watch.HeldUntil == TimeSpan.MinValue ? TimeSpan.Zero : _watch.HeldUntil - Now;
            return left > TimeSpan.Zero && left < Interval ? left : Interval;
        }
    }

    TimeSpan Now => _clock.GetElapsedTime(_origin);

    /// <summary>Takes or renews the lease when it may.</summary>
    internal async Task TryAsync(CancellationToken stopping)
    {
        if (_leases is null)
            return;
        using var limit = new CancellationTokenSource(Patience, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stopping);
        try
        {
            Lease? seen = await _leases.ReadAsync(Name, either.Token).ConfigureAwait(false);
            _watch = _watch.Read(seen, Now);
            if (_watch.MayTakeAt(Now))
            {
                TimeSpan asked = Now;
                Lease? written = await _leases.WriteAsync(Name, _watch.Self, seen, either.Token).ConfigureAwait(false);
                _watch = written is null ? _watch.Lost() : _watch.Written(written, asked, Now);
            }

            _trouble = null;
        }
        catch (Exception failure) when (!stopping.IsCancellationRequested)
        {
            // Whatever it is: without an answer the lease lapses, and somebody else has it.
            _meter.LeaseFailed();
            _trouble = failure is OperationCanceledException ? "The store did not answer in time." : failure.Message;
        }

        Tell();
    }

    /// <summary>Gives it back, so that another need not wait for its end.</summary>
    internal async Task GiveBackAsync(CancellationToken cancellation)
    {
        if (_leases is null || !IsHeld)
            return;
        try
        {
            await _leases.WriteAsync(Name, holder: null, _watch.Seen, cancellation).ConfigureAwait(false);
            _watch = _watch.Lost();
        }
        catch (Exception refusal) when (refusal is StoreException or OperationCanceledException)
        {
            // It lapses by itself.
            _log.LeaseKept(refusal.Message, Term);
        }
    }

    void Tell()
    {
        string state = State;
        if (state == _told)
            return;
        _told = state;
        _log.JobsAre(state);
    }
}
