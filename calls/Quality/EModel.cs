namespace Homer.Search.Calls;

/// <summary>
/// The E-model of ITU-T G.107 with its default values, narrow band: R = 93.2 − Id − Ie,eff. What sets it apart from the whole model is less than 0.1 in MOS
/// below a delay of 400 ms.
/// </summary>
public static class EModel
{
    /// <summary>R without delay and loss: Ro − Is of the defaults.</summary>
    public const double Best = 93.2;

    /// <summary>From this delay on two people begin to talk at the same time.</summary>
    const double DelayKneeMs = 177.3;

    /// <summary>Id: impairment by delay.</summary>
    /// <param name="oneWayMs">Mouth to ear.</param>
    public static double DelayImpairment(double oneWayMs) => (0.024 * oneWayMs) + (0.11 * Math.Max(0, oneWayMs - DelayKneeMs));

    /// <summary>Ie,eff (G.107 equation 7-29): impairment by the codec and what it lost.</summary>
    /// <param name="lostPercent">Lost on the way or thrown away by the jitter buffer.</param>
    /// <param name="burstRatio">1 for loss at random, greater for loss in bursts.</param>
    public static double EquipmentImpairment(in CodecImpairment codec, double lostPercent, double burstRatio = 1) =>
        codec.Ie + ((95 - codec.Ie) * lostPercent / ((lostPercent / Math.Max(1, burstRatio)) + codec.Bpl));

    /// <summary>MOS of a rating (G.107 Annex B), never below 1: the cubic falls below it for ratings under 6.5.</summary>
    public static double Mos(double rating) => rating switch
    {
        <= 0 => 1,
        >= 100 => 4.5,
        _ => Math.Max(1, 1 + (0.035 * rating) + (rating * (rating - 60) * (100 - rating) * 7e-6)),
    };
}
