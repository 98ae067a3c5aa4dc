using System.Net;
using Homer.Search.Protocol;
using Homer.Search.Store;

namespace Homer.Search.Tests.Store;

public sealed class IngestStatusSumTests
{
    static readonly IPAddress Peer = IPAddress.Parse("192.0.2.9");

    [Fact]
    public void Counts_add_up_and_the_worst_lag_and_any_trouble_stay()
    {
        IngestStatus sum = IngestStatusSum.Of(
        [
            new IngestStatus(10, 8, [new ReasonCount("ping", 1)], [], 50, 100, null, []),
            new IngestStatus(5, 5, [new ReasonCount("ping", 2), new ReasonCount("kernel", 4)], [new ReasonCount("NotHep", 1)], 20, 7, "The engine is away.", []),
        ]);

        Assert.Equal((15, 13, 50, 107, "The engine is away."), (sum.Received, sum.Stored, sum.LagMs, sum.JournalBytes, sum.Trouble));
        Assert.Equal([new ReasonCount("ping", 3), new ReasonCount("kernel", 4)], sum.Dropped);
        Assert.Equal([new ReasonCount("NotHep", 1)], sum.Rejected);
        Assert.Equivalent(IngestStatus.Idle, IngestStatusSum.Of([]));
    }

    [Fact]
    public void Rules_of_the_capture_plan_add_up_by_name()
    {
        IngestStatus sum = IngestStatusSum.Of(
        [
            IngestStatus.Idle with { Rules = [new RuleCount("pings", 3), new RuleCount("scanners", 1)] }, IngestStatus.Idle with { Rules = [new RuleCount("pings", 4)] },
        ]);

        Assert.Equal([new RuleCount("pings", 7), new RuleCount("scanners", 1)], sum.Rules);
    }

    [Fact]
    public void An_agent_that_reports_to_two_processes_is_one_and_silent_only_when_it_is_silent_at_both()
    {
        CaptureAgent Part(int lastSeen, long messages, long answers, long missing, bool isSilent) =>
            new(7, "edge", Peer, new Instant(lastSeen), messages, 1.5) { Answers = answers, ResponsesWithoutRequest = missing, IsSilent = isSilent, ClockSkewMs = lastSeen };

        CaptureAgent agent = Assert.Single(IngestStatusSum.Of(
        [
            IngestStatus.Idle with { Agents = [Part(1, 10, 4, 1, isSilent: true)] }, IngestStatus.Idle with { Agents = [Part(2, 20, 6, 1, isSilent: false)] },
        ]).Agents);

        Assert.Equal((30, 3.0, 80.0, new Instant(2), 2.0, false), (
            agent.Messages, agent.MessagesPerSecond, agent.Completeness, agent.LastSeen, agent.ClockSkewMs, agent.IsSilent));
    }
}
