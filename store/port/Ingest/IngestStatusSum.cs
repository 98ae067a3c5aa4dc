using System.Net;

namespace Homer.Search.Store;

/// <summary>Puts what several processes say of the way in together.</summary>
public static class IngestStatusSum
{
    /// <summary>Counts add up; the lag is that of the one that is furthest behind, the trouble the first there is. An agent that reports to several is one.</summary>
    public static IngestStatus Of(IReadOnlyCollection<IngestStatus> parts) => new(
        parts.Sum(part => part.Received), parts.Sum(part => part.Stored), Sum(parts.SelectMany(part => part.Dropped)), Sum(parts.SelectMany(part => part.Rejected)),
        parts.Select(part => part.LagMs).DefaultIfEmpty().Max(), parts.Sum(part => part.JournalBytes), parts.Select(part => part.Trouble).FirstOrDefault(trouble => trouble is not null),
        [.. parts.SelectMany(part => part.Agents).GroupBy(agent => (agent.Id, agent.Peer)).Select(One).OrderByDescending(agent => agent.LastSeen.Nanoseconds)])
    {
        Rules = [.. parts.SelectMany(part => part.Rules).GroupBy(rule => rule.Rule).Select(rule => new RuleCount(rule.Key, rule.Sum(count => count.Count)))],
    };

    static IReadOnlyList<ReasonCount> Sum(IEnumerable<ReasonCount> counts) =>
        [.. counts.GroupBy(count => count.Reason).Select(reason => new ReasonCount(reason.Key, reason.Sum(count => count.Count)))];

    static CaptureAgent One(IGrouping<(uint Id, IPAddress Peer), CaptureAgent> agent)
    {
        CaptureAgent last = agent.MaxBy(part => part.LastSeen.Nanoseconds)!;
        return last with
        {
            Messages = agent.Sum(part => part.Messages),
            MessagesPerSecond = agent.Sum(part => part.MessagesPerSecond),
            Answers = agent.Sum(part => part.Answers),
            ResponsesWithoutRequest = agent.Sum(part => part.ResponsesWithoutRequest),
            AcksWithoutInvite = agent.Sum(part => part.AcksWithoutInvite),
            IsSilent = agent.All(part => part.IsSilent),
        };
    }
}
