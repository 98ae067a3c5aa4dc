namespace Homer.Search.Benchmarks.Ingest;

/// <summary>One message of a call as it passes the tap.</summary>
/// <param name="DelayMs">After the message before it.</param>
/// <param name="StartLine">With <c>@method@</c> words of <see cref="PacketTemplate"/>.</param>
/// <param name="FromCaller">Who sends it.</param>
/// <param name="CSeq">Number and method.</param>
/// <param name="Branch">Which of the call's transactions it belongs to.</param>
/// <param name="HasToTag">The dialog exists.</param>
/// <param name="HasSdp">Carries an offer or answer.</param>
/// <param name="Hop">0: caller to proxy; 1: proxy to callee.</param>
/// <param name="Extra">Further header lines.</param>
sealed record ScriptStep(
    int DelayMs, string StartLine, bool FromCaller, string CSeq, int Branch, bool HasToTag, bool HasSdp, int Hop = 0, string Extra = "");

/// <summary>The kinds of call that are offered, with their shares.</summary>
sealed record CallScript(string Name, int Percent, IReadOnlyList<ScriptStep> Steps)
{
    const string Invite = "INVITE sip:@callee@@sip.example.net SIP/2.0";
    const string Ack = "ACK sip:@callee@@192.0.2.20:5060 SIP/2.0";
    const string Bye = "BYE sip:@callee@@192.0.2.20:5060 SIP/2.0";

    const string Challenge =
        "Proxy-Authenticate: Digest realm=\"example.net\", nonce=\"@nonce@\", algorithm=MD5, qop=\"auth\"\r\n";

    const string Credentials =
        "Proxy-Authorization: Digest username=\"@caller@\", realm=\"example.net\", nonce=\"@nonce@\", uri=\"sip:example.net\", "
        + "response=\"@digest@\", algorithm=MD5, cnonce=\"0a4f113b\", qop=auth, nc=00000001\r\n";

    public static IReadOnlyList<CallScript> All { get; } =
    [
        new("answered", 40, Answered()),
        new("answered through a proxy", 25, ThroughProxy()),
        new("challenged", 15, [.. Challenged(), .. Answered(cseq: 2, branch: 2, extra: Credentials)]),
        new("cancelled", 10, Cancelled()),
        new("failed", 10, [.. Challenged(), .. Failed()]),
    ];

    static ScriptStep[] Answered(int cseq = 1, int branch = 0, string extra = "") =>
    [
        new(5, Invite, true, $"{cseq} INVITE", branch, false, true, Extra: extra),
        new(3, "SIP/2.0 100 Trying", false, $"{cseq} INVITE", branch, false, false),
        new(400, "SIP/2.0 180 Ringing", false, $"{cseq} INVITE", branch, true, false),
        new(1500, "SIP/2.0 200 OK", false, $"{cseq} INVITE", branch, true, true),
        new(20, Ack, true, $"{cseq} ACK", branch + 1, true, false),
        new(9000, Bye, true, $"{cseq + 1} BYE", branch + 2, true, false, Extra: "Reason: Q.850;cause=16;text=\"Normal call clearing\"\r\n"),
        new(10, "SIP/2.0 200 OK", false, $"{cseq + 1} BYE", branch + 2, true, false),
    ];

    static ScriptStep[] ThroughProxy() =>
    [
        new(5, Invite, true, "1 INVITE", 0, false, true),
        new(1, "SIP/2.0 100 Trying", false, "1 INVITE", 0, false, false),
        new(1, Invite, true, "1 INVITE", 1, false, true, Hop: 1),
        new(3, "SIP/2.0 100 Trying", false, "1 INVITE", 1, false, false, Hop: 1),
        new(400, "SIP/2.0 180 Ringing", false, "1 INVITE", 1, true, false, Hop: 1),
        new(1, "SIP/2.0 180 Ringing", false, "1 INVITE", 0, true, false),
        new(1500, "SIP/2.0 200 OK", false, "1 INVITE", 1, true, true, Hop: 1),
        new(1, "SIP/2.0 200 OK", false, "1 INVITE", 0, true, true),
        new(20, Ack, true, "1 ACK", 2, true, false),
        new(1, Ack, true, "1 ACK", 3, true, false, Hop: 1),
        new(9000, Bye, true, "2 BYE", 4, true, false),
        new(1, Bye, true, "2 BYE", 5, true, false, Hop: 1),
        new(10, "SIP/2.0 200 OK", false, "2 BYE", 5, true, false, Hop: 1),
        new(1, "SIP/2.0 200 OK", false, "2 BYE", 4, true, false),
    ];

    static ScriptStep[] Challenged() =>
    [
        new(5, Invite, true, "1 INVITE", 0, false, true),
        new(3, "SIP/2.0 407 Proxy Authentication Required", false, "1 INVITE", 0, true, false, Extra: Challenge),
        new(10, "ACK sip:@callee@@sip.example.net SIP/2.0", true, "1 ACK", 0, true, false),
    ];

    static ScriptStep[] Cancelled() =>
    [
        new(5, Invite, true, "1 INVITE", 0, false, true),
        new(3, "SIP/2.0 100 Trying", false, "1 INVITE", 0, false, false),
        new(400, "SIP/2.0 180 Ringing", false, "1 INVITE", 0, true, false),
        new(4000, "CANCEL sip:@callee@@sip.example.net SIP/2.0", true, "1 CANCEL", 0, false, false),
        new(5, "SIP/2.0 200 OK", false, "1 CANCEL", 0, true, false),
        new(5, "SIP/2.0 487 Request Terminated", false, "1 INVITE", 0, true, false),
        new(10, "ACK sip:@callee@@sip.example.net SIP/2.0", true, "1 ACK", 0, true, false),
    ];

    static ScriptStep[] Failed() =>
    [
        new(5, Invite, true, "2 INVITE", 1, false, true, Extra: Credentials),
        new(3, "SIP/2.0 100 Trying", false, "2 INVITE", 1, false, false),
        new(900, "SIP/2.0 503 Service Unavailable", false, "2 INVITE", 1, true, false, Extra: "Reason: Q.850;cause=41;text=\"Temporary failure\"\r\n"),
        new(10, "ACK sip:@callee@@sip.example.net SIP/2.0", true, "2 ACK", 1, true, false),
    ];
}
