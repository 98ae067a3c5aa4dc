using Homer.Search.Protocol;

namespace Homer.Search.Calls;

/// <summary>What one report says of a stream at one moment; what it does not say is null.</summary>
/// <param name="Time">When it was captured.</param>
/// <param name="LossPercent">Lost since the report before.</param>
/// <param name="JitterMs">By the clock rate of the codec when the report has timestamp units.</param>
/// <param name="RoundTripMs">As the report says it, else between the capture agent and who reports.</param>
/// <param name="Mos">As the report says it, else by the E-model.</param>
public sealed record QualityPoint(Instant Time, double? LossPercent, double? JitterMs, double? RoundTripMs, double? Mos);
