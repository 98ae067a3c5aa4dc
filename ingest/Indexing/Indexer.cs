using Homer.Search.Journal;
using Homer.Search.Store;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Homer.Search.Ingest;

/// <summary>
/// Keeps the store up with the journal. A store that refuses for a while gets the same unit again after a pause; one that never will take
/// it ends indexing, while the listeners go on filling the journal.
/// </summary>
sealed class Indexer(
    CaptureJournal journal, ICaptureStore store, IngestOptions options, IngestMeter meter, TimeProvider clock, ILogger<Indexer> log)
    : BackgroundService
{
    ICaptureWriter? _opened;

    /// <summary>Asks the store how far it has got before anything is received.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            _opened = await OpenAsync(cancellationToken);
        }
        catch (StoreException refused) when (refused.IsTransient)
        {
            // A store that is away now is asked again beside the listeners, which need none.
            meter.StoreFailed(refused.Message, isTriedAgain: false);
        }

        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var abandon = new CancellationTokenSource(Timeout.InfiniteTimeSpan, clock);
        using CancellationTokenRegistration limit = stoppingToken.Register(() => abandon.CancelAfter(options.ShutdownLimit));
        var indexing = new Indexing(journal, new RecordRows(journal.Id, options, meter, log), options, meter, clock, log);

        for (int failures = 0; !stoppingToken.IsCancellationRequested;)
        {
            long checkpoint = journal.Checkpoint;
            try
            {
                ICaptureWriter writer = _opened ?? await OpenAsync(abandon.Token);
                _opened = null;
                await indexing.FollowAsync(writer, stoppingToken, abandon.Token);
            }
            catch (Exception refused) when (refused is StoreException { IsTransient: true } or IOException)
            {
                failures = journal.Checkpoint > checkpoint ? 1 : failures + 1;
                TimeSpan pause = RetryDelay.Of(failures, Random.Shared.NextDouble());
                meter.StoreFailed(refused.Message, isTriedAgain: true);
                log.StoreRefused(refused, failures, pause);
                await Task.Delay(pause, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (StoreException refused)
            {
                meter.StoreFailed($"Indexing has stopped: {refused.Message}", isTriedAgain: false);
                log.IndexingStopped(refused);
                return;
            }
            catch (OperationCanceledException late) when (stoppingToken.IsCancellationRequested)
            {
                log.StoppedBeforeStored(late);
            }
        }
    }

    async ValueTask<ICaptureWriter> OpenAsync(CancellationToken cancellation)
    {
        ICaptureWriter writer = await store.OpenWriterAsync(journal.Id, cancellation);
        // A power cut may take the journal's last records and leave the store's: no position is given twice.
        journal.SkipTo(writer.ReplayEnd);
        return writer;
    }
}
