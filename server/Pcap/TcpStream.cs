namespace Homer.Search.Server.Pcap;

/// <summary>One direction of a TCP connection: what came early waits, what came twice counts once.</summary>
sealed class TcpStream
{
    const int MaximumWaiting = 256;

    readonly List<(uint Sequence, byte[] Bytes)> _waiting = [];
    readonly SipStream _messages = new();
    uint? _next;

    public long Gaps { get; private set; }

    public void Add(in TcpSegment segment, List<byte[]> messages)
    {
        if (segment.IsSyn)
        {
            _next = segment.Sequence + 1;
            return;
        }

        if (segment.Payload.IsEmpty)
            return;
        _next ??= segment.Sequence;
        if (!TryTake(segment.Sequence, segment.Payload, messages))
        {
            _waiting.Add((segment.Sequence, segment.Payload.ToArray()));
            if (_waiting.Count > MaximumWaiting)
                SkipGap(messages);
            return;
        }

        TakeWaiting(messages);
    }

    /// <summary>The connection ends: what waits behind a gap is read all the same.</summary>
    public void Finish(List<byte[]> messages)
    {
        while (_waiting.Count > 0)
            SkipGap(messages);
    }

    /// <summary>False when octets before it are missing.</summary>
    bool TryTake(uint sequence, ReadOnlySpan<byte> bytes, List<byte[]> messages)
    {
        // Sequence numbers wrap: the difference tells before from behind (RFC 9293 §3.4).
        int ahead = unchecked((int)(sequence - _next!.Value));
        if (ahead > 0)
            return false;
        int had = -ahead;
        if (had < bytes.Length)
        {
            _messages.Append(bytes[had..]);
            _next = unchecked(sequence + (uint)bytes.Length);
            while (_messages.Take() is { } message)
                messages.Add(message);
        }

        return true;
    }

    void TakeWaiting(List<byte[]> messages)
    {
        for (bool taken = true; taken;)
            taken = _waiting.RemoveAll(segment => TryTake(segment.Sequence, segment.Bytes, messages)) > 0;
    }

    void SkipGap(List<byte[]> messages)
    {
        Gaps++;
        _messages.Clear();
        _next = _waiting.MinBy(segment => unchecked((int)(segment.Sequence - _next!.Value))).Sequence;
        TakeWaiting(messages);
    }
}
