using System.Numerics;

namespace Homer.Search.Store.DuckDb;

/// <summary>The rows of a batch that have not been dealt with.</summary>
ref struct RowSet
{
    const int WordBits = 64;

    readonly ulong[] _words;

    public RowSet(int count)
    {
        _words = new ulong[(count + WordBits - 1) / WordBits];
        for (int row = 0; row < count; row++)
            _words[row / WordBits] |= 1UL << (row % WordBits);
    }

    /// <summary>The lowest row; −1 when none is left.</summary>
    public readonly int First
    {
        get
        {
            int word = _words.AsSpan().IndexOfAnyExcept(0UL);
            return word < 0 ? -1 : (word * WordBits) + BitOperations.TrailingZeroCount(_words[word]);
        }
    }

    /// <summary>False when the row was not in it.</summary>
    public readonly bool Remove(int row)
    {
        ulong bit = 1UL << (row % WordBits);
        bool had = (_words[row / WordBits] & bit) != 0;
        _words[row / WordBits] &= ~bit;
        return had;
    }
}
