using Homer.Search.Protocol;

namespace Homer.Search.Calls;

/// <summary>One message over one hop as the facts keep it, whatever agents saw it.</summary>
/// <param name="Key">Of the first agent's sighting.</param>
/// <param name="From">Who sent it; like <paramref name="To"/> by number, the same for the same address and port.</param>
/// <param name="FromHost">The sender's address, by number as well.</param>
/// <param name="First">When it was sent.</param>
/// <param name="Last">When it was sent last.</param>
/// <param name="Count">How often it was sent.</param>
/// <param name="Reason">Number of a text, like <paramref name="Codecs"/>.</param>
sealed record Sending(
    MessageKey Key, int From, int To, int FromHost, int ToHost, Instant First, Instant Last, int Count, int Reason, int Codecs, MessageMarks Marks)
{
    public bool IsRequest => Key.Code == 0;

    public bool Has(MessageMarks mark) => (Marks & mark) != 0;

    /// <summary>All sendings in the order of their keys.</summary>
    public static Sending[] Of(CallFacts facts)
    {
        ReadOnlySpan<Sighting> sightings = facts.Sightings;
        var ends = new HopEnds(facts);
        var sendings = new Sending[sightings.Length];
        int count = 0;
        for (int start = 0, end; start < sightings.Length; start = end)
        {
            ref readonly Sighting first = ref sightings[start];
            int hop = facts.HopIndex(first.Key.Hop);
            (int from, int to) = first.Key.Reversed ? (ends.High(hop), ends.Low(hop)) : (ends.Low(hop), ends.High(hop));
            var sending = new Sending(
                first.Key, from, to, ends.Host(from), ends.Host(to), first.First, first.Last, first.Retransmissions + 1, first.Reason, first.Codecs, first.Marks);
            for (end = start + 1; end < sightings.Length && sightings[end].Key.IsSameTransmission(first.Key); end++)
                sending = sending.With(sightings[end], facts.Texts);
            sendings[count++] = sending;
        }

        return count == sendings.Length ? sendings : sendings[..count];
    }

    Sending With(in Sighting other, Texts texts) => this with
    {
        First = other.First < First ? other.First : First,
        Last = other.Last > Last ? other.Last : Last,
        Count = Math.Max(Count, other.Retransmissions + 1),
        Reason = texts.Lesser(Reason, other.Reason),
        Codecs = texts.Lesser(Codecs, other.Codecs),
        Marks = Marks | other.Marks,
    };
}
