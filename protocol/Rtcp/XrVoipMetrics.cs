using System.Buffers.Binary;
using Homer.Search.Protocol.Qos;

namespace Homer.Search.Protocol.Rtcp;

/// <summary>The values of a VoIP metrics block as they stand on the wire (RFC 3611 §4.7), from octets or from an agent's JSON.</summary>
readonly record struct XrVoipMetrics
{
    /// <summary>Octets of the block, its header included.</summary>
    public const int Length = 36;

    public uint? StreamSsrc { get; init; }
    public double? LossRate { get; init; }
    public double? DiscardRate { get; init; }
    public double? BurstDensity { get; init; }
    public double? GapDensity { get; init; }
    public double? BurstDuration { get; init; }
    public double? GapDuration { get; init; }
    public double? RoundTripDelay { get; init; }
    public double? EndSystemDelay { get; init; }
    public double? SignalLevel { get; init; }
    public double? NoiseLevel { get; init; }
    public double? Rerl { get; init; }
    public double? RFactor { get; init; }
    public double? MosListening { get; init; }
    public double? MosConversational { get; init; }
    public double? JitterBufferNominal { get; init; }
    public double? JitterBufferMaximum { get; init; }

    /// <summary>Nothing in it is other than zero: agents write it so when they saw none.</summary>
    public bool IsBlank =>
        this with { StreamSsrc = null } is var rest && Array.TrueForAll(
            [
                rest.LossRate, rest.DiscardRate, rest.BurstDensity, rest.GapDensity, rest.BurstDuration, rest.GapDuration, rest.RoundTripDelay,
                rest.EndSystemDelay, rest.SignalLevel, rest.NoiseLevel, rest.Rerl, rest.RFactor, rest.MosListening, rest.MosConversational,
            ],
            static value => value is null or 0);

    /// <param name="block">At least <see cref="Length"/> octets.</param>
    public static XrVoipMetrics Read(ReadOnlySpan<byte> block) => new()
    {
        StreamSsrc = BinaryPrimitives.ReadUInt32BigEndian(block[4..]),
        LossRate = block[8],
        DiscardRate = block[9],
        BurstDensity = block[10],
        GapDensity = block[11],
        BurstDuration = BinaryPrimitives.ReadUInt16BigEndian(block[12..]),
        GapDuration = BinaryPrimitives.ReadUInt16BigEndian(block[14..]),
        RoundTripDelay = BinaryPrimitives.ReadUInt16BigEndian(block[16..]),
        EndSystemDelay = BinaryPrimitives.ReadUInt16BigEndian(block[18..]),
        SignalLevel = (sbyte)block[20],
        NoiseLevel = (sbyte)block[21],
        Rerl = block[22],
        RFactor = block[24],
        MosListening = block[26],
        MosConversational = block[27],
        JitterBufferNominal = BinaryPrimitives.ReadUInt16BigEndian(block[30..]),
        JitterBufferMaximum = BinaryPrimitives.ReadUInt16BigEndian(block[32..]),
    };

    public StreamQuality ToQuality(uint? reporterSsrc)
    {
        double? listening = QualityUnits.XrMos(MosListening);
        double? conversational = QualityUnits.XrMos(MosConversational);
        return new StreamQuality
        {
            Kind = QualityKind.ExtendedReport,
            ReporterSsrc = reporterSsrc,
            StreamSsrc = StreamSsrc,
            Mos = conversational ?? listening,
            MosListening = listening,
            MosConversational = conversational,
            // RFC 3611 allows 0 to 100; 127 is unavailable and what lies between means nothing.
            RFactor = RFactor is > 100 ? null : QualityUnits.RFactor(RFactor),
            LossPercent = QualityUnits.Percent(LossRate),
            DiscardPercent = QualityUnits.Percent(DiscardRate),
            BurstLossPercent = QualityUnits.Percent(BurstDensity),
            GapLossPercent = QualityUnits.Percent(GapDensity),
            BurstMs = QualityUnits.Positive(BurstDuration),
            GapMs = QualityUnits.Positive(GapDuration),
            RoundTripMs = QualityUnits.Delay(RoundTripDelay),
            EndSystemDelayMs = QualityUnits.Delay(EndSystemDelay),
            SignalDbm = QualityUnits.Level(SignalLevel),
            NoiseDbm = QualityUnits.Level(NoiseLevel),
            EchoReturnLossDb = QualityUnits.Level(Rerl),
            JitterBufferMs = QualityUnits.Positive(JitterBufferNominal),
            JitterBufferMaximumMs = QualityUnits.Positive(JitterBufferMaximum),
        };
    }
}
