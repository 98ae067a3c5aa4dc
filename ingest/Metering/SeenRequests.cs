namespace Homer.Search.Ingest;

/// <summary>
/// Which requests were seen lately, by their hash, in memory that does not grow: two bit tables, of which the older is emptied when the newer holds
/// <see cref="Generation"/>. One of the last so many is always known again; a stranger is taken for known about once in seventy. Used by one thread.
/// </summary>
sealed class SeenRequests
{
    /// <summary>At 30,000 new requests a second a full minute of them.</summary>
    const int Generation = 1 << 21;

    const int BitsLog = 25;
    const int WordBits = 64;

    ulong[]? _newer;
    ulong[] _older = [];
    int _count;

    public void Add(ulong hash)
    {
        // Nobody pays 8 MB for it who never gets a request.
        _newer ??= Empty(out _older);
        bool isNew = !Has(_newer, hash);
        if (!isNew)
            return;
        if (_count == Generation)
        {
            (_newer, _older) = (_older, _newer);
            Array.Clear(_newer);
            _count = 0;
        }

        Set(_newer, First(hash));
        Set(_newer, Second(hash));
        _count++;
    }

    public bool Contains(ulong hash) => _newer is not null && (Has(_newer, hash) || Has(_older, hash));

    static ulong[] Empty(out ulong[] other)
    {
        other = new ulong[(1 << BitsLog) / WordBits];
        return new ulong[(1 << BitsLog) / WordBits];
    }

    static bool Has(ulong[] table, ulong hash) => IsSet(table, First(hash)) && IsSet(table, Second(hash));

    static int First(ulong hash) => (int)(hash >> (WordBits - BitsLog));

    static int Second(ulong hash) => (int)(hash & ((1 << BitsLog) - 1));

    static bool IsSet(ulong[] table, int bit) => (table[bit / WordBits] >> (bit % WordBits) & 1) != 0;

    static void Set(ulong[] table, int bit) => table[bit / WordBits] |= 1UL << (bit % WordBits);
}
