namespace Homer.Search.Store;

/// <summary>
/// The literal parts between the <c>*</c> of a pattern: <c>+49*</c> is <c>["+49", ""]</c>, <c>*42*</c> is <c>["", "42", ""]</c>.
/// Always at least two parts.
/// </summary>
public sealed record WildcardPattern(IReadOnlyList<string> Parts)
{
    public bool Matches(string text, StringComparison comparison)
    {
        string first = Parts[0];
        string last = Parts[^1];
        if (!text.StartsWith(first, comparison))
            return false;

        // The earliest place of each part leaves the most room for those behind it.
        int at = first.Length;
        foreach (string part in Parts.Skip(1).SkipLast(1))
        {
            int found = text.IndexOf(part, at, comparison);
            if (found < 0)
                return false;
            at = found + part.Length;
        }

        return text.Length - last.Length >= at && text.EndsWith(last, comparison);
    }

    public override string ToString() => string.Join('*', Parts);
}
