using Homer.Search.Protocol;
using Homer.Search.Store;
using Microsoft.Extensions.Logging;
using Quartz;

namespace Homer.Search.Jobs;

/// <summary>Lets the store drop the days that the policy no longer wants, and tells what went.</summary>
[DisallowConcurrentExecution]
sealed class RetentionJob(ICaptureStore store, RetentionPolicy policy, TimeProvider clock, JobsMeter meter, ILogger<RetentionJob> log) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        try
        {
            RetentionReport report = await store.RetainAsync(policy, Instant.Now(clock), cancellationToken).ConfigureAwait(false);
            meter.Retained(report);
            if (report.Shortage is { } shortage)
                log.ShortOfSpace(shortage);
            if (report.DroppedDays.Count > 0)
                log.DaysDropped(report.DroppedDays.Count, report.DroppedDays[0], report.DroppedDays[^1], report.FreedBytes, report.KeptBytes);
        }
        catch (StoreException refusal)
        {
            // The next run is the next attempt.
            meter.RetentionFailed();
            log.RetentionFailed(refusal, JobTriggers.RetentionInterval);
        }
    }
}
