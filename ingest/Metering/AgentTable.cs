using System.IO.Hashing;
using Homer.Search.Protocol;
using Homer.Search.Protocol.Sip;
using Homer.Search.Store;

namespace Homer.Search.Ingest;

/// <summary>
/// The capture agents heard of, by id and peer. Fed by the indexer's one thread, read by any; bounded, since anybody may send any id.
/// </summary>
sealed class AgentTable
{
    const int Bound = 10_000;

    readonly Dictionary<(uint Id, UInt128 Peer), AgentEntry> _entries = [];
    readonly SeenRequests _requests = new();
    readonly Lock _gate = new();
    AgentEntry? _last;

    public int Count
    {
        get
        {
            lock (_gate)
                return _entries.Count;
        }
    }

    /// <summary>Agents that were heard regularly and are not any more.</summary>
    public int SilentCount => Entries().Count(entry => entry.IsSilent);

    /// <summary>Notes a packet and returns whose it is; a ping shows that the agent lives and is no message.</summary>
    /// <param name="name">HEP chunk 0x13; may be empty.</param>
    /// <param name="isMessage">False for a ping, and for a packet that was noted before and is read again.</param>
    public AgentEntry Note(uint id, UInt128 peer, ReadOnlySpan<byte> name, Instant arrival, bool isMessage)
    {
        AgentEntry entry = _last is { } last && last.Id == id && last.Peer == peer ? last : Find(id, peer, arrival);
        _last = entry;
        entry.Note(name, arrival, isMessage);
        return entry;
    }

    /// <summary>Notes whether the agent lets us see both sides: a response after its request, an ACK after its INVITE.</summary>
    public void NoteSip(AgentEntry agent, in SipMessage message)
    {
        if (message.CallId.IsEmpty || message.CSeqNumber is not { } number)
            return;
        bool isAck = message.CSeqMethod.SequenceEqual("ACK"u8);
        ulong method = XxHash3.HashToUInt64(isAck ? "INVITE"u8 : message.CSeqMethod, number);
        ulong request = XxHash3.HashToUInt64(message.CallId, (long)method ^ ((long)agent.Id << 32) ^ (long)(ulong)agent.Peer);
        if (!message.IsRequest || isAck)
            agent.NoteAnswer(isAck && message.IsRequest, _requests.Contains(request));
        else
            _requests.Add(request);
    }

    /// <summary>The agents that have gone silent or are heard again since the last look.</summary>
    /// <param name="now">Up to when all packets have been looked at.</param>
    public IReadOnlyList<CaptureAgent> Watch(Instant now) => [.. Entries().Where(entry => entry.Watch(now)).Select(entry => entry.Show(now))];

    /// <summary>The agents, the last heard first.</summary>
    public IReadOnlyList<CaptureAgent> Snapshot(Instant now) =>
        [.. Entries().OrderByDescending(entry => entry.LastSeen.Nanoseconds).Select(entry => entry.Show(now))];

    AgentEntry[] Entries()
    {
        lock (_gate)
            return [.. _entries.Values];
    }

    AgentEntry Find(uint id, UInt128 peer, Instant arrival)
    {
        lock (_gate)
        {
            if (_entries.TryGetValue((id, peer), out AgentEntry? entry))
                return entry;
            if (_entries.Count == Bound)
                ForgetHalf();
            return _entries[(id, peer)] = new AgentEntry(id, peer, arrival);
        }
    }

    /// <summary>Half at once, so that a flood of invented ids costs little each.</summary>
    void ForgetHalf()
    {
        foreach (AgentEntry entry in _entries.Values.OrderBy(entry => entry.LastSeen.Nanoseconds).Take(Bound / 2).ToList())
            _entries.Remove((entry.Id, entry.Peer));
    }
}
