using Homer.Search.Calls;
using Homer.Search.Store;

namespace Homer.Search.Tests.Calls;

/// <summary>What the rules find in a list of messages; each time held against what the summary of the same messages is stored with.</summary>
static class Found
{
    /// <summary>Long enough after the last message for every timeout.</summary>
    public const double Later = 1_000_000;

    public static IReadOnlyList<Finding> In(IReadOnlyList<Message> messages, double now = Later, IReadOnlyList<Document>? reports = null)
    {
        Document[] documents = MessageDocuments.Of(messages);
        Dictionary<string, byte[]> raw = documents.Zip(messages).ToDictionary(pair => pair.First.Id, pair => pair.Second.Bytes());
        CallView call = Folding.Call(messages, now);
        IReadOnlyList<Finding> found = CallFindings.Of(call, documents, raw, reports ?? []);
        Assert.Equal(found.Select(finding => finding.Name).Intersect(StoredFindings.Names).Order(), call.Findings.Order());
        return found;
    }

    /// <summary>Holds that the rule finds just this, and that so many messages prove it.</summary>
    public static void Once(string rule, string sentence, int proof, IReadOnlyList<Message> messages, double now = Later)
    {
        IReadOnlyList<Finding> all = In(messages, now);
        Finding[] found = [.. all.Where(finding => finding.Name == rule)];
        Assert.True(found.Length == 1, $"{found.Length} findings `{rule}` among: {string.Join("; ", all.Select(finding => $"{finding.Name}: {finding.Sentence}"))}");
        Assert.Equal(sentence, found[0].Sentence);
        Assert.Equal(proof, found[0].Messages.Count);
    }

    public static void None(string rule, IReadOnlyList<Message> messages, double now = Later) =>
        Assert.DoesNotContain(In(messages, now), finding => finding.Name == rule);

    /// <summary>The same call with one message changed.</summary>
    public static Message[] With(this IReadOnlyList<Message> messages, int index, Func<Message, Message> change) =>
        [.. messages.Select((message, place) => place == index ? change(message) : message)];

    public static Message[] Without(this IReadOnlyList<Message> messages, Predicate<Message> unwanted) => [.. messages.Where(message => !unwanted(message))];

    /// <summary>Between public addresses.</summary>
    public static Message[] OnTheInternet(this IEnumerable<Message> messages) =>
        [.. messages.Select(message => message with { From = Public(message.From), To = Public(message.To) })];

    /// <summary>A session description with one audio line.</summary>
    public static Message Sdp(this Message message, string address, string codecs, string direction = "sendrecv", int port = 4000)
    {
        (string Name, int Type)[] formats = [.. codecs.Split(' ').Select((name, index) => (name, 96 + index))];
        string body = $"v=0\r\no=- 1 1 IN IP4 {address}\r\ns=-\r\nc=IN IP4 {address}\r\nt=0 0\r\nm=audio {port} RTP/AVP {string.Join(' ', formats.Select(format => format.Type))}\r\n"
            + string.Concat(formats.Select(format => $"a=rtpmap:{format.Type} {format.Name}/8000\r\n")) + $"a={direction}\r\n";
        return message.Header("Content-Type: application/sdp") with { Body = body };
    }

    public static Message Header(this Message message, string line) => message with { Headers = message.Headers + line + "\r\n" };

    static string Public(string address) => address.Replace("10.0.0.1:", "203.0.113.1:", StringComparison.Ordinal).Replace("10.0.0.2:", "198.51.100.2:", StringComparison.Ordinal);
}
