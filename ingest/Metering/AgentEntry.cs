using System.Globalization;
using System.Text;
using Homer.Search.Protocol;
using Homer.Search.Store;

namespace Homer.Search.Ingest;

/// <summary>What is known of one capture agent. Written by the indexer's one thread, read by any.</summary>
sealed class AgentEntry(uint id, UInt128 peer, Instant firstSeen)
{
    const long Window = 10 * Instant.NanosecondsPerSecond;
    const long Unknown = long.MinValue;

    long _lastSeen = firstSeen.Nanoseconds;
    long _windowStart = firstSeen.Nanoseconds;
    long _inWindow;
    long _inWindowBefore;
    long _packets;
    long _messages;
    long _ahead = Unknown;
    long _aheadBefore = Unknown;
    long _answers;
    long _responsesWithoutRequest;
    long _acksWithoutInvite;
    volatile bool _isSilent;

    public uint Id { get; } = id;

    public UInt128 Peer { get; } = peer;

    /// <summary>What <c>observer.name</c> says, UTF-8; another array when the agent changes it.</summary>
    public byte[] Name { get; private set; } = Encoding.UTF8.GetBytes(id.ToString(CultureInfo.InvariantCulture));

    public Instant LastSeen => new(Volatile.Read(ref _lastSeen));

    public bool IsSilent => _isSilent;

    public void Note(ReadOnlySpan<byte> name, Instant arrival, bool isMessage)
    {
        if (!name.IsEmpty && !name.SequenceEqual(Name))
            Name = name.ToArray();
        Volatile.Write(ref _lastSeen, arrival.Nanoseconds);
        Volatile.Write(ref _packets, _packets + 1);
        if (!isMessage)
            return;

        Volatile.Write(ref _messages, _messages + 1);
        if (arrival.Nanoseconds - _windowStart >= Window)
        {
            _inWindowBefore = arrival.Nanoseconds - _windowStart < 2 * Window ? _inWindow : 0;
            _inWindow = 0;
            _windowStart = arrival.Nanoseconds;
            _aheadBefore = _ahead;
            _ahead = Unknown;
        }

        _inWindow++;
    }

    /// <summary>
    /// Compares a stamp with the arrival. The way here only makes a clock look late, so that the earliest-looking packet of a window comes nearest to the
    /// truth.
    /// </summary>
    public void NoteClock(Instant captured, Instant arrival) => Volatile.Write(ref _ahead, Math.Max(_ahead, captured.Nanoseconds - arrival.Nanoseconds));

    /// <summary>A response, or an ACK, which asks for an INVITE.</summary>
    public void NoteAnswer(bool isAck, bool isRequestKnown)
    {
        Volatile.Write(ref _answers, _answers + 1);
        if (isRequestKnown)
            return;
        if (isAck)
            Volatile.Write(ref _acksWithoutInvite, _acksWithoutInvite + 1);
        else
            Volatile.Write(ref _responsesWithoutRequest, _responsesWithoutRequest + 1);
    }

    /// <summary>Decides anew whether the agent is silent, and returns whether that has changed.</summary>
    /// <param name="now">Up to when all packets have been looked at.</param>
    public bool Watch(Instant now)
    {
        TimeSpan? limit = AgentSilence.Limit(Volatile.Read(ref _packets), LastSeen.Since(firstSeen));
        bool isSilent = limit is { } longest && now.Since(LastSeen) > longest;
        bool hasChanged = isSilent != _isSilent;
        _isSilent = isSilent;
        return hasChanged;
    }

    public CaptureAgent Show(Instant now)
    {
        long ahead = Math.Max(Volatile.Read(ref _ahead), Volatile.Read(ref _aheadBefore));
        return new CaptureAgent(Id, Encoding.UTF8.GetString(Name), PeerAddress.ToAddress(Peer), LastSeen, Volatile.Read(ref _messages), Rate(now))
        {
            ClockSkewMs = ahead == Unknown ? null : ahead / (double)Instant.NanosecondsPerMillisecond,
            Answers = Volatile.Read(ref _answers),
            ResponsesWithoutRequest = Volatile.Read(ref _responsesWithoutRequest),
            AcksWithoutInvite = Volatile.Read(ref _acksWithoutInvite),
            IsSilent = _isSilent,
        };
    }

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
