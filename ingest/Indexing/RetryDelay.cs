namespace Homer.Search.Ingest;

/// <summary>
/// How long to wait before a store that refused is asked again: doubling from <see cref="First"/> to <see cref="Longest"/>.
/// </summary>
static class RetryDelay
{
    public static readonly TimeSpan First = TimeSpan.FromMilliseconds(250);
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(15);

    /// <param name="attempt">Failures in a row, from 1.</param>
    /// <param name="jitter">0 to 1; spreads several servers that lost the same store over the upper half of the pause.</param>
    public static TimeSpan Of(int attempt, double jitter)
    {
        double doubled = First.TotalMilliseconds * Math.Pow(2, Math.Clamp(attempt - 1, 0, 30));
        double pause = Math.Min(doubled, Longest.TotalMilliseconds);
        return TimeSpan.FromMilliseconds(pause * (0.5 + (0.5 * jitter)));
    }
}
