using Homer.Search.Protocol;

namespace Homer.Search.Calls;

/// <summary>
/// Where a call is told from: the hop nearest the caller, and the agent that saw most of it there. Outcome, times and KPIs are those of this hop; what was
/// not captured there is taken from the nearest hop that has it.
/// </summary>
/// <remarks>
/// Nearest is the hop whose first INVITE came earliest. Of two hops that one agent saw, its clock decides; clocks of different agents differ, so within
/// <see cref="ClockSkew"/> the INVITE with fewer Via values was first: each proxy adds one.
/// </remarks>
sealed class Vantage
{
    static readonly long ClockSkew = 500 * Instant.NanosecondsPerMillisecond;

    readonly CallFacts _facts;
    readonly Hop _hop;
    readonly uint _agent;

    Vantage(CallFacts facts, in Opening opening)
    {
        _facts = facts;
        Opening = opening;
        _hop = facts.Hops[facts.HopIndex(opening.Hop)];
        _agent = AgentWithMost(facts, opening.Hop);
    }

    public Opening Opening { get; }

    public HopEnd Caller => Opening.CallerIsHigh ? _hop.High : _hop.Low;

    public HopEnd Other => Opening.CallerIsHigh ? _hop.Low : _hop.High;

    public TransportProtocol Transport => _hop.Transport;

    public Agent Agent => _facts.Agents[_facts.AgentIndex(_agent)];

    public static Vantage Of(CallFacts facts)
    {
        ReadOnlySpan<Opening> openings = facts.Openings;
        ref readonly Opening nearest = ref openings[0];
        for (int other = 1; other < openings.Length && openings[other].Rank == nearest.Rank; other++)
        {
            if (Precedes(openings[other], nearest, facts))
                nearest = ref openings[other];
        }

        return new Vantage(facts, nearest);
    }

    /// <summary>0 on the hop itself, 1 between the same addresses on other ports, 2 at the caller's address, 3 elsewhere.</summary>
    public int Distance(uint hopHash)
    {
        if (hopHash == Opening.Hop)
            return 0;
        Hop hop = _facts.Hops[_facts.HopIndex(hopHash)];
        if (hop.IsBetweenSameAddresses(_hop))
            return 1;
        return hop.Touches(Caller.Address) ? 2 : 3;
    }

    /// <summary>Whether one sighting of a message tells better when it happened than another.</summary>
    public bool Prefers(in Sighting sighting, in Sighting other)
    {
        int order = Distance(sighting.Key.Hop).CompareTo(Distance(other.Key.Hop));
        if (order == 0)
            order = (sighting.Key.Agent != _agent).CompareTo(other.Key.Agent != _agent);
        return order == 0 ? sighting.First < other.First : order < 0;
    }

    static bool Precedes(in Opening opening, in Opening other, CallFacts facts)
    {
        long difference = DifferenceByOneClock(opening, other, facts) ?? opening.First.Nanoseconds - other.First.Nanoseconds;
        bool isSure = DifferenceByOneClock(opening, other, facts) is not (null or 0);
        if (!isSure && Math.Abs(difference) <= ClockSkew && opening.ViaCount != other.ViaCount)
            return opening.ViaCount < other.ViaCount;
        return difference < 0;
    }

    /// <summary>How much later one request was than the other by the clock of an agent that saw both; null when none did.</summary>
    static long? DifferenceByOneClock(in Opening opening, in Opening other, CallFacts facts)
    {
        foreach (Agent agent in facts.Agents)
        {
            if (FirstSeen(opening, agent.Hash, facts) is { } first && FirstSeen(other, agent.Hash, facts) is { } second)
                return first.Nanoseconds - second.Nanoseconds;
        }

        return null;
    }

    static Instant? FirstSeen(in Opening opening, uint agent, CallFacts facts)
    {
        Instant? first = null;
        foreach (ref readonly Sighting sighting in facts.Sightings)
        {
            MessageKey key = sighting.Key;
            if (key.Agent == agent && key.Hop == opening.Hop && key.Method == opening.Method && key.Code == 0 && key.ToTag == 0
                && (first is null || sighting.First < first))
                first = sighting.First;
        }

        return first;
    }

    static uint AgentWithMost(CallFacts facts, uint hop)
    {
        uint best = facts.Agents[0].Hash;
        int most = -1;
        foreach (Agent agent in facts.Agents)
        {
            int count = 0;
            foreach (ref readonly Sighting sighting in facts.Sightings)
                count += sighting.Key.Hop == hop && sighting.Key.Agent == agent.Hash ? 1 : 0;
            if (count > most || (count == most && agent.Hash < best))
                (best, most) = (agent.Hash, count);
        }

        return best;
    }
}
