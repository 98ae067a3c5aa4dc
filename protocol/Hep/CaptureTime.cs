using System.Buffers.Binary;

namespace Homer.Search.Protocol.Hep;

/// <summary>When a message was captured, as far as its agent can be believed.</summary>
/// <param name="Time">The moment to store and search by.</param>
/// <param name="AsSent">The agent's own stamp when it could not be true and <paramref name="Time"/> is another; else null.</param>
public readonly record struct CaptureTime(Instant Time, Instant? AsSent)
{
    /// <summary>2000-01-01 in seconds since 1970: no capture is older.</summary>
    internal const uint Year2000 = 946_684_800;

    const uint MicrosecondsPerSecond = 1_000_000;

    /// <summary>The agent's stamp could not be true.</summary>
    public bool IsReplaced => AsSent is not null;

    /// <summary>
    /// Believes the stamp when it lies between <paramref name="oldest"/> (the edge of retention) and a day after <paramref name="arrival"/>; else the stamp
    /// with its octets swapped, when that does; else the arrival. A packet without a stamp gets the arrival, and nothing was replaced.
    /// </summary>
    public static CaptureTime Resolve(in HepPacket packet, Instant arrival, Instant oldest)
    {
        if (packet.Seconds == 0)
            return new(arrival, null);
        Instant sent = At(packet.Seconds, packet.Microseconds);
        if (CanBe(sent, arrival, oldest))
            return new(sent, null);
        // Some builds of rtpengine send the seconds in the order of their own processor.
        uint microseconds = BinaryPrimitives.ReverseEndianness(packet.Microseconds);
        Instant swapped = At(BinaryPrimitives.ReverseEndianness(packet.Seconds), Math.Min(microseconds, packet.Microseconds));
        return new(CanBe(swapped, arrival, oldest) ? swapped : arrival, sent);
    }

    static bool CanBe(Instant time, Instant arrival, Instant oldest) =>
        time >= oldest && time.Nanoseconds >= Year2000 * Instant.NanosecondsPerSecond
        && time.Nanoseconds - arrival.Nanoseconds <= Instant.NanosecondsPerDay;

    /// <summary>A few seconds' worth of microseconds carry over; more is no number of microseconds.</summary>
    static Instant At(uint seconds, uint microseconds) => Instant.FromUnix(seconds, microseconds < 10 * MicrosecondsPerSecond ? microseconds : 0);
}
