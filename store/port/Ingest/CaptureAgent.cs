using System.Net;
using Homer.Search.Protocol;

namespace Homer.Search.Store;

/// <summary>A capture agent as the way in knows it: one id at one address.</summary>
/// <param name="Id">HEP chunk 0x0c.</param>
/// <param name="Name">HEP chunk 0x13, else the id as text: what <c>observer.name</c> says.</param>
/// <param name="Peer">Address its packets come from.</param>
/// <param name="LastSeen">Arrival of its last packet, keep-alives included.</param>
/// <param name="Messages">Packets since this process started, keep-alives left out.</param>
/// <param name="MessagesPerSecond">Average over the last few seconds.</param>
public sealed record CaptureAgent(uint Id, string Name, IPAddress Peer, Instant LastSeen, long Messages, double MessagesPerSecond)
{
    /// <summary>How far its clock is ahead of ours, by the stamps of its last packets, in ms; their way here makes it look some ms late. Null when it stamps none.</summary>
    public double? ClockSkewMs { get; init; }

    /// <summary>Its responses and ACKs: what has to follow a request.</summary>
    public long Answers { get; init; }

    /// <summary>Responses to requests that it has not reported lately.</summary>
    public long ResponsesWithoutRequest { get; init; }

    /// <summary>ACKs to INVITEs that it has not reported lately.</summary>
    public long AcksWithoutInvite { get; init; }

    /// <summary>Of its responses and ACKs, those whose request it reported as well, in per cent; null when there were none.</summary>
    public double? Completeness => Answers == 0 ? null : 100.0 * Math.Max(0, Answers - ResponsesWithoutRequest - AcksWithoutInvite) / Answers;

    /// <summary>It was heard regularly and is not any more.</summary>
    public bool IsSilent { get; init; }
}
