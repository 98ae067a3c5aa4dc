namespace Homer.Search.Store.DuckDb;

/// <summary>
/// Tells for most Call-IDs that no summary of theirs is stored, so that a new call needs no look-up: a Bloom filter over call hashes that grows by
/// doubling. 12 bits and 4 probes a call: 4 in 1,000 are looked up in vain. One thread adds while others ask.
/// </summary>
sealed class CallFilter
{
    const int Probes = 4;
    const int BitsPerCall = 12;
    const int FirstCapacity = 64 * 1024;

    volatile ulong[][] _parts = [];
    int _room;

    /// <summary>Hashes added so far.</summary>
    public int Count { get; private set; }

    public void Add(uint hash)
    {
        if (_room == 0)
            Grow();
        ulong[] bits = _parts[^1];
        foreach (ulong bit in new ProbeSequence(hash, bits.Length))
            bits[bit / 64] |= 1UL << (int)(bit % 64);
        _room--;
        Count++;
    }

    public bool MayContain(uint hash)
    {
        foreach (ulong[] bits in _parts)
        {
            if (HasAll(bits, hash))
                return true;
        }

        return false;
    }

    static bool HasAll(ulong[] bits, uint hash)
    {
        foreach (ulong bit in new ProbeSequence(hash, bits.Length))
        {
            if ((bits[bit / 64] & (1UL << (int)(bit % 64))) == 0)
                return false;
        }

        return true;
    }

    void Grow()
    {
        int capacity = Math.Max(FirstCapacity, Count);
        _parts = [.. _parts, new ulong[((long)capacity * BitsPerCall / 64) + 1]];
        _room = capacity;
    }

    /// <summary>The bits of one hash: four numbers out of one 64-bit mix, each scaled to the size.</summary>
    ref struct ProbeSequence(uint hash, int words)
    {
        readonly ulong _bits = (ulong)words * 64;
        ulong _state = hash;
        int _left = Probes;

        public readonly ProbeSequence GetEnumerator() => this;

        public ulong Current { get; private set; }

        public bool MoveNext()
        {
            if (_left-- == 0)
                return false;

            // splitmix64: the 32 bits that are stored are spread over all 64.
            _state += 0x9E3779B97F4A7C15;
            ulong mixed = _state;
            mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
            mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
            Current = Math.BigMul(mixed ^ (mixed >> 31), _bits, out _);
            return true;
        }
    }
}
