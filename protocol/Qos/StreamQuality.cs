using System.Net;

namespace Homer.Search.Protocol.Qos;

/// <summary>
/// What one report says of one media stream. Null is what it does not say; the special values of the wire (127, 0 where it means none) are null as well.
/// </summary>
public sealed record StreamQuality
{
    public required QualityKind Kind { get; init; }

    /// <summary>The call it belongs to, when the report itself says so.</summary>
    public string? CallId { get; init; }

    /// <summary>SSRC of who reports (RFC 3550).</summary>
    public uint? ReporterSsrc { get; init; }

    /// <summary>SSRC of the stream that is measured.</summary>
    public uint? StreamSsrc { get; init; }

    /// <summary>Sender of the measured stream.</summary>
    public IPAddress? StreamSource { get; init; }
    public int? StreamSourcePort { get; init; }

    /// <summary>Receiver of the measured stream.</summary>
    public IPAddress? StreamDestination { get; init; }
    public int? StreamDestinationPort { get; init; }

    /// <summary>1 to 5, of conversation or, when only that is said, of listening.</summary>
    public double? Mos { get; init; }

    /// <summary>Listening quality, 1 to 5.</summary>
    public double? MosListening { get; init; }

    /// <summary>Conversational quality, 1 to 5.</summary>
    public double? MosConversational { get; init; }

    /// <summary>Lowest of the time reported.</summary>
    public double? MosMinimum { get; init; }

    /// <summary>Transmission rating, 0 to 100, wide-band to 120 (ITU-T G.107).</summary>
    public double? RFactor { get; init; }

    /// <summary>Interarrival jitter in timestamp units (RFC 3550 §6.4.1): milliseconds only with the clock rate of the codec.</summary>
    public long? JitterUnits { get; init; }

    public double? JitterMs { get; init; }
    public double? JitterMaximumMs { get; init; }

    /// <summary>Lost of expected packets in per cent: since the report before, or over the whole when there is one report only.</summary>
    public double? LossPercent { get; init; }

    /// <summary>Packets lost since the start; below zero when duplicates came.</summary>
    public long? Lost { get; init; }

    /// <summary>Packets received.</summary>
    public long? Packets { get; init; }
    public long? Octets { get; init; }
    public long? Expected { get; init; }

    /// <summary>Extended highest sequence number received.</summary>
    public long? HighestSequence { get; init; }

    /// <summary>Packets that the reporter itself has sent.</summary>
    public long? SentPackets { get; init; }
    public long? SentOctets { get; init; }

    /// <summary>Discarded by the jitter buffer, in per cent.</summary>
    public double? DiscardPercent { get; init; }

    /// <summary>Lost or discarded within bursts, in per cent.</summary>
    public double? BurstLossPercent { get; init; }

    /// <summary>Lost or discarded between bursts, in per cent.</summary>
    public double? GapLossPercent { get; init; }

    /// <summary>Mean length of a burst.</summary>
    public double? BurstMs { get; init; }

    /// <summary>Mean length of a gap.</summary>
    public double? GapMs { get; init; }

    public double? RoundTripMs { get; init; }
    public double? EndSystemDelayMs { get; init; }
    public double? OneWayDelayMs { get; init; }
    public double? SignalDbm { get; init; }
    public double? NoiseDbm { get; init; }

    /// <summary>Residual echo return loss.</summary>
    public double? EchoReturnLossDb { get; init; }

    public double? JitterBufferMs { get; init; }
    public double? JitterBufferMaximumMs { get; init; }
    public string? Codec { get; init; }
    public int? PayloadType { get; init; }
    public int? ClockRate { get; init; }

    /// <summary>Canonical name of the reporter (SDES CNAME), or what else it calls itself.</summary>
    public string? Reporter { get; init; }

    /// <summary>Which way: <c>received</c> or <c>sent</c>, or as the agent says.</summary>
    public string? Direction { get; init; }

    /// <summary>What made it report: <c>bye</c>, <c>PERIODIC</c>, <c>HANGUP</c>, <c>CallTerm</c>, an alert.</summary>
    public string? Event { get; init; }

    public Instant? Start { get; init; }
    public Instant? End { get; init; }

    /// <summary>Middle 32 bits of the NTP time of this sender report; zero is none.</summary>
    public uint SenderNtp { get; init; }

    /// <summary>Middle 32 bits of the NTP time of the last sender report that the reporter got of this stream (LSR); zero is none.</summary>
    public uint LastSenderNtp { get; init; }

    /// <summary>Time between that and this report (DLSR), 1/65536 s.</summary>
    public uint SinceLastSender { get; init; }
}
