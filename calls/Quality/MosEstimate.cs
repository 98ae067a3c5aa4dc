namespace Homer.Search.Calls;

/// <summary>A mean opinion score by the E-model, with what it was computed from.</summary>
/// <param name="Listening">MOS-LQ: without delay.</param>
/// <param name="Conversational">MOS-CQ: with delay; null when that is not known.</param>
/// <param name="Rating">R, with delay when it is known; not held between 0 and 100.</param>
/// <param name="Codec">As RTP names it.</param>
/// <param name="Ie">Impairment by the codec (ITU-T G.113).</param>
/// <param name="Bpl">How well the codec bears loss (ITU-T G.113).</param>
/// <param name="IsApproximate">The table has no full row for the codec; a usual stand-in was taken.</param>
/// <param name="LossPercent">Lost on the way.</param>
/// <param name="DiscardPercent">Thrown away by the jitter buffer; 0 when nobody says.</param>
/// <param name="OneWayDelayMs">Mouth to ear, as far as reports tell: half the round trip, the jitter buffer and one packet; null without a round trip.</param>
public sealed record MosEstimate(
    double Listening, double? Conversational, double Rating, string Codec, double Ie, double Bpl, bool IsApproximate, double LossPercent,
    double DiscardPercent, double? OneWayDelayMs)
{
    /// <summary>What the score is quoted as.</summary>
    public double Mos => Conversational ?? Listening;

    /// <summary>Null when the codec has no published values or the loss is not known.</summary>
    internal static MosEstimate? Of(string? codec, double? lossPercent, double? discardPercent, double? oneWayDelayMs)
    {
        if (CodecImpairment.Of(codec) is not { } impairment || lossPercent is not { } loss)
            return null;
        double discarded = discardPercent ?? 0;
        double listening = EModel.Best - EModel.EquipmentImpairment(impairment, Math.Min(100, Math.Max(0, loss) + discarded));
        double? conversational = oneWayDelayMs is { } delay ? listening - EModel.DelayImpairment(delay) : null;
        return new MosEstimate(
            EModel.Mos(listening), conversational is { } rating ? EModel.Mos(rating) : null, conversational ?? listening, codec!, impairment.Ie, impairment.Bpl,
            impairment.IsApproximate, loss, discarded, oneWayDelayMs);
    }
}
