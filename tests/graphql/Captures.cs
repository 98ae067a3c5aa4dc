using System.Net;
using System.Text;
using Homer.Search.Calls;
using Homer.Search.Protocol;
using Homer.Search.Store;
using Homer.Search.Tests.Stores;

namespace Homer.Search.Tests.Api;

/// <summary>
/// What is in the store of these tests: a busy call with a retransmitted INVITE, an answered second leg of it, a registration, a log line and a quality report.
/// </summary>
static class Captures
{
    public const string Busy = "busy/1@10.0.0.1";
    public const string Leg = "leg@10.0.0.9";
    public const string Registration = "reg@10.0.0.1";
    public const uint Journal = 7;

    public static readonly DateTimeOffset Now = new(2026, 11, 24, 14, 30, 0, TimeSpan.Zero);

    /// <summary>The body of the INVITE has an octet that is not UTF-8.</summary>
    public static readonly byte[] Invite =
    [
        .. Encoding.Latin1.GetBytes(
            "INVITE sip:+4930123@example.com SIP/2.0\r\nv: SIP/2.0/UDP 10.0.0.1;branch=z9hG4bK1\r\nFrom: \"J\u00fcrgen\" <sip:alice@example.com>;tag=a\r\n"
            + "To: <sip:+4930123@example.com>\r\nCall-ID: busy/1@10.0.0.1\r\nCSeq: 1 INVITE\r\nX-Note: folded\r\n  over lines\r\nContent-Type: application/sdp\r\n"
            + "Content-Length: 124\r\n\r\nv=0\r\no=- 1 1 IN IP4 10.0.0.1\r\ns=-\r\nc=IN IP4 10.0.0.1\r\nt=0 0\r\nm=audio 4000 RTP/AVP 8 101\r\na=rtpmap:101 telephone-event/8000\r\n"),
    ];

    static readonly IPAddress Alice = IPAddress.Parse("10.0.0.1");
    static readonly IPAddress Proxy = IPAddress.Parse("2001:db8::2");

    public static Instant At(double seconds) => Instant.From(Now.AddMinutes(-10)).Plus(TimeSpan.FromSeconds(seconds));

    public static string IdOf(double seconds, long position) => new DocumentId(At(seconds), Journal, position).ToString();

    public static async Task StoreAsync(CountingStore store, CancellationToken cancellation)
    {
        await using ICaptureWriter writer = await store.OpenWriterAsync(Journal, cancellation);
        Sample[] messages =
        [
            Request(0, 0, "INVITE", fromCaller: true),
            Request(0.5, 8, "INVITE", fromCaller: true),
            Response(0.52, 16, 100, "Trying"),
            Response(0.6, 24, 486, "Busy Here"),
            Request(0.61, 32, "ACK", fromCaller: true),
        ];
        await AppendAsync(writer, messages, cancellation);
        await AppendAsync(writer, [Text(DocumentKind.Log, 0.7, 40, "log", "user busy")], cancellation);
        await AppendAsync(writer, [Text(DocumentKind.Qos, 0.8, 48, "rtcp", "{\"mos\":4.1}")], cancellation);
        await writer.CommitAsync(56, [.. Calls().Select(call => new SampleSummary(call, 56, 5))], cancellation);

        store.Raw[IdOf(0, 0)] = Invite;
        store.Raw[IdOf(0.6, 24)] = Encoding.ASCII.GetBytes("SIP/2.0 486 Busy Here\r\nCall-ID: busy/1@10.0.0.1\r\nCSeq: 1 INVITE\r\n\r\n");
    }

    static Sample Request(double seconds, long position, string method, bool fromCaller)
    {
        Sample sample = Message(seconds, position, fromCaller);
        sample[Fields.SipType] = "request";
        sample[Fields.Method] = method;
        sample[Fields.UriUser] = "+4930123";
        sample[Fields.UserAgent] = "Phone 1.0";
        sample[Fields.CSeqMethod] = method;
        sample[Fields.Headers] = """{"x-note":"folded over lines"}""";
        return sample;
    }

    static Sample Response(double seconds, long position, long code, string phrase)
    {
        Sample sample = Message(seconds, position, fromCaller: false);
        sample[Fields.SipType] = "response";
        sample[Fields.Code] = code;
        sample[Fields.ReasonPhrase] = phrase;
        sample[Fields.CSeqMethod] = "INVITE";
        return sample;
    }

    static Sample Message(double seconds, long position, bool fromCaller)
    {
        Sample sample = Captured(DocumentKind.Sip, seconds, position, "sip");
        sample[Fields.FromUser] = "alice";
        sample[Fields.ToUser] = "+4930123";
        sample[Fields.CSeqNumber] = 1L;
        sample[Fields.ViaBranch] = "z9hG4bK1";
        sample[Fields.FromTag] = "a";
        sample[Fields.SourceIp] = fromCaller ? Alice : Proxy;
        sample[Fields.SourcePort] = fromCaller ? 5060L : 5080L;
        sample[Fields.DestinationIp] = fromCaller ? Proxy : Alice;
        sample[Fields.DestinationPort] = fromCaller ? 5080L : 5060L;
        sample[Fields.NetworkTransport] = "udp";
        return sample;
    }

    static Sample Text(DocumentKind kind, double seconds, long position, string protocol, string text)
    {
        Sample sample = Captured(kind, seconds, position, protocol);
        sample[Fields.Text] = text;
        return sample;
    }

    static Sample Captured(DocumentKind kind, double seconds, long position, string protocol) => new(kind)
    {
        [Fields.Timestamp] = At(seconds),
        [Fields.Sequence] = position,
        [Fields.CallId] = Busy,
        [Fields.NetworkProtocol] = protocol,
        [Fields.CaptureId] = 2001L,
        [Fields.AgentName] = "edge",
        [Fields.Peer] = IPAddress.Parse("10.9.0.1"),
    };

    static IEnumerable<Sample> Calls()
    {
        Sample busy = Call(Busy, "INVITE", 0);
        busy[Fields.EventEnd] = At(0.61);
        busy[Fields.EndedAt] = At(0.6);
        busy[Fields.CallState] = CallState.Busy.Word();
        busy[Fields.CallOutcome] = CallOutcome.Busy.Word();
        busy[Fields.Code] = 486L;
        busy[Fields.ReasonPhrase] = "Busy Here";
        busy[Fields.ReasonProtocol] = "Q.850";
        busy[Fields.ReasonCause] = 17L;
        busy[Fields.ReleasedBy] = Side.Callee.Word();
        busy[Fields.SetupMs] = 600L;
        busy[Fields.ResponseDelayMs] = 600L;
        busy[Fields.RetransmissionCount] = 1L;
        busy[Fields.Caller] = "alice";
        busy[Fields.Callee] = "+4930123";
        busy[Fields.Identifiers] = new[] { "x-cid=1" };
        yield return busy;

        Sample leg = Call(Leg, "INVITE", -1);
        leg[Fields.EventEnd] = At(60);
        leg[Fields.AnsweredAt] = At(2);
        leg[Fields.CallState] = CallState.Completed.Word();
        leg[Fields.CallOutcome] = CallOutcome.Answered.Word();
        leg[Fields.Identifiers] = new[] { "x-cid=1" };
        yield return leg;

        Sample registration = Call(Registration, "REGISTER", -2);
        registration[Fields.CallState] = CallState.Completed.Word();
        registration[Fields.CallOutcome] = CallOutcome.Registered.Word();
        yield return registration;
    }

    static Sample Call(string callId, string method, double seconds) => new(DocumentKind.Call)
    {
        [Fields.CallId] = callId,
        [Fields.Timestamp] = At(seconds),
        [Fields.EventStart] = At(seconds),
        [Fields.EventEnd] = At(seconds),
        [Fields.CallMethod] = method,
        [Fields.SourceIp] = Alice,
        [Fields.SourcePort] = 5060L,
    };

    static async Task AppendAsync(ICaptureWriter writer, Sample[] samples, CancellationToken cancellation)
    {
        var batch = new DocumentBatch(samples[0].Kind, Journal);
        foreach (Sample sample in samples)
            sample.AddTo(batch);
        await writer.AppendAsync(batch, cancellation);
    }
}
