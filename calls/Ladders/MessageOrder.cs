using Homer.Search.Protocol;

namespace Homer.Search.Calls;

/// <summary>
/// Puts the transmissions of a call in the order in which they happened: by time, and where agents' clocks disagree by cause: no response stands before its
/// request, no ACK before the final response that it acknowledges on that hop, no forwarded message before the one it was made from.
/// </summary>
static class MessageOrder
{
    /// <summary>A cause is looked for only within what clocks may differ by.</summary>
    static readonly long ClockSkew = Instant.NanosecondsPerSecond;

    public static List<Transmission> Sort(List<Transmission> transmissions)
    {
        transmissions.Sort(static (left, right) => left.Time.CompareTo(right.Time) is var order && order != 0 ? order : string.CompareOrdinal(left.Message.Id, right.Message.Id));

        // Each transmission is placed no earlier than its cause; the depth keeps the two in order when they then fall on one time.
        var places = new Dictionary<Transmission, (long Time, int Depth)>(ReferenceEqualityComparer.Instance);
        ILookup<string, Transmission> exchanges = transmissions.Where(transmission => !transmission.IsRetransmission)
            .ToLookup(transmission => transmission.Exchange, StringComparer.Ordinal);
        foreach (Transmission transmission in transmissions)
            Place(transmission, exchanges, places);
        return [.. transmissions.OrderBy(transmission => places[transmission].Time).ThenBy(transmission => places[transmission].Depth)];
    }

    static (long Time, int Depth) Place(
        Transmission transmission, ILookup<string, Transmission> exchanges, Dictionary<Transmission, (long Time, int Depth)> places)
    {
        if (places.TryGetValue(transmission, out (long Time, int Depth) place))
            return place;

        place = (transmission.Time.Nanoseconds, 0);
        // Entered before its causes are asked, so that messages which claim to cause each other end.
        places[transmission] = place;
        foreach (Transmission cause in Causes(transmission, exchanges))
        {
            (long time, int depth) = Place(cause, exchanges, places);
            if (time >= place.Time && time - transmission.Time.Nanoseconds <= ClockSkew)
                place = (time, Math.Max(place.Time == time ? place.Depth : 0, depth + 1));
        }

        places[transmission] = place;
        return place;
    }

    static IEnumerable<Transmission> Causes(Transmission transmission, ILookup<string, Transmission> exchanges)
    {
        if (transmission.IsRetransmission)
            return [];
        IEnumerable<Transmission> causes = exchanges[transmission.Exchange].Where(other => IsForwardedFrom(transmission, other) || IsAnswerTo(transmission, other));
        return transmission.AcknowledgedExchange is { } acknowledged
            ? causes.Concat(exchanges[acknowledged].Where(other => Acknowledges(transmission, other)))
            : causes;
    }

    static bool Acknowledges(Transmission ack, Transmission response) =>
        response.StatusCode >= 200 && response.ToTag == ack.ToTag && response.From == ack.To && response.To == ack.From;

    static bool IsAnswerTo(Transmission response, Transmission request) =>
        !response.IsRequest && request.IsRequest && request.From == response.To && request.To == response.From;

    /// <summary>A request gains a Via with each proxy, a response loses one (RFC 3261 §16.6, §16.7).</summary>
    static bool IsForwardedFrom(Transmission transmission, Transmission other) =>
        transmission.Identity == other.Identity && transmission.LeavesWhereArrived(other)
        && (transmission.IsRequest ? other.ViaCount < transmission.ViaCount : other.ViaCount > transmission.ViaCount);
}
