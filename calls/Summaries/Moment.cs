using Homer.Search.Protocol;

namespace Homer.Search.Calls;

/// <summary>One message of a call and when it happened, its copies on other hops and from other agents put aside.</summary>
/// <param name="Key">Of the sighting that was preferred.</param>
/// <param name="Distance">How far from the caller's hop it was seen: <see cref="Vantage.Distance"/>.</param>
/// <param name="Phrase">Number of a text, like <paramref name="Reason"/> and <paramref name="Codecs"/>.</param>
readonly record struct Moment(MessageKey Key, Instant Time, int Distance, int Phrase, int Reason, int Codecs, bool Withdraws)
{
    public bool IsRequest => Key.Code == 0;

    public bool IsSuccess => Key.Code is >= 200 and < 300;

    public bool IsFinal => Key.Code >= 200;

    /// <summary>Progress that the caller hears or sees; neither 100 nor 199.</summary>
    public bool IsRinging => Key.Code is >= 180 and <= 183;

    /// <summary>All messages in the order of their keys.</summary>
    public static Moment[] Of(CallFacts facts, Vantage vantage)
    {
        ReadOnlySpan<Sighting> sightings = facts.Sightings;
        var moments = new Moment[sightings.Length];
        int count = 0;
        for (int start = 0, end; start < sightings.Length; start = end)
        {
            ref readonly Sighting best = ref sightings[start];
            for (end = start + 1; end < sightings.Length && sightings[end].Key.IsSameMessage(sightings[start].Key); end++)
            {
                if (vantage.Prefers(sightings[end], best))
                    best = ref sightings[end];
            }

            moments[count++] = new Moment(
                best.Key, best.First, vantage.Distance(best.Key.Hop), best.Phrase, best.Reason, best.Codecs, best.Withdraws);
        }

        return moments[..count];
    }
}
