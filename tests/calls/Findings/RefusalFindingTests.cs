using System.Globalization;

namespace Homer.Search.Tests.Calls;

public sealed class RefusalFindingTests
{
    [Fact]
    public void A_carrier_is_full()
    {
        Message[] call = Refused(503, "Service Unavailable", 4000);

        Found.Once("no-capacity", "10.0.0.2:5060 refused the INVITE with 503 Service Unavailable after 4.0 s.", 2, call);
        Found.Once(
            "no-capacity", "10.0.0.2:5060 refused the INVITE with 503 Service Unavailable after 4.0 s and asks not to try again for 30 s.", 2,
            call.With(1, message => message.Header("Retry-After: 30")));
    }

    [Fact]
    public void A_refusal_is_told_once_and_put_down_to_where_it_came_from() => Found.Once(
        "no-capacity", "10.0.0.9:5060 refused the INVITE with 503 Service Unavailable after 3.998 s.", 2, [.. Refused(503, "Service Unavailable", 4000).ThroughProxy()]);

    [Theory]
    [InlineData(500, "Server Internal Error", "server-failure", "10.0.0.2:5060 failed with 500 Server Internal Error after 0.3 s.")]
    [InlineData(504, "Server Time-out", "server-failure", "10.0.0.2:5060 failed with 504 Server Time-out after 0.3 s.")]
    [InlineData(404, "Not Found", "unknown-number", "10.0.0.2:5060 does not know bob: 404 Not Found.")]
    [InlineData(484, "Address Incomplete", "unknown-number", "10.0.0.2:5060 does not know bob: 484 Address Incomplete.")]
    [InlineData(480, "Temporarily Unavailable", "callee-unavailable", "10.0.0.2:5060 could not reach the callee: 480 Temporarily Unavailable, without ringing.")]
    [InlineData(403, "Forbidden", "policy-refusal", "10.0.0.2:5060 forbids the INVITE from 10.0.0.1:5060: 403 Forbidden.")]
    [InlineData(400, "Bad CSeq", "bad-request", "10.0.0.2:5060 cannot make sense of the INVITE: 400 Bad CSeq.")]
    [InlineData(420, "Bad Extension", "extension-refused", "10.0.0.2:5060 does not support an extension: 420 Bad Extension.")]
    [InlineData(501, "Not Implemented", "method-refused", "10.0.0.2:5060 does not take INVITE: 501 Not Implemented.")]
    [InlineData(491, "Request Pending", "glare", "The INVITE of 10.0.0.1:5060 crossed one of 10.0.0.2:5060: 491 Request Pending.")]
    [InlineData(422, "Session Interval Too Small", "session-interval-too-small", "10.0.0.2:5060 wants session timers of at least a longer time than offered: 422 Session Interval Too Small.")]
    [InlineData(488, "Not Acceptable Here", "no-common-codec", "10.0.0.2:5060 refused the media with 488 Not Acceptable Here; offered was nothing.")]
    public void An_answer_says_no(int code, string phrase, string rule, string sentence) => Found.Once(rule, sentence, 2, Refused(code, phrase, 300));

    [Theory]
    [InlineData(420, "Bad Extension", "Unsupported: 100rel", "extension-refused", "10.0.0.2:5060 does not support 100rel: 420 Bad Extension.")]
    [InlineData(421, "Extension Required", "Require: timer", "extension-refused", "10.0.0.2:5060 insists on timer: 421 Extension Required.")]
    [InlineData(405, "Method Not Allowed", "Allow: ACK, OPTIONS", "method-refused", "10.0.0.2:5060 does not take INVITE: 405 Method Not Allowed, it allows ACK, OPTIONS.")]
    [InlineData(400, "Bad Request", "Warning: 399 x \"Missing Contact\"", "bad-request", "10.0.0.2:5060 cannot make sense of the INVITE: 400 Bad Request (399 x \"Missing Contact\").")]
    [InlineData(422, "Session Interval Too Small", "Min-SE: 1800", "session-interval-too-small", "10.0.0.2:5060 wants session timers of at least 1800 s: 422 Session Interval Too Small.")]
    public void A_header_of_the_answer_tells_more(int code, string phrase, string header, string rule, string sentence) =>
        Found.Once(rule, sentence, 2, Refused(code, phrase, 300).With(1, message => message.Header(header)));

    [Fact]
    public void A_phone_that_rang_was_reachable() => Found.None(
        "callee-unavailable",
        Scenarios.Parse("0 > INVITE sip:bob@example.net SIP/2.0 ;cs=1 br=a tt=- | 100 < SIP/2.0 180 Ringing ;cs=1/INVITE br=a tt=b | 9000 < SIP/2.0 480 Gone ;cs=1/INVITE br=a tt=b"));

    [Fact]
    public void Nobody_follows_a_redirection()
    {
        Message[] call = Refused(302, "Moved Temporarily", 40).With(1, message => message.Header("Contact: <sip:bob@new.example.net>"));

        Found.Once("redirect-not-followed", "10.0.0.2:5060 redirected to bob@new.example.net with 302 Moved Temporarily, and nobody followed.", 2, call);
        Found.None("redirect-not-followed", Scenarios.Get("C7"));
    }

    static Message[] Refused(int code, string phrase, int after) => Scenarios.Parse(string.Create(
        CultureInfo.InvariantCulture,
        $"0 > INVITE sip:bob@example.net SIP/2.0 ;cs=1 br=a tt=- | {after} < SIP/2.0 {code} {phrase} ;cs=1/INVITE br=a tt=b | {after + 5} > ACK sip:bob@example.net SIP/2.0 ;cs=1 br=a tt=b"));
}
