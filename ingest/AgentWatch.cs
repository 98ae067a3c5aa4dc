using Homer.Search.Store;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Homer.Search.Ingest;

/// <summary>Tells when an agent goes silent, and when it is heard again.</summary>
sealed class AgentWatch(IngestMeter meter, TimeProvider clock, ILogger<AgentWatch> log) : BackgroundService
{
    static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                Look();
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
            return;
        }
    }

    void Look()
    {
        foreach (CaptureAgent agent in meter.WatchAgents())
        {
            if (agent.IsSilent)
                log.AgentSilent(agent.Name, agent.Peer, agent.LastSeen);
            else
                log.AgentHeardAgain(agent.Name, agent.Peer);
        }
    }
}
