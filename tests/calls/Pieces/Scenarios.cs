using System.Globalization;
using System.Text.RegularExpressions;

namespace Homer.Search.Tests.Calls;

/// <summary>
/// Reads scenarios in the notation of their fixture: <c>0,500 > INVITE sip:bob@example.net SIP/2.0 ;cs=1 br=a tt=-</c>: milliseconds (a list repeats the
/// message), <c>></c> from the caller or <c>&lt;</c> to it, start line, CSeq (of a response: number/method), branch, To-tag. A line starting with <c>#</c> begins a
/// scenario; <c> | </c> parts two messages of a line. The caller's tag is <c>a</c>.
/// </summary>
static partial class Scenarios
{
    public const string Caller = "10.0.0.1:5060";
    public const string Callee = "10.0.0.2:5060";
    const string CallerTag = "a";

    static readonly Dictionary<string, Message[]> All = Read(File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "fixtures", "kpi-scenarios.txt")));

    public static Message[] Get(string name) => All[name];

    /// <summary>The messages of lines in the same notation, in the order of time.</summary>
    public static Message[] Parse(string text)
    {
        List<Message> messages = [];
        foreach (string part in text.ReplaceLineEndings(" | ").Split(" | "))
            messages.AddRange(Messages(part, messages));
        return [.. messages.OrderBy(message => message.Milliseconds)];
    }

    static Dictionary<string, Message[]> Read(string[] lines)
    {
        var scenarios = new Dictionary<string, List<Message>>();
        List<Message> current = [];
        foreach (string line in lines.Where(line => line.Length > 0))
        {
            if (line.StartsWith('#'))
                scenarios[line.Split(' ')[1]] = current = [];
            else
                foreach (string part in line.Split(" | "))
                    current.AddRange(Messages(part, current));
        }

        return scenarios.ToDictionary(scenario => scenario.Key, scenario => scenario.Value.OrderBy(message => message.Milliseconds).ToArray());
    }

    static IEnumerable<Message> Messages(string text, List<Message> before)
    {
        Match match = Line().Match(text);
        Assert.True(match.Success, $"'{text}' is no message of a scenario.");
        bool isFromCaller = match.Groups["way"].Value == ">";
        string start = match.Groups["start"].Value;
        string? toTag = match.Groups["tt"].Value is "" or "-" ? null : match.Groups["tt"].Value;
        string method = match.Groups["method"].Success ? match.Groups["method"].Value : start.Split(' ')[0];
        foreach (string time in match.Groups["times"].Value.Split(','))
        {
            yield return new Message(
                double.Parse(time, CultureInfo.InvariantCulture), isFromCaller ? Caller : Callee, isFromCaller ? Callee : Caller, start)
            {
                CSeq = long.Parse(match.Groups["cs"].Value, CultureInfo.InvariantCulture),
                CSeqMethod = method,
                Branch = "z9hG4bK-" + match.Groups["br"].Value,
                // A request within the dialog that comes from the callee bears the callee's tag in From.
                FromTag = toTag == CallerTag ? before.Last(message => message.ToTag is not (null or CallerTag)).ToTag! : CallerTag,
                ToTag = toTag,
            };
        }
    }

    [GeneratedRegex(@"^(?<times>[\d,]+) (?<way>[<>]) (?<start>.+?) ;cs=(?<cs>\d+)(/(?<method>[A-Z]+))? br=(?<br>\w+)( tt=(?<tt>[\w-]+))?( \(Authorization\))?$", RegexOptions.ExplicitCapture)]
    private static partial Regex Line();
}
