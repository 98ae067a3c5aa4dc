using Homer.Search.Journal;

namespace Homer.Search.Ingest;

/// <summary>What the capture plan overwrites in one packet: gathered in a copy, so that a packet that nothing is done to costs none.</summary>
ref struct PayloadChanges(JournalRecord record, ReadOnlySpan<byte> payload)
{
    readonly JournalRecord _record = record;
    readonly ReadOnlySpan<byte> _payload = payload;
    byte[]? _changed;

    /// <summary>A part of the payload, to be overwritten.</summary>
    public Span<byte> Of(int offset, int length) => (_changed ??= _payload.ToArray()).AsSpan(offset, length);

    /// <summary>
    /// Does the same to the record in the journal. Of a payload that came compressed nothing can be overwritten: its record goes, and its documents have no
    /// raw message.
    /// </summary>
    /// <param name="isStored">Something of the packet is stored; else its record goes.</param>
    public readonly void Apply(bool isStored)
    {
        if (_changed is null)
            return;
        if (isStored && _record.Packet.Overlaps(_payload, out int start))
            _record.Rewrite(start, _changed);
        else
            _record.Remove();
    }
}
