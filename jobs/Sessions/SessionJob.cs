using Homer.Search.Store;
using Microsoft.Extensions.Logging;
using Quartz;

namespace Homer.Search.Jobs;

/// <summary>Stores of which session the last changed calls are legs.</summary>
[DisallowConcurrentExecution]
sealed class SessionJob(SessionKeeping sessions, JobsMeter meter, ILogger<SessionJob> log) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        try
        {
            await sessions.RunAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (StoreException refusal)
        {
            // The next run begins where this one did.
            meter.SessionsFailed();
            log.SessionsFailed(refusal, JobTriggers.SessionInterval);
        }
    }
}
