using Homer.Search.Calls;
using Homer.Search.Store;

namespace Homer.Search.Tests.Calls;

public sealed class OutcomeTests
{
    [Theory]
    [InlineData("480 Temporarily Unavailable", "", false, CallOutcome.Unavailable)]
    [InlineData("480 Temporarily Unavailable", "", true, CallOutcome.RingNoAnswer)]
    [InlineData("408 Request Timeout", "", false, CallOutcome.Timeout)]
    [InlineData("408 Request Timeout", "", true, CallOutcome.RingNoAnswer)]
    [InlineData("487 Request Terminated", "", true, CallOutcome.RingNoAnswer)]
    [InlineData("404 Not Found", "", false, CallOutcome.NumberError)]
    [InlineData("302 Moved Temporarily", "", false, CallOutcome.Redirect)]
    [InlineData("407 Proxy Authentication Required", "", false, CallOutcome.AuthFailed)]
    [InlineData("488 Not Acceptable Here", "", false, CallOutcome.MediaReject)]
    [InlineData("483 Too Many Hops", "", false, CallOutcome.Protocol)]
    [InlineData("500 Server Internal Error", "", false, CallOutcome.ServerError)]
    [InlineData("603 Decline", "", false, CallOutcome.Declined)]
    [InlineData("600 Busy Everywhere", "", false, CallOutcome.Busy)]
    [InlineData("486 Busy Here", "Q.850;cause=34", false, CallOutcome.Capacity)]
    [InlineData("480 Temporarily Unavailable", "Q.850;cause=17;text=\"User busy\"", false, CallOutcome.Busy)]
    [InlineData("480 Temporarily Unavailable", "Q.850;cause=20", true, CallOutcome.Unavailable)]
    [InlineData("403 Forbidden", "Q.850;cause=21;location=U", false, CallOutcome.Declined)]
    [InlineData("403 Forbidden", "Q.850;cause=21;location=LN", false, CallOutcome.AuthFailed)]
    [InlineData("500 Server Internal Error", "Q.850;cause=1", false, CallOutcome.NumberError)]
    [InlineData("503 Service Unavailable", "Q.850;cause=102", false, CallOutcome.Timeout)]
    [InlineData("503 Service Unavailable", "SIP;cause=17", false, CallOutcome.Capacity)]
    public void A_final_answer_has_its_class(string status, string reason, bool rang, CallOutcome outcome)
    {
        Message[] busy = Scenarios.Get("C3");
        Message final = busy[2] with { StartLine = $"SIP/2.0 {status}", Headers = reason.Length > 0 ? $"Reason: {reason}\r\n" : "" };
        Message ringing = busy[1] with { StartLine = "SIP/2.0 180 Ringing", Milliseconds = 100, ToTag = "b" };

        CallView call = Folding.Call(rang ? [busy[0], busy[1], ringing, final] : [busy[0], busy[1], final]);

        Assert.Equal(outcome, call.Outcome);
        Assert.Equal(status[4..], call.ReasonPhrase);
        Assert.Equal(reason.Length > 0 ? reason.Split(';')[0] : null, call.Reason?.Protocol);
    }

    [Fact]
    public void A_late_200_wins_over_the_cancel()
    {
        Message[] cancelled = Scenarios.Get("C4");
        Message answer = cancelled[2] with { StartLine = "SIP/2.0 200 OK", Milliseconds = 30_910 };

        Assert.Equal(CallOutcome.Answered, Folding.Call([.. cancelled, answer]).Outcome);
        Assert.Equal(CallState.InCall, Folding.Call([.. cancelled[..5], answer]).State);
    }

    [Fact]
    public void Of_two_byes_that_cross_the_earlier_ends_the_call()
    {
        Message[] call = Scenarios.Get("C1");
        Message bye = call[5] with { From = Scenarios.Callee, To = Scenarios.Caller, FromTag = "b", ToTag = "a", Branch = "z9hG4bK-x", Milliseconds = 66_190, CSeq = 1 };

        CallView crossed = Folding.Call([.. call, bye]);

        Assert.Equal(Side.Callee, crossed.ReleasedBy);
        Assert.Equal(59_990, crossed.DurationMs);
    }

    [Fact]
    public void Glare_of_two_re_invites_is_no_new_attempt()
    {
        Message[] call = Scenarios.Get("C10");
        Message other = call[5] with { From = Scenarios.Callee, To = Scenarios.Caller, FromTag = "b", ToTag = "a", CSeq = 50, Branch = "z9hG4bK-g" };
        Message refusal = other with { From = Scenarios.Caller, To = Scenarios.Callee, StartLine = "SIP/2.0 491 Request Pending", Milliseconds = 20_010 };

        CallView glare = Folding.Call([.. call, other, refusal]);

        Assert.Equal((CallOutcome.Answered, 1, 180_000L), (glare.Outcome, glare.InviteCount, glare.DurationMs));
    }

    [Fact]
    public void The_bye_to_a_second_answer_does_not_end_the_call()
    {
        Message[] call = Scenarios.Get("C8");
        Message second = call[4] with { Milliseconds = 5_020, ToTag = "b1" };
        Message bye = call[6] with { Milliseconds = 5_040, ToTag = "b1", Branch = "z9hG4bK-second" };

        Assert.Equal(90_000, Folding.Call([.. call, second, bye]).DurationMs);
    }

    [Theory]
    [InlineData("Q.850;cause=16", CallOutcome.Answered)]
    [InlineData("Q.850;cause=41", CallOutcome.Dropped)]
    public void A_bye_because_of_a_failure_is_a_dropped_call(string reason, CallOutcome outcome)
    {
        Message[] call = Scenarios.Get("C1");
        call = [.. call[..5], call[5] with { Headers = $"Reason: {reason}\r\n" }, call[6]];

        Assert.Equal(outcome, Folding.Call(call).Outcome);
    }

    [Fact]
    public void A_retry_after_32_seconds_is_a_new_attempt()
    {
        Message[] call = Scenarios.Get("C2");
        Message[] late = [.. call.Select((message, index) => index < 3 ? message : message with { Milliseconds = message.Milliseconds + 32_000 })];

        CallSummary summary = Folding.Summary(late);

        Assert.Equal(2, summary.Attempts);
        Assert.Equal(1_500_000_000, summary.RingDelay);
    }

    [Fact]
    public void A_call_whose_beginning_was_not_captured_is_incomplete()
    {
        CallView call = Folding.Call(Scenarios.Get("C1")[4..], 1_000_000);

        Assert.Equal((CallOutcome.Incomplete, CallState.Completed, "INVITE"), (call.Outcome, call.State, call.Method));
        Assert.Equal("alice", call.Caller);
    }

    [Fact]
    public void Withdrawing_a_registration_is_told_apart()
    {
        Message[] registration = [.. Scenarios.Get("R1").Select(message => message with { Headers = "Expires: 0\r\n" })];

        Assert.Equal(CallOutcome.Unregistered, Folding.Call(registration).Outcome);
    }

    [Fact]
    public void A_row_bears_who_called_whom_and_by_what()
    {
        Message invite = Scenarios.Get("C1")[0] with
        {
            StartLine = "INVITE sip:+4930123456@example.net SIP/2.0",
            Headers = "P-Asserted-Identity: <sip:+49401111@example.com>\r\nUser-Agent: phone/1\r\nX-CID: other-leg\r\nDiversion: <sip:200@example.com>\r\n"
                + "Session-ID: ab30317f1a784dc48ff824d0d3715d86;remote=00000000000000000000000000000000\r\n"
                + "P-Charging-Vector: icid-value=\"1234bc9876e\";orig-ioi=home1.net\r\nReplaces: x@y;to-tag=1;from-tag=2\r\nContent-Type: application/sdp\r\n",
            Body = "v=0\r\nc=IN IP4 10.0.0.1\r\nm=audio 4000 RTP/AVP 8 0\r\n",
            CorrelationId = "agent-id",
        };

        Document call = Folding.Call([invite, .. Scenarios.Get("C1")[1..]]).Document;

        Assert.Equal("+49401111", call.Text(Fields.Caller));
        Assert.Equal("+4930123456", call.Text(Fields.Callee));
        Assert.Equal("alice", call.Text(Fields.FromUser));
        Assert.Equal("bob", call.Text(Fields.ToUser));
        Assert.Equal("200", call.Text(Fields.DiversionUser));
        Assert.Equal("phone/1", call.Text(Fields.UserAgent));
        Assert.Equal("edge-1", call.Text(Fields.AgentName));
        Assert.Equal("udp", call.Text(Fields.NetworkTransport));
        Assert.Equal("2xx", call.Text(Fields.ResponseClass));
        Assert.Equal(["PCMA", "PCMU"], call.Many(Fields.Codecs));
        Assert.Equal(
            ["correlation-id=agent-id", "icid=1234bc9876e", "replaces=x@y", "session-id=ab30317f1a784dc48ff824d0d3715d86", "x-cid=other-leg"],
            call.Many(Fields.Identifiers));
    }
}
