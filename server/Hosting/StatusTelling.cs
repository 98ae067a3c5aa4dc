using System.Globalization;
using Homer.Search.Journal;
using Homer.Search.Store;
using Homer.Search.Store.Elastic;

namespace Homer.Search.Server.Hosting;

/// <summary>Tells the processes on the same engine that take nothing in what this one does.</summary>
sealed partial class StatusTelling(IngestStatusSource source, CaptureJournal journal, StatusBoard board, TimeProvider clock, ILogger<StatusTelling> log) : BackgroundService
{
    /// <summary>How often it is told, and looked at.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(3);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The same after a restart, and of no other process.
        string process = journal.Id.ToString("x8", CultureInfo.InvariantCulture);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await board.TellAsync(process, source.Snapshot(), stoppingToken);
            }
            catch (StoreException refusal)
            {
                // The indexer says so aloud.
                NotTold(log, refusal.Message);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }

            await Task.Delay(Interval, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [LoggerMessage(1, LogLevel.Debug, "The status of the way in was not told to others: {Reason}")]
    static partial void NotTold(ILogger log, string reason);
}
