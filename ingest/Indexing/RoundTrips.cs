using Homer.Search.Protocol;
using Homer.Search.Protocol.Qos;

namespace Homer.Search.Ingest;

/// <summary>
/// The round trip between a capture agent and the receiver of a stream: the agent saw the sender report go by, and later the receiver's report that names it
/// (RFC 3550 §6.4.1 with the agent's clock in the place of the sender's). Used by one thread; remembers the latest sender reports only.
/// </summary>
sealed class RoundTrips
{
    const int Bound = 8192;
    const double UnitsPerSecond = 65536;

    /// <summary>What takes longer is a mistake (HOMER's own bound).</summary>
    static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    readonly Dictionary<(uint Ssrc, uint Ntp), Instant> _seen = [];
    readonly Queue<(uint Ssrc, uint Ntp)> _order = new();

    /// <summary>Notes the sender report in it, and adds the round trip when the one it names was seen.</summary>
    public StreamQuality Measure(StreamQuality report, Instant seen)
    {
        if (report is { SenderNtp: not 0, ReporterSsrc: { } sender } && _seen.TryAdd((sender, report.SenderNtp), seen))
        {
            _order.Enqueue((sender, report.SenderNtp));
            if (_order.Count > Bound)
                _seen.Remove(_order.Dequeue());
        }

        if (report.RoundTripMs is not null || report.LastSenderNtp == 0 || report.StreamSsrc is not { } stream
            || !_seen.TryGetValue((stream, report.LastSenderNtp), out Instant sent))
            return report;
        TimeSpan trip = seen.Since(sent) - TimeSpan.FromSeconds(report.SinceLastSender / UnitsPerSecond);
        return trip < TimeSpan.Zero || trip > Longest ? report : report with { RoundTripMs = trip.TotalMilliseconds };
    }
}
