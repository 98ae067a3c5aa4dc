using GraphQL;
using Homer.Search.Calls;

namespace Homer.Search.Api.Schema;

/// <summary>The voice of a call as its quality reports tell.</summary>
public sealed class QosSummary
{
    internal QosSummary(IReadOnlyList<MediaFlow> streams) => Streams = [.. streams.Select(stream => new MediaStreamView(stream))];

    /// <summary>The worst mean opinion score among the streams; null when none has one.</summary>
    public double? Mos => Streams.Min(stream => stream.Mos);

    /// <summary>What the caller hears first, then what the callee hears, then what neither can be told of.</summary>
    public IReadOnlyList<MediaStreamView> Streams { get; }
}

/// <summary>One stream of voice in one direction. What nobody reports is null.</summary>
[Name("MediaStream")]
public sealed class MediaStreamView
{
    readonly MediaFlow _stream;

    internal MediaStreamView(MediaFlow stream) => _stream = stream;

    /// <summary>Sender of the stream.</summary>
    public Endpoint From => new(_stream.From?.Address, _stream.From?.Port);

    /// <summary>Receiver of the stream; of RTCP that is where the reports come from.</summary>
    public Endpoint To => new(_stream.To?.Address, _stream.To?.Port);

    /// <summary>Which side of the call hears it; null when its addresses are in no session description.</summary>
    public Side? HeardBy => _stream.HeardBy;

    /// <summary>RTP's identifier of the stream.</summary>
    public long? Ssrc => _stream.Ssrc;

    /// <summary>As a report says it, else as agreed in the session description.</summary>
    public string? Codec => _stream.Codec;

    /// <summary>Of RTP timestamps. In Hz.</summary>
    public int? ClockRate => _stream.ClockRate;

    /// <summary>Packets that came.</summary>
    public long? Packets => _stream.Packets;

    /// <summary>Packets that did not come; below zero when duplicates came.</summary>
    public long? LostPackets => _stream.LostPackets;

    /// <summary>Of the whole stream, where its packets are counted; else the mean of the reports. In %.</summary>
    public double? LossPercent => _stream.LossPercent;

    /// <summary>In ms, by the clock rate of the codec.</summary>
    public double? MeanJitterMs => _stream.MeanJitterMs;

    /// <summary>In ms.</summary>
    public double? MaximumJitterMs => _stream.MaximumJitterMs;

    /// <summary>In ms.</summary>
    public double? MeanRoundTripMs => _stream.MeanRoundTripMs;

    /// <summary>Mean opinion score: the lowest reported, else the estimate.</summary>
    public double? Mos => _stream.Mos;

    /// <summary>The lowest mean opinion score that a report gives itself.</summary>
    public double? ReportedMos => _stream.ReportedMos;

    /// <summary>By the E-model out of the whole stream; null when codec or loss are not known, or the codec has no published values.</summary>
    public MosEstimate? Estimate => _stream.Estimate;

    /// <summary>Report by report, in the order of time.</summary>
    [Complexity(1, 50)]
    public IReadOnlyList<QualityPoint> Points => _stream.Points;
}
