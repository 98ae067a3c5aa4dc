using Homer.Search.Calls;

namespace Homer.Search.Tests.Calls;

public sealed class HopTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(-5)]
    [InlineData(5)]
    public void A_call_through_a_proxy_is_told_from_the_callers_hop_whatever_the_clocks_say(double skew)
    {
        foreach (string name in (string[])["C1", "C2", "C3", "C4", "C5", "C7", "C8", "C9", "C10"])
        {
            Message[] scenario = Scenarios.Get(name);
            CallView alone = Folding.Call(scenario);

            CallView call = Folding.Call(scenario.ThroughProxy(skew == 0 ? "edge-1" : "core-1", skew));

            Assert.Equal(
                (alone.State, alone.Outcome, alone.FinalCode, alone.RingDelayMs, alone.SetupMs, alone.DurationMs, alone.DisconnectDelayMs, alone.ReleasedBy, alone.InviteCount),
                (call.State, call.Outcome, call.FinalCode, call.RingDelayMs, call.SetupMs, call.DurationMs, call.DisconnectDelayMs, call.ReleasedBy, call.InviteCount));
            Assert.Equal(Scenarios.Caller, call.Source!.ToString());
            Assert.Equal(Hops.ProxyIn, call.Destination!.ToString());
        }
    }

    [Fact]
    public void A_second_agent_on_the_hop_adds_messages_but_no_attempts_and_no_retransmissions()
    {
        CallView call = Folding.Call(Scenarios.Get("C6").SeenBy("edge-2", 2002, 3));

        Assert.Equal(14, call.MessageCount);
        Assert.Equal(6, call.RetransmissionCount);
        Assert.Equal(1, call.InviteCount);
    }

    [Fact]
    public void A_frame_captured_twice_within_two_milliseconds_is_no_retransmission()
    {
        Message[] call = Scenarios.Get("C3");

        CallView doubled = Folding.Call(call.SelectMany(message => new[] { message, message with { Milliseconds = message.Milliseconds + 0.05 } }));

        Assert.Equal(8, doubled.MessageCount);
        Assert.Equal(0, doubled.RetransmissionCount);
    }

    [Fact]
    public void An_answer_seen_only_on_a_further_hop_still_counts()
    {
        CallView call = Folding.Call(Scenarios.Get("C3").ThroughProxy().Where(message => message.From != Hops.ProxyIn || message.IsRequest));

        Assert.Equal(CallOutcome.Busy, call.Outcome);
    }

    [Fact]
    public void A_bye_that_goes_past_the_proxy_ends_the_call()
    {
        Message[] call = [.. Scenarios.Get("C1").Select(message =>
            message.CSeqMethod != "BYE" ? message : message with { From = message.IsRequest ? Scenarios.Caller : Hops.Next, To = message.IsRequest ? Hops.Next : Scenarios.Caller })];

        Assert.Equal(60_000, Folding.Call(call).DurationMs);
    }

    [Fact]
    public void Failures_of_forked_branches_behind_the_proxy_do_not_fail_the_call()
    {
        Message[] call = Scenarios.Get("C1");
        Message failure = call[2] with { StartLine = "SIP/2.0 486 Busy Here", Milliseconds = 3000, From = Hops.Next, To = Hops.ProxyIn, Branch = "z9hG4bK-f1", ToTag = "other", ViaCount = 2 };

        Assert.Equal(CallOutcome.Answered, Folding.Call([.. call, failure]).Outcome);
    }

    [Fact]
    public void One_agents_clock_is_believed_over_the_number_of_vias()
    {
        // A back-to-back user agent keeps the Call-ID and begins a new Via: its second leg has fewer.
        Message first = Scenarios.Get("C3")[0] with { ViaCount = 3 };
        Message second = first with { Milliseconds = 20, From = Hops.ProxyIn, To = Hops.Next, ViaCount = 1, Branch = "z9hG4bK-b2b" };

        Assert.Equal(Scenarios.Caller, Folding.Call([second, first]).Source!.ToString());
    }
}
