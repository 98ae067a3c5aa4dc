namespace Homer.Search.Calls;

/// <summary>A share with what it was computed from, so that shares can be added up.</summary>
public readonly record struct Ratio(long Numerator, long Denominator)
{
    /// <summary>100 · numerator / denominator; null when the denominator is 0.</summary>
    public double? Percent => Denominator == 0 ? null : 100.0 * Numerator / Denominator;
}
