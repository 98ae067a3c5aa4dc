namespace Homer.Search.Tests.Calls;

public sealed class DelayFindingTests
{
    [Fact]
    public void A_request_is_sent_again_before_its_first_response()
    {
        Message[] call = Scenarios.Get("C9").Without(message => message is { IsRequest: true, CSeqMethod: "BYE", Milliseconds: > 50_000 });

        Found.Once("sent-again", "INVITE was sent twice from 10.0.0.1:5060 to 10.0.0.2:5060; the first response came after 0.62 s.", 3, call);
    }

    [Fact]
    public void The_first_response_is_slow() => Found.Once(
        "slow-first-response", "10.0.0.2:5060 took 3.2 s for its first response to the INVITE.", 2,
        Scenarios.Parse("0 > INVITE sip:bob@example.net SIP/2.0 ;cs=1 br=a tt=- | 3200 < SIP/2.0 486 Busy Here ;cs=1/INVITE br=a tt=b"));

    [Fact]
    public void The_caller_waits_long_for_ringing() => Found.Once(
        "long-post-dial-delay", "The caller heard nothing for 12.5 s.", 2,
        Scenarios.Parse(
            """
            0 > INVITE sip:bob@example.net SIP/2.0 ;cs=1 br=a tt=- | 50 < SIP/2.0 100 Trying ;cs=1/INVITE br=a tt=-
            12500 < SIP/2.0 180 Ringing ;cs=1/INVITE br=a tt=b | 15000 < SIP/2.0 486 Busy Here ;cs=1/INVITE br=a tt=b
            """));

    [Fact]
    public void The_caller_gives_up_before_it_rings()
    {
        Message[] call = Scenarios.Parse(
            """
            0 > INVITE sip:bob@example.net SIP/2.0 ;cs=1 br=a tt=- | 50 < SIP/2.0 100 Trying ;cs=1/INVITE br=a tt=-
            14000 > CANCEL sip:bob@example.net SIP/2.0 ;cs=1 br=a tt=- | 14010 < SIP/2.0 200 OK ;cs=1/CANCEL br=a tt=-
            14020 < SIP/2.0 487 Request Terminated ;cs=1/INVITE br=a tt=b | 14025 > ACK sip:bob@example.net SIP/2.0 ;cs=1 br=a tt=b
            """);

        Found.Once("abandoned-before-ringing", "The caller hung up after 14.02 s in which it never rang.", 2, call);
        Found.None("abandoned-before-ringing", Scenarios.Get("C4"));
    }

    [Fact]
    public void A_call_is_over_as_soon_as_it_is_answered() => Found.Once(
        "ended-at-once", "The callee hung up only 0.8 s after the answer.", 2,
        Scenarios.Parse(
            """
            0 > INVITE sip:bob@example.net SIP/2.0 ;cs=1 br=a tt=- | 700 < SIP/2.0 180 Ringing ;cs=1/INVITE br=a tt=b
            1700 < SIP/2.0 200 OK ;cs=1/INVITE br=a tt=b | 1710 > ACK sip:bob@example.net SIP/2.0 ;cs=1 br=k tt=b
            2500 < BYE sip:alice@example.com SIP/2.0 ;cs=1 br=c tt=a | 2510 > SIP/2.0 200 OK ;cs=1/BYE br=c tt=a
            """));
}
