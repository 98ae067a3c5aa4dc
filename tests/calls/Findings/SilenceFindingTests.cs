namespace Homer.Search.Tests.Calls;

public sealed class SilenceFindingTests
{
    static readonly string[] Normal = ["C1", "C2", "C3", "C7", "C8", "C10"];

    [Fact]
    public void A_normal_call_has_no_findings() => Assert.All(Normal, scenario => Assert.Empty(Found.In(Scenarios.Get(scenario))));

    [Fact]
    public void A_normal_call_over_a_proxy_seen_by_two_agents_has_none() => Assert.All(
        Normal, scenario => Assert.Empty(Found.In([.. Scenarios.Get(scenario).ThroughProxy().SeenBy("edge-2", 2, 3)])));

    [Fact]
    public void Nobody_answers()
    {
        Message[] call = Scenarios.Get("C6");

        Found.Once("no-answer", "10.0.0.2:5060 never answered the INVITE from 10.0.0.1:5060, which was sent 7 times in 31.5 s.", 7, call);
        Found.None("no-answer", call, now: 40_000);
    }

    [Fact]
    public void Only_the_hop_that_is_silent_is_blamed()
    {
        Message[] call = Scenarios.Parse("0 > INVITE sip:bob@example.net SIP/2.0 ;cs=1 br=a tt=- | 5 < SIP/2.0 100 Trying ;cs=1/INVITE br=a tt=-");
        Message[] forwarded = [.. call, call[0] with { Milliseconds = 7, From = Hops.ProxyIn, To = Hops.Next, Branch = "z9hG4bK-further", ViaCount = 2 }];

        Found.Once("no-answer", "10.0.0.9:5060 never answered the INVITE from 10.0.0.2:5060.", 1, forwarded);
        Found.None("no-final-answer", forwarded);
    }

    [Fact]
    public void It_rings_for_ever()
    {
        Message[] call = Scenarios.Get("C1")[..3];

        Found.Once("no-final-answer", "After 180 Ringing nothing more came from 10.0.0.2:5060: the INVITE has no final answer.", 2, call);
        Found.None("no-final-answer", call, now: 100_000);
    }

    [Fact]
    public void BYE_is_not_answered() => Found.Once(
        "unanswered-bye", "10.0.0.2:5060 never answered the BYE from 10.0.0.1:5060, sent twice.", 2,
        Scenarios.Get("C9").Without(message => !message.IsRequest && message.CSeqMethod == "BYE"));

    [Fact]
    public void A_change_of_the_session_is_not_answered() => Found.Once(
        "unanswered-in-dialog", "10.0.0.2:5060 did not answer the INVITE that 10.0.0.1:5060 sent within the call.", 1,
        Scenarios.Get("C10").Without(message => message.CSeq == 2 && (!message.IsRequest || message.CSeqMethod == "ACK")));

    [Fact]
    public void ACK_never_arrives_and_the_callee_gives_up()
    {
        Message[] call = Scenarios.Parse(
            """
            0 > INVITE sip:bob@example.net SIP/2.0 ;cs=1 br=a tt=- | 100 < SIP/2.0 180 Ringing ;cs=1/INVITE br=a tt=b
            5000,5500,6500,8500,12500,16500,20500,24500,28500,32500,36500 < SIP/2.0 200 OK ;cs=1/INVITE br=a tt=b
            37000 < BYE sip:alice@example.com SIP/2.0 ;cs=1 br=c tt=a | 37010 > SIP/2.0 200 OK ;cs=1/BYE br=c tt=a
            """);

        Found.Once(
            "missing-ack", "No ACK came from 10.0.0.1:5060 for 200 OK, which 10.0.0.2:5060 sent 11 times, and 10.0.0.2:5060 gave up with BYE 32.0 s after its answer.", 12, call);
        Found.None("missing-ack", Scenarios.Get("C9"));
    }

    [Fact]
    public void A_failure_is_repeated_until_its_ACK_comes() => Found.Once(
        "failure-not-acknowledged", "10.0.0.2:5060 sent 486 Busy Here 3 times and got no ACK from 10.0.0.1:5060.", 3,
        Scenarios.Parse("0 > INVITE sip:bob@example.net SIP/2.0 ;cs=1 br=a tt=- | 20 < SIP/2.0 100 Trying ;cs=1/INVITE br=a tt=- | 300,800,1800 < SIP/2.0 486 Busy Here ;cs=1/INVITE br=a tt=b"));

    [Fact]
    public void A_reliable_progress_is_not_confirmed()
    {
        Message[] call = [.. Scenarios.Parse("0 > INVITE sip:bob@example.net SIP/2.0 ;cs=1 br=a tt=- | 400,900,1900 < SIP/2.0 183 Session Progress ;cs=1/INVITE br=a tt=b")
            .Select(message => message.IsRequest ? message.Header("Supported: 100rel") : message.Header("Require: 100rel").Header("RSeq: 988789"))];

        Found.Once(
            "missing-prack", "10.0.0.2:5060 sent the reliable 183 Session Progress 3 times, and 10.0.0.1:5060 never confirmed it with PRACK.", 3, call);
        Found.None("missing-prack", [.. call, .. Scenarios.Parse("950 > PRACK sip:bob@example.net SIP/2.0 ;cs=2 br=p tt=b")]);
    }
}
