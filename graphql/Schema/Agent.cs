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
}
