using Homer.Search.Calls;
using Homer.Search.Store;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Quartz;

namespace Homer.Search.Jobs;

/// <summary>Registers the jobs and the clockwork that runs them.</summary>
public static class JobsHosting
{
    /// <summary>
    /// Adds Quartz as a hosted service with every job of <see cref="JobTriggers"/>. They use the registered <see cref="ICaptureStore"/>,
    /// <see cref="TimeProvider"/> and rules of correlation, else the shipped ones. Where an <see cref="ILeaseStore"/> is registered, they run in one process at a time of those that share it. A job that
    /// runs when the host stops is told so and waited for.
    /// </summary>
    public static IServiceCollection AddJobs(this IServiceCollection services, RetentionPolicy retention)
    {
        services.AddSingleton(retention);
        services.AddSingleton<JobsMeter>();
        services.TryAddSingleton(new RuleFile<CorrelationRules>(CorrelationRules.Shipped));
        services.AddSingleton<SessionKeeping>();
        services.AddQuartz(quartz => quartz.AddJobTriggers());
        services.AddSingleton<JobsLease>();
        services.AddQuartzHostedService<LeasedScheduler>(options => (options.WaitForJobsToComplete, options.AutoStart) = (true, false));
        return services;
    }
}
