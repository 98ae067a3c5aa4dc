using System.Net;
using Homer.Search.Protocol;

namespace Homer.Search.Calls;

/// <summary>One stream of voice in one direction, as all reports about it tell.</summary>
public sealed record MediaFlow
{
    /// <summary>Sender of the stream; null when no report and no description tells.</summary>
    public IPEndPoint? From { get; init; }

    public IPEndPoint? To { get; init; }

    /// <summary>Which side of the call hears it; null when its addresses are in no session description.</summary>
    public Side? HeardBy { get; init; }

    /// <summary>RTP's identifier of the stream.</summary>
    public long? Ssrc { get; init; }

    /// <summary>As a report says it, else the first that the listener's description has.</summary>
    public string? Codec { get; init; }

    /// <summary>Of RTP timestamps, Hz.</summary>
    public int? ClockRate { get; init; }

    /// <summary>Packets that came, by the last report that counts them; else those that the sender says it sent, less the lost.</summary>
    public long? Packets { get; init; }

    /// <summary>Packets that did not come, by the last report.</summary>
    public long? LostPackets { get; init; }

    /// <summary>Share of the whole stream, where its packets are counted; else the mean of the reports.</summary>
    public double? LossPercent { get; init; }

    public double? MeanJitterMs { get; init; }

    public double? MaximumJitterMs { get; init; }

    public double? MeanRoundTripMs { get; init; }

    /// <summary>The lowest score that a report gives itself.</summary>
    public double? ReportedMos { get; init; }

    /// <summary>By the E-model out of the whole stream; null when codec or loss are not known.</summary>
    public MosEstimate? Estimate { get; init; }

    /// <summary>In the order of time.</summary>
    public required IReadOnlyList<QualityPoint> Points { get; init; }

    public Instant First => Points[0].Time;

    public Instant Last => Points[^1].Time;

    /// <summary>The score to show: what the reports say, else by the E-model.</summary>
    public double? Mos => ReportedMos ?? Estimate?.Mos;
}
