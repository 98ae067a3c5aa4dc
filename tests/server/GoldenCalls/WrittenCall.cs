using System.Globalization;

namespace Homer.Search.Tests.Server.GoldenCalls;

/// <summary>
/// A call of <c>tests/fixtures/calls/written.txt</c>. After its heading, <c># name: what it shows</c>, stand the parties (<c>alice 192.0.2.1:5060 user agent</c>),
/// then the messages: <c>0,500 alice > proxy INVITE sip:…</c> (milliseconds, a list repeats the message; text as in <see cref="WrittenDialog.Send"/>), each with
/// indented lines that set a header, take one away (<c>- Contact</c>), or give a body (<c>sdp address:port codecs direction</c>, <c>text type words</c>).
/// <c>leg call-id</c> begins another Call-ID.
/// </summary>
sealed record WrittenCall(string Name, IReadOnlyList<WrittenMessage> Messages)
{
    static readonly Dictionary<string, string> Codecs = new()
    {
        ["PCMU"] = "0 PCMU/8000",
        ["PCMA"] = "8 PCMA/8000",
        ["G722"] = "9 G722/8000",
        ["G729"] = "18 G729/8000",
        ["telephone-event"] = "101 telephone-event/8000",
        ["opus"] = "111 opus/48000/2",
    };

    public static IEnumerable<WrittenCall> Read(string text) =>
        text.Split("\n# ").Skip(1).Select(section => Play(section.Split('\n')));

    static WrittenCall Play(string[] lines)
    {
        string name = lines[0].Split(':')[0];
        Dictionary<string, Party> parties = [];
        List<WrittenDialog> dialogs = [new($"{name}-1@example.com")];
        List<WrittenMessage> current = [];
        foreach (string line in lines.Skip(1).Where(line => line.Length > 0))
        {
            string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (line[0] == ' ')
            {
                current.ForEach(message => Add(message, line.Trim()));
            }
            else if (words[0] == "leg")
            {
                dialogs.Add(new WrittenDialog(words[1]));
            }
            else if (!char.IsAsciiDigit(line[0]))
            {
                parties[words[0]] = new Party(words[0], words[1], string.Join(' ', words[2..]));
            }
            else
            {
                string sent = string.Join(' ', words[4..]);
                string[] times = words[0].Split(',');
                current = [.. times.Select((time, turn) =>
                    dialogs[^1].Send(long.Parse(time, CultureInfo.InvariantCulture), parties[words[1]], parties[words[3]], turn == 0 ? sent : "again"))];
            }
        }

        return new WrittenCall(name, [.. dialogs.SelectMany(dialog => dialog.Sent).OrderBy(message => message.Milliseconds)]);
    }

    static void Add(WrittenMessage message, string line)
    {
        if (line.StartsWith("- ", StringComparison.Ordinal))
        {
            message.Headers.RemoveAll(header => header.Name == line[2..]);
        }
        else if (line.StartsWith("sdp ", StringComparison.Ordinal))
        {
            SetBody(message, "application/sdp", Sdp(line.Split(' ')));
        }
        else if (line.StartsWith("text ", StringComparison.Ordinal))
        {
            string[] words = line.Split(' ', 3);
            SetBody(message, words[1], words[2] + "\r\n");
        }
        else
        {
            string[] header = line.Split(": ", 2);
            int at = message.Headers.FindIndex(other => other.Name == header[0]);
            if (at >= 0)
                message.Headers[at] = (header[0], header[1]);
            else
                message.Headers.Add((header[0], header[1]));
        }
    }

    static void SetBody(WrittenMessage message, string type, string body)
    {
        message.Headers.RemoveAll(header => header.Name == "Content-Type");
        message.Headers.Add(("Content-Type", type));
        message.Body = body;
    }

    static string Sdp(string[] words)
    {
        int colon = words[1].LastIndexOf(':');
        (string address, string port) = (words[1][..colon], words[1][(colon + 1)..]);
        string[] codecs = [.. words.Skip(2).Where(Codecs.ContainsKey).Select(codec => Codecs[codec])];
        string direction = words[^1].EndsWith("only", StringComparison.Ordinal) || words[^1] == "inactive" ? words[^1] : "sendrecv";
        string family = address.Contains(':', StringComparison.Ordinal) ? "IP6" : "IP4";
        return $"v=0\r\no=- 1 1 IN {family} {address}\r\ns=-\r\nc=IN {family} {address}\r\nt=0 0\r\n"
            + $"m=audio {port} RTP/AVP {string.Join(' ', codecs.Select(codec => codec.Split(' ')[0]))}\r\n"
            + string.Concat(codecs.Select(codec => $"a=rtpmap:{codec}\r\n")) + $"a={direction}\r\n";
    }
}
