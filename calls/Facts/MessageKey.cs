namespace Homer.Search.Calls;

/// <summary>
/// What makes two captured messages of one Call-ID the same message, in three steps: the message itself (CSeq, method, status code, tags),
/// its transmission over one hop (hop, direction, branch), and the agent that saw it. Tags, branch, hop and agent by their hashes; 0 is absent.
/// </summary>
/// <remarks>
/// The order depends on nothing but the message, so that every set of messages is cut at <see cref="CallFacts.MaximumSightings"/> in the same way
/// however it was put together. What belongs to one message stands together in it.
/// </remarks>
readonly record struct MessageKey : IComparable<MessageKey>
{
    readonly ulong _start;
    readonly ulong _tags;
    readonly ulong _way;
    readonly ulong _observer;

    public MessageKey(uint cseq, Method method, int code, uint fromTag, uint toTag, uint hop, bool reversed, uint branch, uint agent)
    {
        _start = ((ulong)cseq << 32) | ((ulong)method << 16) | (ushort)code;
        _tags = ((ulong)fromTag << 32) | toTag;
        _way = ((ulong)hop << 32) | branch;
        _observer = (reversed ? 1UL << 32 : 0) | agent;
    }

    public uint CSeq => (uint)(_start >> 32);

    /// <summary>Of CSeq, so also of a response.</summary>
    public Method Method => (Method)(byte)(_start >> 16);

    /// <summary>0 for a request.</summary>
    public int Code => (ushort)_start;

    public uint FromTag => (uint)(_tags >> 32);
    public uint ToTag => (uint)_tags;
    public uint Hop => (uint)(_way >> 32);
    public uint Branch => (uint)_way;

    /// <summary>Sent by the second end of the <see cref="Calls.Hop"/>.</summary>
    public bool Reversed => _observer >> 32 != 0;

    public uint Agent => (uint)_observer;

    public bool IsSameMessage(in MessageKey other) => _start == other._start && _tags == other._tags;

    public bool IsSameTransmission(in MessageKey other) =>
        IsSameMessage(other) && _way == other._way && _observer >> 32 == other._observer >> 32;

    public int CompareTo(MessageKey other)
    {
        if (_start != other._start)
            return _start < other._start ? -1 : 1;
        if (_tags != other._tags)
            return _tags < other._tags ? -1 : 1;
        return _way != other._way ? _way < other._way ? -1 : 1 : _observer.CompareTo(other._observer);
    }
}
