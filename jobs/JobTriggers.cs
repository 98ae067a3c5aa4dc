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

    /// <summary>How often calls that have changed are looked at for the session they are legs of.</summary>
    public static readonly TimeSpan SessionInterval = TimeSpan.FromSeconds(10);

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

        // Missed: the next run reads what the missed one would have.
        quartz.ScheduleJob<SessionJob>(trigger => trigger
            .WithIdentity("sessions")
            .WithDescription("Stores of which session the last changed calls are legs.")
            .StartNow()
            .WithSimpleSchedule(schedule => schedule
                .WithInterval(SessionInterval)
                .RepeatForever()
                .WithMisfireInstruction(SimpleTriggerMisfireInstruction.NextWithRemainingCount)));
    }
}
