using System.Net;
using Homer.Search.Protocol;
using Homer.Search.Store;

namespace Homer.Search.Api.Schema;

/// <summary>A capture agent. What it did lately is null when it has sent nothing since this server started.</summary>
public sealed class Agent
{
    readonly CaptureAgent? _seen;

    internal Agent(long id, string name, IPAddress? peer, CaptureAgent? seen)
    {
        Id = id;
        Name = name;
        Peer = peer?.ToString();
        _seen = seen;
    }

    [FromCatalogue("homer.capture_id")]
    public long Id { get; }

    [FromCatalogue("observer.name")]
    public string Name { get; }

    /// <summary>Address its packets come from.</summary>
    public string? Peer { get; }

    /// <summary>Arrival of its last packet, keep-alives included.</summary>
    public Instant? LastSeen => _seen?.LastSeen;

    /// <summary>Packets since this server started, keep-alives left out.</summary>
    public long? MessageCount => _seen?.Messages;

    /// <summary>Average over the last few seconds.</summary>
    public double? MessagesPerSecond => _seen?.MessagesPerSecond;

    /// <summary>How far its clock is ahead of the server's, in ms; the way of its packets makes it look some ms late.</summary>
    public double? ClockSkewMs => _seen?.ClockSkewMs;

    /// <summary>Of its responses and ACKs, those whose request it reported as well, in per cent: less than 100 means that part of the traffic is not captured.</summary>
    public double? Completeness => _seen?.Completeness;

    /// <summary>Responses to requests that it has not reported lately.</summary>
    public long? ResponsesWithoutRequest => _seen?.ResponsesWithoutRequest;

    /// <summary>ACKs to INVITEs that it has not reported lately.</summary>
    public long? AcksWithoutInvite => _seen?.AcksWithoutInvite;

    /// <summary>It was heard regularly and is not any more.</summary>
    public bool? IsSilent => _seen?.IsSilent;
}
