using System.Diagnostics.Metrics;
using Homer.Search.Protocol;
using Homer.Search.Store;

namespace Homer.Search.Ingest;

/// <summary>What meters say of each agent, of those heard last: anybody may send any id, and an exporter keeps each for ever.</summary>
static class AgentInstruments
{
    const int MostAgents = 500;

    public static void AddTo(Meter meter, Func<IReadOnlyList<CaptureAgent>> agents)
    {
        IEnumerable<Measurement<T>> Each<T>(Func<CaptureAgent, T?> value) where T : struct =>
            agents().Take(MostAgents).Where(agent => value(agent) is not null).Select(agent => new Measurement<T>(value(agent)!.Value, Tags(agent)));

        meter.CreateObservableCounter("homer.ingest.agent.messages", () => Each<long>(agent => agent.Messages), "{packet}", "Packets of an agent, keep-alives left out.");
        meter.CreateObservableGauge(
            "homer.ingest.agent.last_seen", () => Each<double>(agent => agent.LastSeen.Nanoseconds / (double)Instant.NanosecondsPerSecond), "s", "Arrival of an agent's last packet, since 1970.");
        meter.CreateObservableGauge(
            "homer.ingest.agent.clock_skew", () => Each(agent => agent.ClockSkewMs / 1000), "s", "How far an agent's clock is ahead of ours.");
        meter.CreateObservableGauge(
            "homer.ingest.agent.completeness", () => Each(agent => agent.Completeness), "%", "Of an agent's responses and ACKs, those whose request it reported as well.");
        meter.CreateObservableGauge(
            "homer.ingest.agent.silent", () => Each<int>(agent => agent.IsSilent ? 1 : 0), "{agent}", "1 when an agent was heard regularly and is not any more.");
    }

    static KeyValuePair<string, object?>[] Tags(CaptureAgent agent) =>
        [new("agent", agent.Name), new("id", agent.Id), new("peer", agent.Peer.ToString())];
}
