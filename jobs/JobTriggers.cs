using Quartz;

namespace Homer.Search.Jobs;

/// <summary>Every job: when it runs, and what becomes of a run that was missed because the one before took too long or the machine slept.</summary>
public static class JobTriggers
{
    /// <summary>
    /// How often old days are looked for. A day of 100,000 messages a second is over a terabyte, so this is how far the bound may be overrun: 5 minutes
    /// of that are 4.5 GB.
    /// </summary>
    public static readonly TimeSpan RetentionInterval = TimeSpan.FromMinutes(5);

    internal static void AddJobTriggers(this IQuartzBuilder quartz)
    {
        // Missed: once at once, since the disk may be filling, then as before.
        quartz.ScheduleJob<RetentionJob>(trigger => trigger
            .WithIdentity("retention")
            .WithDescription("Drops the days that the retention policy no longer wants.")
            .StartNow()
            .WithSimpleSchedule(schedule => schedule
                .WithInterval(RetentionInterval)
                .RepeatForever()
                .WithMisfireInstruction(SimpleTriggerMisfireInstruction.NowWithRemainingCount)));
    }
}
