namespace Homer.Search.Store;

/// <summary>Finds the word that was probably meant.</summary>
public static class Spelling
{
    /// <summary>The nearest of the words, or null when all differ too much. Letters swapped, missing, added or wrong count as one difference each.</summary>
    public static string? Nearest(string word, IEnumerable<string> words)
    {
        // Names are at most a few dozen letters; comparing with a long text would cost for nothing.
        if (word.Length is 0 or > 64)
            return null;

        int limit = Math.Max(1, word.Length / 3);
        return words.Select(other => (other, distance: Distance(word.ToLowerInvariant(), other.ToLowerInvariant())))
            .Where(candidate => candidate.distance <= limit)
            .OrderBy(candidate => candidate.distance).ThenBy(candidate => candidate.other, StringComparer.Ordinal)
            .Select(candidate => candidate.other).FirstOrDefault();
    }

    /// <summary>Optimal string alignment distance.</summary>
    static int Distance(string one, string other)
    {
        int[,] cost = new int[one.Length + 1, other.Length + 1];
        for (int i = 0; i <= one.Length; i++)
            cost[i, 0] = i;
        for (int j = 0; j <= other.Length; j++)
            cost[0, j] = j;

        for (int i = 1; i <= one.Length; i++)
        {
            for (int j = 1; j <= other.Length; j++)
            {
                int best = Math.Min(cost[i - 1, j], cost[i, j - 1]) + 1;
                best = Math.Min(best, cost[i - 1, j - 1] + (one[i - 1] == other[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1])
                    best = Math.Min(best, cost[i - 2, j - 2] + 1);
                cost[i, j] = best;
            }
        }

        return cost[one.Length, other.Length];
    }
}
