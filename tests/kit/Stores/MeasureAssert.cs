using Homer.Search.Store;
using Xunit;

namespace Homer.Search.Tests.Stores;

/// <summary>How near measures have to come.</summary>
public static class MeasureAssert
{
    /// <summary>How far the rank of a percentile may be off, as a share of all.</summary>
    const double Tolerance = 0.02;

    /// <summary>Of a number that is put together out of two others.</summary>
    const double Rounding = 0.001;

    /// <summary>Least that a percentile may be.</summary>
    public static double Lowest(long[] sorted, double share) => AtRank(sorted, Math.Floor((share - Tolerance) * (sorted.Length - 1))) - Rounding;

    /// <summary>Most that a percentile may be.</summary>
    public static double Highest(long[] sorted, double share) => AtRank(sorted, Math.Ceiling((share + Tolerance) * (sorted.Length - 1))) + Rounding;

    /// <summary>A group says of these documents what is true of them.</summary>
    public static void Measured(IEnumerable<Document> documents, MeasureQuery query, MeasureGroup group)
    {
        Assert.Equal(query.Measures.Count, group.Measures.Count);
        foreach ((Measure measure, Measured measured) in query.Measures.Zip(group.Measures))
        {
            Document[] found = [.. documents.Where(document => QueryMatch.Matches(measure.Where, document))];
            if (measure.Of is not { } field)
            {
                Assert.Equal(found.Length, measured.Count);
                continue;
            }

            long[] sorted = [.. found.Select(document => document.Integer(field)).OfType<long>().Order()];
            Assert.Equal((sorted.Length, sorted.Sum(), sorted.LastOrDefault()), (measured.Count, measured.Sum, measured.Maximum));
            Assert.Equal(sorted.Length == 0 ? 0 : measure.Shares.Count, measured.Percentiles.Count);
            foreach ((double share, double percentile) in measure.Shares.Zip(measured.Percentiles))
                Assert.InRange(percentile, Lowest(sorted, share), Highest(sorted, share));
        }
    }

    static long AtRank(long[] sorted, double rank) => sorted[(int)Math.Clamp(rank, 0, sorted.Length - 1)];
}
