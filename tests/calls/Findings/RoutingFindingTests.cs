namespace Homer.Search.Tests.Calls;

public sealed class RoutingFindingTests
{
    [Fact]
    public void A_call_runs_in_a_circle()
    {
        Message[] call = Scenarios.Parse("0 > INVITE sip:bob@example.net SIP/2.0 ;cs=1 br=a tt=- | 300 < SIP/2.0 483 Too Many Hops ;cs=1/INVITE br=a tt=b");

        Found.Once(
            "loop", "The INVITE ran in a circle until 10.0.0.2:5060 said 483 Too Many Hops; by then it had passed 14 hops.", 2,
            [.. call.Select(message => message with { ViaCount = 14 })]);
    }

    [Fact]
    public void Few_hops_are_left() => Found.Once(
        "max-forwards-nearly-used", "The INVITE reached 10.0.0.2:5060 with only 3 hops left to go.", 1,
        Scenarios.Get("C3").With(0, message => message.Header("Max-Forwards: 3")));

    [Fact]
    public void A_proxy_does_not_count_down()
    {
        Message[] call = [.. Scenarios.Get("C3").With(0, message => message.Header("Max-Forwards: 70")).ThroughProxy()];

        Found.Once("max-forwards-not-decreased", "10.0.0.2:5060 sent the INVITE on with Max-Forwards 70, having got it with 70.", 2, call);
        Found.None("max-forwards-not-decreased", call.With(1, message => message with { Headers = "Max-Forwards: 69\r\n" }));
    }

    [Fact]
    public void A_request_comes_back_to_where_it_was()
    {
        Message[] call = [.. Scenarios.Get("C3").ThroughProxy()];
        Message back = call[1] with { Milliseconds = 3, From = Hops.Next, To = Hops.ProxyIn, ViaCount = 3, Branch = "z9hG4bK-back" };

        Found.Once("request-came-back", "The same INVITE reached 10.0.0.2:5060 twice, each time over more hops.", 2, [.. call, back]);
    }

    [Fact]
    public void A_proxy_tries_the_next_target()
    {
        Message[] call = [.. Scenarios.Get("C5").ThroughProxy()];
        Message other = call[1] with { Milliseconds = 16, To = "10.0.0.10:5060", Branch = "z9hG4bK-other" };
        Message busy = other with { Milliseconds = 50, From = other.To, To = other.From, StartLine = "SIP/2.0 486 Busy Here", ToTag = "c" };

        Found.Once(
            "failed-over", "10.0.0.2:5060 sent the call to 10.0.0.10:5060 after 10.0.0.9:5060 answered 503 Service Unavailable.", 3, [.. call, other, busy]);
    }
}
