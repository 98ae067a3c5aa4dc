using Homer.Search.Calls;

namespace Homer.Search.Server.Hosting;

/// <summary>Looks at the files of rules, so that a change is in force seconds later and needs no restart.</summary>
sealed partial class RuleWatch(IReadOnlyList<RuleFile> files, TimeProvider clock, ILogger<RuleWatch> log) : BackgroundService
{
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (files.All(file => file.Path is null))
            return;
        using var timer = new PeriodicTimer(Pause, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            foreach (RuleFile file in files.Where(file => file.Look()))
            {
                if (file.Trouble is { } trouble)
                    Kept(log, trouble);
                else
                    Renewed(log, file.Path!);
            }
        }
    }

    [LoggerMessage(1, LogLevel.Information, "The rules of {Path} are in force as they stand there now")]
    static partial void Renewed(ILogger log, string path);

    [LoggerMessage(2, LogLevel.Error, "{Trouble} The rules read before stay in force")]
    static partial void Kept(ILogger log, string trouble);
}
