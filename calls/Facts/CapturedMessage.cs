using Homer.Search.Protocol;
using Homer.Search.Protocol.Sip;

namespace Homer.Search.Calls;

/// <summary>One SIP message with what its capture says: all that a call summary is folded from. Spans live as long as the captured bytes.</summary>
public readonly ref struct CapturedMessage
{
    public required SipMessage Sip { get; init; }

    /// <summary>Capture time, as stored in <c>@timestamp</c>.</summary>
    public required Instant Time { get; init; }

    /// <summary>Octets of the message.</summary>
    public int Size { get; init; }

    /// <summary>Place in the journal.</summary>
    public required long Position { get; init; }

    public required uint CaptureAgentId { get; init; }

    /// <summary>Agent name as stored in <c>observer.name</c>, UTF-8.</summary>
    public ReadOnlySpan<byte> AgentName { get; init; }

    /// <summary>HEP chunk 0x11; empty when the agent gave none.</summary>
    public ReadOnlySpan<byte> CorrelationId { get; init; }

    public required TransportProtocol Transport { get; init; }

    /// <summary>4 or 16 octets; empty when unknown.</summary>
    public ReadOnlySpan<byte> SourceAddress { get; init; }

    /// <summary>4 or 16 octets; empty when unknown.</summary>
    public ReadOnlySpan<byte> DestinationAddress { get; init; }

    /// <summary>What the way in says of it: <see cref="Calls.Labels"/> with their values.</summary>
    public ReadOnlySpan<byte[]> Labels { get; init; }

    /// <summary>The namespace to which it is routed; null for the store's own. There its call is one of its own.</summary>
    public string? Namespace { get; init; }

    public ushort SourcePort { get; init; }
    public ushort DestinationPort { get; init; }
}
