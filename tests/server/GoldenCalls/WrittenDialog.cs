using System.Globalization;

namespace Homer.Search.Tests.Server.GoldenCalls;

/// <summary>Plays one Call-ID as the parties would: fills in Via, tags, CSeq and the like by the rules of RFC 3261, so that a script only says what is special.</summary>
sealed class WrittenDialog(string callId)
{
    const string CallerUri = "sip:+4940555100@example.com";

    readonly List<WrittenMessage> _sent = [];
    readonly HashSet<(WrittenMessage, Party)> _forwarded = [];
    readonly Dictionary<Party, int> _cseq = [];
    string? _calleeUri;
    string? _calleeTag;
    Party? _caller;
    int _branches;

    public IReadOnlyList<WrittenMessage> Sent => _sent;

    /// <param name="text"><c>INVITE sip:…</c>, <c>180 Ringing</c>, <c>200 OK (CANCEL)</c>, <c>forward</c>, <c>forward 487</c>, <c>again</c> or <c>again BYE</c>.</param>
    public WrittenMessage Send(long milliseconds, Party from, Party to, string text)
    {
        string[] words = text.Split(' ');
        WrittenMessage message = words[0] switch
        {
            "forward" => Forward(from, to, words.ElementAtOrDefault(1) ?? ""),
            "again" => _sent.Last(sent => sent.From == from && sent.To == to && sent.Is(words.ElementAtOrDefault(1) ?? "")),
            _ when char.IsAsciiDigit(text[0]) => Respond(from, to, text),
            _ => Request(from, to, words[0], words.ElementAtOrDefault(1)),
        } with
        { Milliseconds = milliseconds };
        message = message with { Headers = [.. message.Headers] };
        _sent.Add(message);
        return message;
    }

    WrittenMessage Request(Party from, Party to, string method, string? uri)
    {
        _caller ??= from;
        _calleeUri ??= uri;
        WrittenMessage? invite = _sent.LastOrDefault(sent => sent.From == from && sent.To == to && sent.IsRequest && sent.Method == "INVITE");
        WrittenMessage? failure = _sent.LastOrDefault(sent => sent.From == to && sent.To == from && sent.Method == "INVITE" && sent.Code >= 200) is { Code: >= 300 } final ? final : null;
        bool belongsToInvite = method == "CANCEL" || (method == "ACK" && failure is not null);
        int number = method is "ACK" or "CANCEL" ? int.Parse(invite!["CSeq"].Split(' ')[0], CultureInfo.InvariantCulture) : _cseq[from] = _cseq.GetValueOrDefault(from) + 1;
        bool isCaller = from == _caller;
        string callee = $"<{_calleeUri}>{(_calleeTag is null || method == "CANCEL" ? "" : $";tag={_calleeTag}")}";
        string caller = $"\"Alice\" <{CallerUri}>;tag=a73kszlfl";
        string target = uri ?? (belongsToInvite ? invite!.StartLine.Split(' ')[1] : _sent.Last(sent => sent.IsRequest != isCaller && sent["Contact"].Length > 0)["Contact"].Trim('<', '>'));
        var request = new WrittenMessage(from, to, $"{method} {target} SIP/2.0")
        {
            Headers =
            [
                ("Via", method == "ACK" && failure is not null ? failure["Via"] : belongsToInvite ? invite!["Via"] : Via(from)),
                ("Max-Forwards", "70"),
                ("From", isCaller ? caller : callee),
                ("To", !isCaller ? caller : method == "ACK" && failure is not null ? failure["To"] : callee),
                ("Call-ID", callId),
                ("CSeq", $"{number} {method}"),
            ],
        };
        if (method is "INVITE" or "REGISTER" or "UPDATE" or "REFER" or "SUBSCRIBE")
            request.Headers.Add(("Contact", $"<sip:{from.Name}@{from.Address}>"));
        request.Headers.Add(("User-Agent", from.Agent));
        return request;
    }

    /// <summary>To the last request that <paramref name="to"/> sent, or the last of the method in parentheses.</summary>
    WrittenMessage Respond(Party from, Party to, string text)
    {
        string[] parts = text.Split(" (");
        string method = parts.Length > 1 ? parts[1].TrimEnd(')') : "";
        WrittenMessage request = _sent.Last(sent => sent.From == to && sent.To == from && sent.IsRequest && sent.Method != "ACK" && sent.Is(method));
        int code = int.Parse(parts[0].AsSpan(0, 3), CultureInfo.InvariantCulture);
        bool isInDialog = request["To"].Contains(";tag=", StringComparison.Ordinal);
        string tag = $"{from.Name}-{_branches + 100}";
        if (!isInDialog && request.Method == "INVITE" && code > 100)
            _calleeTag = code < 300 ? _calleeTag ??= tag : null;
        var response = new WrittenMessage(from, to, $"SIP/2.0 {parts[0]}")
        {
            Headers =
            [
                .. request.All("Via"), .. request.All("From"),
                ("To", request["To"] + (isInDialog || code == 100 ? "" : $";tag={_calleeTag ?? tag}")),
                .. request.All("Call-ID", "CSeq"),
            ],
        };
        if (request.Method is "INVITE" or "UPDATE" && code is > 100 and < 300)
            response.Headers.Add(("Contact", $"<sip:{from.Name}@{from.Address}>"));
        response.Headers.Add(("Server", from.Agent));
        return response;
    }

    /// <summary>What came last and was not sent on there yet: a request gains a Via and loses a hop, a response loses its Via (RFC 3261 §16.6, §16.7).</summary>
    WrittenMessage Forward(Party from, Party to, string word)
    {
        WrittenMessage received = _sent.Last(sent => sent.To == from && sent.Is(word) && !_forwarded.Contains((sent, to)));
        _forwarded.Add((received, to));
        WrittenMessage message = received with { From = from, To = to, Headers = [.. received.Headers] };
        if (!message.IsRequest)
        {
            message.Headers.RemoveAt(message.Headers.FindIndex(header => header.Name == "Via"));
            return message;
        }

        int hops = message.Headers.FindIndex(header => header.Name == "Max-Forwards");
        message.Headers[hops] = ("Max-Forwards", (int.Parse(message["Max-Forwards"], CultureInfo.InvariantCulture) - 1).ToString(CultureInfo.InvariantCulture));
        // What ends or acknowledges an INVITE on its way goes by the branch of that INVITE.
        string? via = message.Method == "CANCEL" ? _sent.Last(sent => sent.From == from && sent.To == to && sent.Is("INVITE"))["Via"] : null;
        message.Headers.Insert(0, ("Via", via ?? Via(from)));
        return message;
    }

    string Via(Party party) => string.Create(CultureInfo.InvariantCulture, $"SIP/2.0/UDP {party.Address};branch=z9hG4bK{callId.Length}{party.Name}{++_branches}");
}
