using System.Globalization;
using System.Text;
using Homer.Search.Protocol;
using Homer.Search.Protocol.Hep;

namespace Homer.Search.Benchmarks.Pages;

/// <summary>
/// The call of a number: 20 messages, challenged, answered and hung up, each on both hops of a proxy. Of each hundred calls the first three are legs of one
/// session, tied by X-CID.
/// </summary>
static class StoredCall
{
    public const int Messages = 20;
    public const int Legs = 3;

    const int EachHundred = 100;
    const string Offer = "v=0\r\no=- 1 1 IN IP4 192.0.2.7\r\ns=-\r\nc=IN IP4 192.0.2.7\r\nt=0 0\r\nm=audio 4000 RTP/AVP 8 0 101\r\na=rtpmap:101 telephone-event/8000\r\n";

    static readonly (string Start, int Milliseconds, int CSeq, bool FromCaller, bool HasSdp)[] Steps =
    [
        ("INVITE", 0, 1, true, true), ("407 Proxy Authentication Required", 5, 1, false, false), ("ACK", 8, 1, true, false),
        ("INVITE", 20, 2, true, true), ("100 Trying", 24, 2, false, false), ("180 Ringing", 900, 2, false, false),
        ("200 OK", 5_000, 2, false, true), ("ACK", 5_010, 2, true, false), ("BYE", 65_000, 3, true, false), ("200 OK", 65_020, 3, false, false),
    ];

    static readonly byte[][] Hosts = [[192, 0, 2, 7], [192, 0, 2, 1], [198, 51, 100, 9]];

    /// <summary>The Call-ID of the first leg of each session among so many calls.</summary>
    public static IEnumerable<string> Sessions(int calls) =>
        Enumerable.Range(0, calls / EachHundred).Select(session => CallId(session * EachHundred));

    /// <summary>Milliseconds from the call's beginning to a message.</summary>
    public static int After(int message) => Steps[message / 2].Milliseconds + (message % 2);

    /// <summary>Writes one message as a HEP packet; the octets it takes.</summary>
    public static int Write(int call, int message, Instant time, Span<byte> target)
    {
        (string start, _, int cseq, bool fromCaller, bool hasSdp) = Steps[message / 2];
        int hop = (message % 2) ^ (fromCaller ? 0 : 1);
        byte[] text = Encoding.ASCII.GetBytes(Text(call, start, cseq, hop, hasSdp ? Offer : ""));
        (byte[] near, byte[] far) = (Hosts[hop], Hosts[hop + 1]);
        var packet = new HepPacket
        {
            Version = 3,
            ProtocolType = HepProtocolType.Sip,
            Transport = TransportProtocol.Udp,
            SourceAddress = fromCaller ? near : far,
            DestinationAddress = fromCaller ? far : near,
            SourcePort = 5060,
            DestinationPort = 5060,
            Seconds = (uint)(time.Nanoseconds / Instant.NanosecondsPerSecond),
            Microseconds = (uint)(time.Nanoseconds % Instant.NanosecondsPerSecond / 1000),
            CaptureAgentId = 2001,
            CaptureAgentName = "edge-1"u8,
            Payload = text,
        };
        return HepWriter.Write(packet, target);
    }

    static string CallId(int call) => string.Create(CultureInfo.InvariantCulture, $"{call:x8}-{(uint)call * 2_654_435_761u:x8}@192.0.2.7");

    static string Text(int call, string start, int cseq, int hop, string body)
    {
        bool isRequest = !char.IsAsciiDigit(start[0]);
        string method = isRequest ? start : cseq == 3 ? "BYE" : "INVITE";
        string callId = CallId(call);
        string toTag = cseq > 1 && start is not ("INVITE" or "100 Trying") ? $";tag=b{call:x8}" : "";
        int leg = call % EachHundred;
        string tie = leg is > 0 and < Legs ? $"X-CID: {CallId(call - leg)}\r\n" : "";
        string secondVia = hop == 1 ? $"Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK{call:x8}{cseq}p\r\n" : "";
        return string.Create(CultureInfo.InvariantCulture, $"""
            {(isRequest ? $"{start} sip:+4930{call:d8}@example.net SIP/2.0" : $"SIP/2.0 {start}")}
            {secondVia}Via: SIP/2.0/UDP 192.0.2.7;branch=z9hG4bK{call:x8}{cseq}
            From: "Alice" <sip:+4940{call:d8}@example.com>;tag=a{call:x8}
            To: <sip:+4930{call:d8}@example.net>{toTag}
            Call-ID: {callId}
            CSeq: {cseq} {method}
            {tie}Contact: <sip:+4940{call:d8}@192.0.2.7:5060>
            Max-Forwards: 70
            User-Agent: phone 1.0
            {(body.Length > 0 ? "Content-Type: application/sdp\r\n" : "")}Content-Length: {body.Length}


            """).ReplaceLineEndings("\r\n") + body;
    }
}
