namespace Homer.Search.Ingest;

/// <summary>After how long a silence something is amiss with an agent: each is measured by its own habit.</summary>
static class AgentSilence
{
    /// <summary>Nobody is missed earlier.</summary>
    static readonly TimeSpan Shortest = TimeSpan.FromMinutes(1);

    /// <summary>An agent that was heard for less, a file that was sent, say, has no habit.</summary>
    static readonly TimeSpan Acquaintance = TimeSpan.FromMinutes(1);

    const int FewestPackets = 20;

    /// <summary>So many times its usual pause; calls come in bursts.</summary>
    const int UsualPauses = 20;

    /// <summary>Null when too little was heard of it to tell.</summary>
    /// <param name="packets">Heard of it, keep-alives included.</param>
    /// <param name="heardFor">From the first to the last of them.</param>
    public static TimeSpan? Limit(long packets, TimeSpan heardFor)
    {
        if (packets < FewestPackets || heardFor < Acquaintance)
            return null;
        TimeSpan usual = heardFor / (packets - 1) * UsualPauses;
        return usual > Shortest ? usual : Shortest;
    }
}
