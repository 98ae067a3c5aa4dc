using System.Numerics;
using System.Runtime.InteropServices;
using SharpFuzz.Common;

namespace Homer.Search.Tests.Fuzz;

/// <summary>
/// Which ways through the instrumented code were taken: as AFL does, an octet counts each pair of branches that followed one another, and counts are told
/// apart by their magnitude only.
/// </summary>
sealed unsafe class Coverage
{
    const int MapSize = 1 << 16;

    readonly byte* _map = (byte*)NativeMemory.AllocZeroed(MapSize);
    readonly byte[] _seen = new byte[MapSize];

    internal Coverage() => Trace.SharedMem = _map;

    /// <summary>Pairs of branches seen so far.</summary>
    internal int Edges { get; private set; }

    internal void Clear()
    {
        new Span<byte>(_map, MapSize).Clear();
        Trace.PrevLocation = 0;
    }

    /// <summary>Whether what ran since <see cref="Clear"/> went a way that nothing went before.</summary>
    internal bool IsNew()
    {
        bool isNew = false;
        var map = new ReadOnlySpan<byte>(_map, MapSize);
        for (int index = map.IndexOfAnyExcept((byte)0); index < MapSize && index >= 0;)
        {
            byte magnitude = (byte)(1 << BitOperations.Log2(map[index]));
            if (_seen[index] == 0)
                Edges++;
            isNew |= (_seen[index] & magnitude) == 0;
            _seen[index] |= magnitude;
            int next = map[(index + 1)..].IndexOfAnyExcept((byte)0);
            index = next < 0 ? -1 : index + 1 + next;
        }

        return isNew;
    }
}
