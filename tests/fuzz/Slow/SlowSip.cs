using System.Text.RegularExpressions;

namespace Homer.Search.Tests.Fuzz;

/// <summary>SIP by RFC 3261 on text: where the messages of a payload begin and what kind of thing each is.</summary>
static partial class SlowSip
{
    const int MostPieces = 8;

    /// <summary>The white space of RFC 3261: around values, names and lines.</summary>
    internal static readonly char[] Blank = [' ', '\t', '\r', '\n'];

    /// <summary>Padding before and between messages.</summary>
    static readonly char[] Padding = ['\r', '\n', ' ', '\0'];

    internal static Facts ReadPayload(string payload)
    {
        var facts = new Facts();
        int place = 0;
        for (int piece = 0; piece == 0 || place < payload.Length; piece++)
        {
            string rest = payload[place..];
            bool isLast = piece == MostPieces - 1;
            string rejection = RejectionOf(rest, out int behindStartLine, out string startLine);
            if (rejection != "None")
            {
                int length = rejection == "NoStartLine" && !isLast ? LengthOfFragment(rest) : rest.Length;
                facts.Add("piece", place).Add("length", length).Add("rejection", rejection);
                place += length;
                continue;
            }

            var message = new SlowMessage(startLine, rest[behindStartLine..]);
            int end = behindStartLine + message.End;
            bool isFollowed = !isLast && end < rest.Length && BeginsMessage(rest[end..].TrimStart(Padding));
            facts.Add("piece", place).Add("length", isFollowed ? end : rest.Length).Add("rejection", rejection);
            message.AddTo(facts, hasBody: !isFollowed || message.ContentLength is not null);
            place += isFollowed ? end : rest.Length;
        }

        return facts;
    }

    static string RejectionOf(string text, out int behind, out string line)
    {
        (behind, line) = LineAt(text, 0);
        if (IsStartLine(line))
            return "None";
        if (text.Length == 0)
            return "Empty";
        if (text.Length >= 20 && text[0] <= 3 && text.Substring(4, 4) == "\x21\x12\xa4\x42")
            return "Stun";
        string content = text.TrimStart(Padding);
        if (content.Length == 0 || content.TrimEnd('\0') == "jaK")
            return "KeepAlive";
        if (text.StartsWith("\x16\x03", StringComparison.Ordinal))
            return "Tls";
        (behind, line) = LineAt(text, text.Length - content.Length);
        if (IsStartLine(line))
            return "None";
        int marker = text[..Math.Min(text.Length, 128)].IndexOf("Sip0", StringComparison.Ordinal);
        if (marker < 0)
            return "NoStartLine";
        string marked = text[(marker + 4)..];
        (behind, line) = LineAt(text, text.Length - marked.TrimStart(Padding).Length);
        return IsStartLine(line) ? "None" : "NoStartLine";
    }

    static (int Behind, string Line) LineAt(string text, int start)
    {
        int feed = text.IndexOf('\n', start);
        if (feed < 0)
            feed = text.Length;
        string line = text[start..feed];
        return (Math.Min(feed + 1, text.Length), line.EndsWith('\r') ? line[..^1] : line);
    }

    static int LengthOfFragment(string rest)
    {
        for (int place = 1; place < rest.Length; place++)
            if (rest[place - 1] == '\n' && BeginsMessage(rest[place..]))
                return place;
        return rest.Length;
    }

    /// <summary>A start line and behind it what may be a header.</summary>
    static bool BeginsMessage(string text)
    {
        int feed = text.IndexOf('\n', StringComparison.Ordinal);
        return feed >= 0 && SlowHep.BeginsAsSip(text) && HeaderLine().IsMatch(text[(feed + 1)..].Split('\n')[0]);
    }

    static bool IsStartLine(string line) => StatusLine().IsMatch(line) || (!Version().IsMatch(line) && RequestLine().IsMatch(line.Trim(Blank)));

    [GeneratedRegex(@"\A[Ss][Ii][Pp]/[0-9]\.[0-9]")]
    internal static partial Regex Version();

    [GeneratedRegex(@"\A[Ss][Ii][Pp]/[0-9]\.[0-9] +([1-6][0-9][0-9])(?![0-9])(.*)\z", RegexOptions.Singleline)]
    internal static partial Regex StatusLine();

    [GeneratedRegex(@"\A([A-Za-z0-9\-.!%*_+`'~]+) (.*[^ \t\r\n].*) [Ss][Ii][Pp]/[0-9]\.[0-9]\z", RegexOptions.Singleline)]
    internal static partial Regex RequestLine();

    [GeneratedRegex(@"\A[A-Za-z0-9\-.!%*_+`'~]+[ \t]*:")]
    private static partial Regex HeaderLine();
}
