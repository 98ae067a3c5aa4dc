namespace Homer.Search.Calls;

/// <summary>
/// Numbers for the ends of a call's hops, so that they are compared once and not for each pair of messages: an end's number is the same for the same address
/// and port, and the number of its host that of the first end with this address.
/// </summary>
sealed class HopEnds
{
    readonly int[] _ends;
    readonly int[] _hosts;

    public HopEnds(CallFacts facts)
    {
        ReadOnlySpan<Hop> hops = facts.Hops;
        _ends = new int[2 * hops.Length];
        _hosts = new int[2 * hops.Length];
        for (int number = 0; number < _ends.Length; number++)
        {
            HopEnd end = At(hops, number);
            (_ends[number], _hosts[number]) = (number, number);
            for (int other = number - 1; other >= 0; other--)
            {
                HopEnd earlier = At(hops, other);
                if (earlier.Address != end.Address)
                    continue;
                _hosts[number] = _hosts[other];
                if (earlier.Port == end.Port)
                    _ends[number] = _ends[other];
            }
        }
    }

    public int Low(int hop) => _ends[2 * hop];

    public int High(int hop) => _ends[(2 * hop) + 1];

    public int Host(int end) => _hosts[end];

    static HopEnd At(ReadOnlySpan<Hop> hops, int number) => (number & 1) == 0 ? hops[number >> 1].Low : hops[number >> 1].High;
}
