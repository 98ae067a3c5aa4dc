using Homer.Search.Store;
using Homer.Search.Store.Elastic;

namespace Homer.Search.Server.Hosting;

/// <summary>In a process that takes nothing in, the status of the way in is that of all others on the same engine together.</summary>
sealed partial class StatusReading(IngestStatusSource source, StatusBoard board, TimeProvider clock, ILogger<StatusReading> log) : BackgroundService
{
    /// <summary>Who has told nothing for so long is gone.</summary>
    static readonly TimeSpan Age = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                IngestStatus together = IngestStatusSum.Of(await board.ReadAsync(Age, stoppingToken));
                source.ReportBy(() => together);
            }
            catch (StoreException refusal)
            {
                NotRead(log, refusal.Message);
                IngestStatus unknown = IngestStatus.Idle with { Trouble = $"What takes packets in cannot be asked: {refusal.Message}" };
                source.ReportBy(() => unknown);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }

            await Task.Delay(StatusTelling.Interval, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [LoggerMessage(1, LogLevel.Debug, "The status of the way in was not read: {Reason}")]
    static partial void NotRead(ILogger log, string reason);
}
