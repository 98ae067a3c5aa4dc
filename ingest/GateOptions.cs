using System.Net;
using Homer.Search.Calls;

namespace Homer.Search.Ingest;

/// <summary>Who may send, and what is not wanted.</summary>
public sealed record GateOptions
{
    /// <summary>Networks whose packets are taken; empty takes every peer.</summary>
    public IReadOnlyList<IPNetwork> Allowed { get; init; } = [];

    /// <summary>A packet has to carry one of these keys (HEP chunk 0x0e), or that of its agent; empty asks for none.</summary>
    public IReadOnlyList<string> Keys { get; init; } = [];

    /// <summary>
    /// Agents that have keys of their own: their packets have to carry one of those. When there are such agents, those of all others have to carry one of
    /// <see cref="Keys"/>.
    /// </summary>
    public RuleFile<AgentKeys> AgentKeys { get; init; } = new(Ingest.AgentKeys.None);

    /// <summary>Networks that need no key: rtpengine, sipgrep, FreeSWITCH and every HEPv1 and HEPv2 agent cannot send one.</summary>
    public IReadOnlyList<IPNetwork> Keyless { get; init; } = [];

    /// <summary>Packets a second that one address may send, and as many at once; null for any number.</summary>
    public int? PerPeer { get; init; }

    /// <summary>A packet that came before within this time is not taken again; null takes it. Below 500 ms, after which SIP sends again (RFC 3261 §17.1.1.1).</summary>
    public TimeSpan? DuplicateWindow { get; init; }

    /// <summary>SIP messages whose CSeq has one of these methods are not stored.</summary>
    public IReadOnlyList<string> DiscardMethods { get; init; } = [];

    /// <summary>SIP messages whose User-Agent or Server contains one of these, in any case, are not stored: scanners name themselves.</summary>
    public IReadOnlyList<string> DiscardUserAgents { get; init; } = [];
}
