using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Quartz;

namespace Homer.Search.Jobs;

/// <summary>
/// Lets the scheduler fire while this process holds the lease. A run that fell into the time of standing by is to the triggers one that was missed, for
/// which each says what becomes of it.
/// </summary>
sealed class LeasedScheduler(
    IHostApplicationLifetime lifetime, IServiceProvider services, IOptionsMonitor<QuartzHostedServiceOptions> options)
    : QuartzHostedService(lifetime, services, options), IDisposable
{
    readonly JobsLease _lease = services.GetRequiredService<JobsLease>();
    readonly JobsMeter _meter = services.GetRequiredService<JobsMeter>();
    readonly TimeProvider _clock = services.GetRequiredService<TimeProvider>();
    readonly CancellationTokenSource _stopping = new();
    Task _keeping = Task.CompletedTask;
    bool _isRunning;

    public override Task StartedAsync(CancellationToken cancellationToken)
    {
        _keeping = KeepAsync(_stopping.Token);
        return Task.CompletedTask;
    }

    /// <summary>Before the scheduler is shut down: it cannot be started any more then.</summary>
    public override async Task StoppingAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        await _keeping;
    }

    /// <summary>After the last job has ended.</summary>
    public override Task StoppedAsync(CancellationToken cancellationToken) => _lease.GiveBackAsync(cancellationToken);

    public void Dispose() => _stopping.Dispose();

    async Task KeepAsync(CancellationToken stopping)
    {
        try
        {
            while (true)
            {
                await _lease.TryAsync(stopping);
                await SteerAsync();
                await Task.Delay(_lease.Patience, _clock, stopping);
                await SteerAsync();
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The host stops.
            return;
        }
    }

    async Task SteerAsync()
    {
        if (_lease.IsHeld == _isRunning)
            return;
        _isRunning = !_isRunning;
        _meter.Active(_isRunning);
        foreach (IScheduler scheduler in Schedulers)
        {
            if (_isRunning)
                await scheduler.Start();
            else
                await StandByAsync(scheduler);
        }
    }

    /// <summary>Another process may begin the same jobs now: those that run are asked to end.</summary>
    static async Task StandByAsync(IScheduler scheduler)
    {
        await scheduler.Standby();
        foreach (FireInstance firing in (await scheduler.QueryFireInstances(new FireInstanceQuery())).Items)
            await scheduler.InterruptFireInstance(firing.FireInstanceId);
    }
}
