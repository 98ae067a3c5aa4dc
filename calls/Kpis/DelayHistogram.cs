using System.Numerics;

namespace Homer.Search.Calls;

/// <summary>
/// Counts times by size, so that any number of them gives mean and percentiles within bounded memory: exact below 128 ms, beyond that by steps of 1/64 of
/// the power of two below, so within 1.6 %.
/// </summary>
public sealed class DelayHistogram
{
    const int StepBits = 6;
    const int Steps = 1 << StepBits;
    const int Octaves = 64 - StepBits;

    /// <summary>For each power of two that occurs, its steps: how many times and their sum, so that a lone time is given back as it was.</summary>
    readonly (long Count, long Sum)[]?[] _octaves = new (long, long)[Octaves][];

    public long Count { get; private set; }

    /// <summary>Sum of all times, ms.</summary>
    public long Sum { get; private set; }

    /// <summary>The longest, ms; 0 when there is none.</summary>
    public long Maximum { get; private set; }

    /// <summary>Null without any time.</summary>
    public double? Mean => Count == 0 ? null : (double)Sum / Count;

    /// <param name="milliseconds">Not negative.</param>
    public void Add(long milliseconds)
    {
        int octave = Math.Max(0, BitOperations.Log2((ulong)milliseconds | 1) - StepBits + 1);
        // The first octave holds 0 to 63, each as it is; in the others the leading bit is known.
        int step = (int)(octave == 0 ? milliseconds : (milliseconds >> (octave - 1)) - Steps);
        ref (long Count, long Sum) place = ref (_octaves[octave] ??= new (long, long)[Steps])[step];
        place = (place.Count + 1, place.Sum + milliseconds);
        Count++;
        Sum += milliseconds;
        Maximum = Math.Max(Maximum, milliseconds);
    }

    /// <summary>The time that a share of all stay below, ms, between the two nearest by rank as their distance says; null without any.</summary>
    /// <param name="share">0 to 1; 0.5 is the median.</param>
    public double? Percentile(double share)
    {
        if (Count == 0)
            return null;
        double rank = share * (Count - 1);
        long lower = (long)rank;
        double low = AtRank(lower);
        return lower + 1 < Count ? low + ((rank - lower) * (AtRank(lower + 1) - low)) : low;
    }

    double AtRank(long rank)
    {
        long seen = 0;
        foreach ((long Count, long Sum)[]? octave in _octaves)
        {
            foreach ((long count, long sum) in octave ?? [])
            {
                seen += count;
                if (rank < seen)
                    return (double)sum / count;
            }
        }

        return Maximum;
    }
}
