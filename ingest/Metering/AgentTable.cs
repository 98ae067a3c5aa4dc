using System.Globalization;
using System.Text;
using Homer.Search.Protocol;
using Homer.Search.Store;

namespace Homer.Search.Ingest;

/// <summary>
/// The capture agents heard of, by id and peer. Fed by the indexer's one thread, read by any; bounded, since anybody may send any id.
/// </summary>
sealed class AgentTable
{
    const int Bound = 10_000;
    const long Window = 10 * Instant.NanosecondsPerSecond;

    readonly Dictionary<(uint Id, UInt128 Peer), Entry> _entries = [];
    readonly Lock _gate = new();
    Entry? _last;

    public int Count
    {
        get
        {
            lock (_gate)
                return _entries.Count;
        }
    }

    /// <summary>Notes a packet; a ping shows that the agent lives and is no message.</summary>
    /// <param name="name">HEP chunk 0x13; may be empty.</param>
    /// <param name="isMessage">False for a ping, and for a packet that was noted before and is read again.</param>
    /// <returns>What <c>observer.name</c> says of this agent, UTF-8; valid until its next packet.</returns>
    public ReadOnlySpan<byte> Note(uint id, UInt128 peer, ReadOnlySpan<byte> name, Instant arrival, bool isMessage)
    {
        Entry entry = _last is { } last && last.Id == id && last.Peer == peer ? last : Find(id, peer, arrival);
        _last = entry;
        entry.Note(name, arrival, isMessage);
        return entry.Name;
    }

    /// <summary>The agents, the last heard first.</summary>
    public IReadOnlyList<CaptureAgent> Snapshot(Instant now)
    {
        lock (_gate)
            return [.. _entries.Values.OrderByDescending(entry => entry.LastSeen.Nanoseconds).Select(entry => entry.Show(now))];
    }

    Entry Find(uint id, UInt128 peer, Instant arrival)
    {
        lock (_gate)
        {
            if (_entries.TryGetValue((id, peer), out Entry? entry))
                return entry;
            if (_entries.Count == Bound)
                ForgetHalf();
            return _entries[(id, peer)] = new Entry(id, peer, arrival);
        }
    }

    /// <summary>Half at once, so that a flood of invented ids costs little each.</summary>
    void ForgetHalf()
    {
        foreach (Entry entry in _entries.Values.OrderBy(entry => entry.LastSeen.Nanoseconds).Take(Bound / 2).ToList())
            _entries.Remove((entry.Id, entry.Peer));
    }

    sealed class Entry(uint id, UInt128 peer, Instant firstSeen)
    {
        long _lastSeen = firstSeen.Nanoseconds;
        long _windowStart = firstSeen.Nanoseconds;
        long _inWindow;
        long _inWindowBefore;
        long _messages;

        public uint Id { get; } = id;

        public UInt128 Peer { get; } = peer;

        public byte[] Name { get; private set; } = Encoding.UTF8.GetBytes(id.ToString(CultureInfo.InvariantCulture));

        public Instant LastSeen => new(Volatile.Read(ref _lastSeen));

        public void Note(ReadOnlySpan<byte> name, Instant arrival, bool isMessage)
        {
            if (!name.IsEmpty && !name.SequenceEqual(Name))
                Name = name.ToArray();
            Volatile.Write(ref _lastSeen, arrival.Nanoseconds);
            if (!isMessage)
                return;

            Volatile.Write(ref _messages, _messages + 1);
            if (arrival.Nanoseconds - _windowStart >= Window)
            {
                _inWindowBefore = arrival.Nanoseconds - _windowStart < 2 * Window ? _inWindow : 0;
                _inWindow = 0;
                _windowStart = arrival.Nanoseconds;
            }

            _inWindow++;
        }

        public CaptureAgent Show(Instant now) =>
            new(Id, Encoding.UTF8.GetString(Name), PeerAddress.ToAddress(Peer), LastSeen, Volatile.Read(ref _messages), Rate(now));

        /// <summary>The present window, filled up with the part of the one before that still lies within its length.</summary>
        double Rate(Instant now)
        {
            double passed = Math.Max(0, now.Nanoseconds - _windowStart) / (double)Window;
            if (passed >= 2)
                return 0;
            double known = passed < 1 && _inWindowBefore == 0 ? Math.Max(passed, 0.1) : Math.Max(passed, 1);
            double before = passed < 1 ? _inWindowBefore * (1 - passed) : 0;
            return (_inWindow + before) / known * Instant.NanosecondsPerSecond / Window;
        }
    }
}
