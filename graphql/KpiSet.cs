using Homer.Search.Calls;
using Homer.Search.Protocol;

namespace Homer.Search.Api;

/// <summary>The indicators of the calls that have the same values in some fields.</summary>
/// <param name="Start">When the interval in which they began does; null when intervals are not told apart.</param>
public sealed record KpiSet(IReadOnlyList<KpiDimension> Dimensions, Instant? Start, KpiTally Tally);

/// <summary>A value by which calls were parted.</summary>
/// <param name="Field">Name of the field.</param>
/// <param name="Value">As text; null for calls that lack the field.</param>
public sealed record KpiDimension(string Field, string? Value);
