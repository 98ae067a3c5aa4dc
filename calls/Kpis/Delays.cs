using Homer.Search.Store;

namespace Homer.Search.Calls;

/// <summary>Times of many calls, ms.</summary>
/// <param name="Count">How many calls have the time.</param>
/// <param name="Sum">All added up.</param>
/// <param name="Maximum">The longest; 0 when there is none.</param>
/// <param name="Percentiles">One for each of <see cref="Shares"/>; empty when no call has the time.</param>
public sealed record Delays(long Count, long Sum, long Maximum, IReadOnlyList<double> Percentiles)
{
    /// <summary>The shares of all times of which it is known below what they stay.</summary>
    public static IReadOnlyList<double> Shares { get; } = [0.5, 0.9, 0.95, 0.99];

    /// <summary>Null without any time.</summary>
    public double? Mean => Count == 0 ? null : (double)Sum / Count;

    /// <summary>The time that a share of all stay below; null without any time.</summary>
    /// <param name="share">One of <see cref="Shares"/>.</param>
    public double? Percentile(double share) => Count == 0 ? null : Percentiles[Shares.Index().First(known => known.Item == share).Index];

    /// <param name="more">What is added to each.</param>
    internal static Delays Of(Measured measured, long more) => measured.Count == 0
        ? new Delays(0, 0, 0, [])
        : new Delays(
            measured.Count,
            measured.Sum + (measured.Count * more),
            measured.Maximum + more,
            [.. measured.Percentiles.Select(time => time + more)]);
}
