using Homer.Search.Store;
using Microsoft.Extensions.DependencyInjection;
using Quartz;

namespace Homer.Search.Jobs;

/// <summary>Registers the jobs and the clockwork that runs them.</summary>
public static class JobsHosting
{
    /// <summary>
    /// Adds Quartz as a hosted service with every job of <see cref="JobTriggers"/>. They use the registered <see cref="ICaptureStore"/> and
    /// <see cref="TimeProvider"/>. Where an <see cref="ILeaseStore"/> is registered, they run in one process at a time of those that share it. A job that
    /// runs when the host stops is told so and waited for.
    /// </summary>
    public static IServiceCollection AddJobs(this IServiceCollection services, RetentionPolicy retention)
    {
        services.AddSingleton(retention);
        services.AddSingleton<JobsMeter>();
        services.AddQuartz(quartz => quartz.AddJobTriggers());
        services.AddSingleton<JobsLease>();
        services.AddQuartzHostedService<LeasedScheduler>(options => (options.WaitForJobsToComplete, options.AutoStart) = (true, false));
        return services;
    }
}
