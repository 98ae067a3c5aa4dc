using System.Text;
using System.Text.RegularExpressions;
using Homer.Search.Protocol.Json;

namespace Homer.Search.Ingest;

/// <summary>Finds in a log line the Call-ID it is about, for agents that do not say. Patterns cannot backtrack, whatever the line.</summary>
sealed class LogCallId
{
    /// <summary>As heplify does: shorter or longer is something else.</summary>
    const int Shortest = 2;
    const int Longest = 255;

    /// <summary>Further on a line is not searched.</summary>
    const int Reach = 8192;

    /// <summary>
    /// Words of Kamailio and OpenSIPS scripts, then the shapes of rtpengine's log lines; the Call-ID is the first group that matches.
    /// </summary>
    public static IReadOnlyList<string> Defaults { get; } =
    [
        @"(?i)\bcall[-_ ]?id\s*[:=]\s*[""'<\[]?([^\s""'<>\],;]+)",
        @"\bci=([^\s,;]+)",
        @"ID=(?:""([^""]+)""|([^\s""]+))",
        @"(?:: |INFO: )\[(?:""([^""]+)""|([^\s""\]]+))(?: port \d+)?\]",
    ];

    /// <summary>That of the <see cref="Defaults"/>.</summary>
    public static LogCallId Usual { get; } = new(Defaults);

    static readonly string[] JsonNames = ["call_id", "callid", "call-id", "sip_call_id", "sip_callid", "rtp_sip_call_id", "sip.call_id"];

    readonly Regex[] _patterns;

    /// <exception cref="ArgumentException">A pattern is no regular expression, or needs backtracking.</exception>
    public LogCallId(IReadOnlyList<string> patterns) =>
        _patterns = [.. patterns.Select(static pattern => new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant))];

    /// <summary>Null when the line names none.</summary>
    public string? Find(ReadOnlySpan<byte> line, IReadOnlyList<JsonLeaf> leaves)
    {
        foreach (JsonLeaf leaf in leaves)
        {
            if (IsUsable(leaf.Text) && Array.Exists(JsonNames, name => leaf.Path.EndsWith(name, StringComparison.OrdinalIgnoreCase)))
                return leaf.Text;
        }

        if (leaves.Count > 0)
            return null;
        string text = Encoding.UTF8.GetString(line[..Math.Min(line.Length, Reach)]);
        foreach (Regex pattern in _patterns)
        {
            string? found = pattern.Match(text).Groups.Values.Skip(1).FirstOrDefault(static group => group.Success)?.Value;
            if (found is not null && IsUsable(found))
                return found;
        }

        return null;
    }

    static bool IsUsable(string callId) => callId.Length is >= Shortest and <= Longest;
}
