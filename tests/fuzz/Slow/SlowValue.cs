namespace Homer.Search.Tests.Fuzz;

/// <summary>The parts of a header value (RFC 3261 §7.3.1): separators count outside of quotes and angle brackets that are closed.</summary>
static class SlowValue
{
    /// <summary>Trimmed, without those that are empty.</summary>
    internal static List<string> Split(string text, string separators)
    {
        var parts = new List<string>();
        int start = 0;
        for (int place = 0; place <= text.Length; place++)
        {
            if (place == text.Length || separators.Contains(text[place]))
            {
                parts.Add(text[start..place].Trim(SlowSip.Blank));
                start = place + 1;
            }
            else if (text[place] is '"' or '<')
            {
                int close = text[place] == '"' ? ClosingQuote(text, place) : text.IndexOf('>', place);
                place = Math.Max(place, close);
            }
        }

        parts.RemoveAll(static part => part.Length == 0);
        return parts;
    }

    /// <summary>Where the quoted string that begins at <paramref name="open"/> ends, −1 when it does not.</summary>
    internal static int ClosingQuote(string text, int open)
    {
        for (int place = open + 1; place < text.Length; place++)
        {
            if (text[place] == '\\')
                place++;
            else if (text[place] == '"')
                return place;
        }

        return -1;
    }

    /// <summary>The value of the first parameter of a name that has an equals sign, without quotes.</summary>
    internal static string Parameter(string value, string name)
    {
        foreach (string part in Split(value, ",;"))
        {
            int equals = part.IndexOf('=', StringComparison.Ordinal);
            string written = equals < 0 ? "" : part[..equals].Trim(SlowSip.Blank);
            // Digest username="a": the scheme stands before the first name.
            if (!string.Equals(written.Split(SlowSip.Blank)[^1], name, StringComparison.OrdinalIgnoreCase))
                continue;
            string found = part[(equals + 1)..].Trim(SlowSip.Blank);
            if (!found.StartsWith('"'))
                return found;
            int close = ClosingQuote(found, 0);
            return close < 0 ? found[1..] : found[1..close];
        }

        return "";
    }
}
