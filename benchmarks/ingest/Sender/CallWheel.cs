namespace Homer.Search.Benchmarks.Ingest;

/// <summary>Calls under way, by the millisecond at which each has its next message: a wheel of lists over reused slots.</summary>
sealed class CallWheel
{
    const int Milliseconds = 1 << 15;
    const int None = -1;

    readonly int[] _heads = new int[Milliseconds];
    Entry[] _entries = new Entry[1 << 16];
    int _free = None;
    int _used;

    public CallWheel() => Array.Fill(_heads, None);

    /// <summary>A call's next message is due at a millisecond less than 32 seconds ahead.</summary>
    public void Add(long due, in Entry entry)
    {
        int slot = _free;
        if (slot == None)
        {
            slot = _used++;
            if (slot == _entries.Length)
                Array.Resize(ref _entries, 2 * slot);
        }
        else
        {
            _free = _entries[slot].Next;
        }

        ref int head = ref _heads[due & (Milliseconds - 1)];
        _entries[slot] = entry with { Next = head };
        head = slot;
    }

    /// <summary>Takes one call that is due at this millisecond; false when none is left.</summary>
    public bool TryTake(long now, out Entry entry)
    {
        ref int head = ref _heads[now & (Milliseconds - 1)];
        if (head == None)
        {
            entry = default;
            return false;
        }

        int slot = head;
        entry = _entries[slot];
        head = entry.Next;
        _entries[slot].Next = _free;
        _free = slot;
        return true;
    }

    /// <summary>A call: its number, script and the message that comes next.</summary>
    public record struct Entry(ulong Call, byte Script, byte Step, int Next = None);
}
