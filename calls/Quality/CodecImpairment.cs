namespace Homer.Search.Calls;

/// <summary>What ITU-T G.113 Appendix I says of a narrow-band codec.</summary>
/// <param name="Ie">Impairment without loss.</param>
/// <param name="Bpl">How well it bears loss.</param>
/// <param name="IsApproximate">The table has no value of Bpl for it, or none at all: what stands here is a usual stand-in.</param>
public readonly record struct CodecImpairment(double Ie, double Bpl, bool IsApproximate = false)
{
    /// <summary>Null for a codec without values: wide-band ones are rated on another scale (G.107.1), of others none are published.</summary>
    /// <param name="codec">Encoding name of RTP, in any case. G.711 is taken with concealment of lost packets, G.729 as 729A with silence suppression.</param>
    public static CodecImpairment? Of(string? codec) => codec?.ToUpperInvariant() switch
    {
        "PCMU" or "PCMA" => new(0, 25.1),
        "G729" or "G729A" => new(11, 19),
        "G723" => new(15, 16.1),
        "GSM-EFR" => new(5, 10),
        "GSM" => new(20, 10, IsApproximate: true),
        "GSM-HR-08" => new(23, 10, IsApproximate: true),
        "AMR" => new(5, 10, IsApproximate: true),
        "G726-40" => new(2, 15, IsApproximate: true),
        "G726-32" => new(7, 15, IsApproximate: true),
        "G726-24" => new(25, 15, IsApproximate: true),
        "G726-16" => new(50, 15, IsApproximate: true),
        _ => null,
    };
}
