using System.Globalization;
using System.Text;
using Homer.Search.Calls;
using Homer.Search.Protocol;
using Homer.Search.Protocol.Sip;

namespace Homer.Search.Benchmarks.Calls;

/// <summary>A call of 20 messages as one agent on a proxy sees it: challenged, answered and hung up, each message on both hops.</summary>
sealed class CapturedCall
{
    const string Offer = "v=0\r\no=- 1 1 IN IP4 192.0.2.7\r\ns=-\r\nc=IN IP4 192.0.2.7\r\nt=0 0\r\nm=audio 4000 RTP/AVP 8 0 101\r\na=rtpmap:101 telephone-event/8000\r\n";

    static readonly Instant Epoch = new(1_790_000_000_000_000_000);

    static readonly byte[] Caller = [192, 0, 2, 7];
    static readonly byte[] Proxy = [192, 0, 2, 1];
    static readonly byte[] Callee = [198, 51, 100, 9];

    readonly List<(byte[] Bytes, long Milliseconds, byte[] From, byte[] To)> _messages = [];

    public CapturedCall(string callId)
    {
        Add(callId, "INVITE", 0, 1, isFromCaller: true, toTag: "", Offer);
        Add(callId, "407 Proxy Authentication Required", 5, 1, isFromCaller: false, "x", "");
        Add(callId, "ACK", 7, 1, isFromCaller: true, "x", "");
        Add(callId, "INVITE", 9, 2, isFromCaller: true, "", Offer);
        Add(callId, "100 Trying", 12, 2, isFromCaller: false, "", "");
        Add(callId, "180 Ringing", 900, 2, isFromCaller: false, "b", "");
        Add(callId, "200 OK", 5_000, 2, isFromCaller: false, "b", Offer);
        Add(callId, "ACK", 5_010, 2, isFromCaller: true, "b", "");
        Add(callId, "BYE", 65_000, 3, isFromCaller: true, "b", "");
        Add(callId, "200 OK", 65_020, 3, isFromCaller: false, "b", "");
    }

    public int Count => _messages.Count;

    /// <summary>Folds all messages; their positions in the journal begin at <paramref name="position"/>.</summary>
    public void AddTo(CallFold fold, long position, TimeSpan now)
    {
        foreach ((byte[] bytes, long milliseconds, byte[] from, byte[] to) in _messages)
        {
            SipReader.Read(bytes, out SipMessage sip);
            fold.Add(
                new CapturedMessage
                {
                    Sip = sip,
                    Size = bytes.Length,
                    Time = new Instant(Epoch.Nanoseconds + (milliseconds * Instant.NanosecondsPerMillisecond)),
                    Position = position += 8,
                    CaptureAgentId = 2001,
                    AgentName = "edge-1"u8,
                    Transport = TransportProtocol.Udp,
                    SourceAddress = from,
                    DestinationAddress = to,
                    SourcePort = 5060,
                    DestinationPort = 5060,
                },
                now);
        }
    }

    /// <summary>Reads the messages and nothing more: what of <see cref="AddTo"/> is not the fold.</summary>
    public long Read()
    {
        long sum = 0;
        foreach ((byte[] bytes, _, _, _) in _messages)
        {
            SipReader.Read(bytes, out SipMessage sip);
            sum += sip.CallId.Length;
        }

        return sum;
    }

    void Add(string callId, string start, long milliseconds, int cseq, bool isFromCaller, string toTag, string body)
    {
        bool isRequest = !char.IsAsciiDigit(start[0]);
        string method = isRequest ? start : cseq == 3 ? "BYE" : "INVITE";
        string line = isRequest ? $"{start} sip:+4930123456@example.net SIP/2.0" : $"SIP/2.0 {start}";
        (byte[] near, byte[] far) = (Caller, Callee);
        _messages.Add((Bytes(line, callId, method, cseq, vias: 1, toTag, body), milliseconds, isFromCaller ? near : Proxy, isFromCaller ? Proxy : near));
        _messages.Add((Bytes(line, callId, method, cseq, vias: 2, toTag, body), milliseconds + (isFromCaller ? 1 : -1), isFromCaller ? Proxy : far, isFromCaller ? far : Proxy));
    }

    static byte[] Bytes(string line, string callId, string method, int cseq, int vias, string toTag, string body)
    {
        var text = new StringBuilder(line).Append("\r\n");
        for (int via = vias; via > 0; via--)
            text.Append(CultureInfo.InvariantCulture, $"Via: SIP/2.0/UDP 192.0.2.{via};branch=z9hG4bK{callId}{cseq}{via}\r\n");
        text.Append(CultureInfo.InvariantCulture, $"From: \"Alice\" <sip:+49301234567@example.com>;tag=a{callId}\r\nTo: <sip:+4930123456@example.net>{(toTag.Length > 0 ? ";tag=" + toTag : "")}\r\n");
        text.Append(CultureInfo.InvariantCulture, $"Call-ID: {callId}\r\nCSeq: {cseq} {method}\r\nContact: <sip:+49301234567@192.0.2.7:5060>\r\nMax-Forwards: 70\r\nUser-Agent: phone 1.0\r\n");
        if (body.Length > 0)
            text.Append("Content-Type: application/sdp\r\n");
        return Encoding.UTF8.GetBytes(text.Append(CultureInfo.InvariantCulture, $"Content-Length: {body.Length}\r\n\r\n{body}").ToString());
    }
}
