namespace Homer.Search.Server.Options;

/// <summary>Finds the name that was probably meant.</summary>
static class Nearest
{
    /// <summary>The closest of <paramref name="names"/>; null when none is near enough to be a slip of the fingers.</summary>
    public static string? To(string word, IEnumerable<string> names)
    {
        string? nearest = names.OrderBy(name => Distance(word, name)).ThenByDescending(name => SharedStart(word, name)).FirstOrDefault();
        return nearest is not null && Distance(word, nearest) <= Math.Max(1, word.Length / 3) ? nearest : null;
    }

    /// <summary>Ends the sentence of an error message, with a question when something is near.</summary>
    public static string Hint(string word, IEnumerable<string> names) => To(word, names) is { } name ? $"; did you mean {name}?" : ".";

    static int SharedStart(string left, string right) => left.Zip(right).TakeWhile(pair => pair.First == pair.Second).Count();

    /// <summary>Insertions, deletions, replacements and swaps of neighbours that lead from one word to the other.</summary>
    static int Distance(string left, string right)
    {
        int[,] cost = new int[left.Length + 1, right.Length + 1];
        for (int i = 0; i <= left.Length; i++)
            cost[i, 0] = i;
        for (int j = 0; j <= right.Length; j++)
            cost[0, j] = j;
        for (int i = 1; i <= left.Length; i++)
        {
            for (int j = 1; j <= right.Length; j++)
            {
                int replace = cost[i - 1, j - 1] + (char.ToLowerInvariant(left[i - 1]) == char.ToLowerInvariant(right[j - 1]) ? 0 : 1);
                cost[i, j] = Math.Min(replace, Math.Min(cost[i - 1, j], cost[i, j - 1]) + 1);
                if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
                    cost[i, j] = Math.Min(cost[i, j], cost[i - 2, j - 2] + 1);
            }
        }

        return cost[left.Length, right.Length];
    }
}
