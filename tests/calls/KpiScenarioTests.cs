using Homer.Search.Calls;
using Homer.Search.Store;
using Homer.Search.Tests.Indicators;

namespace Homer.Search.Tests.Calls;

/// <summary>The scenarios of RFC 6076 and their expected values, computed by hand.</summary>
public sealed class KpiScenarioTests
{
    static readonly string[] Calls = ["C1", "C2", "C3", "C4", "C5", "C6", "C7", "C8", "C9", "C10"];

    /// <summary>Long enough after the last message for every timeout.</summary>
    const double Later = 1_000_000;

    [Theory]
    [InlineData("C1", 1, 200, CallState.Completed, CallOutcome.Answered, 1200, 6200, 60_000, 40, Side.Caller)]
    [InlineData("C2", 2, 200, CallState.Completed, CallOutcome.Answered, 1540, 4540, 30_000, 20, Side.Callee)]
    [InlineData("C3", 1, 486, CallState.Busy, CallOutcome.Busy, null, 300, null, null, Side.Callee)]
    [InlineData("C4", 1, 487, CallState.Cancelled, CallOutcome.CancelledCaller, 900, 30_930, null, null, Side.Caller)]
    [InlineData("C5", 1, 503, CallState.Rejected, CallOutcome.Capacity, null, 15, null, null, Side.Network)]
    [InlineData("C6", 1, null, CallState.TimedOut, CallOutcome.Timeout, null, 32_000, null, null, Side.Network)]
    [InlineData("C7", 2, 200, CallState.Completed, CallOutcome.Answered, 1050, 3050, 120_000, 40, Side.Caller)]
    [InlineData("C8", 1, 200, CallState.Completed, CallOutcome.Answered, 800, 5000, 90_000, 30, Side.Caller)]
    [InlineData("C9", 1, 200, CallState.Completed, CallOutcome.Answered, 1800, 4800, 45_000, 540, Side.Caller)]
    [InlineData("C10", 1, 200, CallState.Completed, CallOutcome.Answered, 700, 2700, 180_000, 35, Side.Caller)]
    public void A_call_tells_its_outcome_and_its_times(
        string scenario, int invites, int? code, CallState state, CallOutcome outcome, int? ringDelay, int setup, int? duration, int? disconnectDelay, Side side)
    {
        CallView call = Folding.Call(Scenarios.Get(scenario), Later);

        Assert.Equal("INVITE", call.Method);
        Assert.Equal(invites, call.InviteCount);
        Assert.Equal(1, Folding.Summary(Scenarios.Get(scenario)).Attempts);
        Assert.Equal(code, call.FinalCode);
        Assert.Equal(state, call.State);
        Assert.Equal(outcome, call.Outcome);
        Assert.Equal(ringDelay, call.RingDelayMs);
        Assert.Equal(setup, call.SetupMs);
        Assert.Equal(duration, call.DurationMs);
        Assert.Equal(disconnectDelay, call.DisconnectDelayMs);
        Assert.Equal(side, call.ReleasedBy);
        Assert.Equal(Scenarios.Get(scenario).Length, call.MessageCount);
    }

    [Theory]
    [InlineData("C1", 1200, null, 1200, true, true, false, true, false, true)]
    [InlineData("C2", 1540, null, 1540, true, true, false, true, false, true)]
    [InlineData("C3", null, 300, null, false, true, false, true, false, false)]
    [InlineData("C4", null, 900, 900, false, false, false, true, false, false)]
    [InlineData("C5", null, 15, null, false, false, true, false, true, false)]
    [InlineData("C6", null, null, null, false, false, true, false, true, false)]
    [InlineData("C7", 1050, null, 1050, true, true, false, true, false, true)]
    [InlineData("C8", 800, null, 800, true, true, false, true, false, true)]
    [InlineData("C9", 1800, null, 1800, true, true, false, true, false, true)]
    [InlineData("C10", 700, null, 700, true, true, false, true, false, true)]
    public void A_call_counts_in_its_ratios(
        string scenario, int? delay, int? delayFailed, int? postDialDelay, bool ser, bool seer, bool isa, bool ner, bool failed, bool scr)
    {
        CallKpi kpi = CallKpi.Of(Folding.Call(Scenarios.Get(scenario), Later));

        Assert.Equal(delay, kpi.SessionRequestDelayMs);
        Assert.Equal(delayFailed, kpi.FailedSessionRequestDelayMs);
        Assert.Equal(postDialDelay, kpi.PostDialDelayMs);
        Assert.Equal((ser, seer, isa, ner, failed, scr), (kpi.IsEstablished, kpi.IsEffective, kpi.IsIneffective, kpi.IsNetworkEffective, kpi.IsNetworkFailure, kpi.IsCompleted));
    }

    [Fact]
    public void All_ten_calls_together_give_the_totals()
    {
        CallKpi[] calls = [.. Calls.Select(scenario => CallKpi.Of(Folding.Call(Scenarios.Get(scenario), Later)))];

        Assert.Equal(6, calls.Count(call => call.IsEstablished));
        Assert.Equal(7, calls.Count(call => call.IsEffective));
        Assert.Equal(2, calls.Count(call => call.IsIneffective));
        Assert.Equal(8, calls.Count(call => call.IsNetworkEffective));
        Assert.Equal(2, calls.Count(call => call.IsNetworkFailure));
        Assert.Equal(6, calls.Count(call => call.IsCompleted));
        Assert.Equal(0, calls.Count(call => call.IsRedirect));
        Assert.Equal(7090, calls.Sum(call => call.SessionRequestDelayMs));
        Assert.Equal(1215, calls.Sum(call => call.FailedSessionRequestDelayMs));
        Assert.Equal(7990, calls.Sum(call => call.PostDialDelayMs));
        Assert.Equal(525_000, calls.Sum(call => call.SessionDurationMs));
        Assert.Equal(705, calls.Sum(call => call.SessionDisconnectDelayMs));
        Assert.Equal(614_535, calls.Sum(call => call.HoldingMs));
        Assert.Equal(12, Calls.Sum(scenario => Folding.Call(Scenarios.Get(scenario)).InviteCount));
    }

    [Theory]
    [InlineData("C6", 6)]
    [InlineData("C9", 4)]
    [InlineData("C10", 0)]
    public void Messages_sent_again_are_counted(string scenario, int retransmissions) =>
        Assert.Equal(retransmissions, Folding.Call(Scenarios.Get(scenario)).RetransmissionCount);

    [Fact]
    public void A_forked_call_tells_when_each_branch_rang() =>
        Assert.Equal([800_000_000L, 950_000_000L], Folding.Summary(Scenarios.Get("C8")).RingDelays);

    [Fact]
    public void A_registration_lasts_from_its_first_request_to_the_answer()
    {
        CallView registration = Folding.Call(Scenarios.Get("R1"));

        Assert.Equal("REGISTER", registration.Method);
        Assert.Equal(CallState.Completed, registration.State);
        Assert.Equal(CallOutcome.Registered, registration.Outcome);
        Assert.Equal(60, registration.SetupMs);
        Assert.Equal(2, registration.InviteCount);
        Assert.False(CallKpi.Of(registration).IsIneffectiveRegistration);
    }

    [Fact]
    public void A_refused_registration_is_an_ineffective_attempt()
    {
        CallView registration = Folding.Call(Scenarios.Get("R2"));

        Assert.Equal(CallState.Rejected, registration.State);
        Assert.Equal(CallOutcome.AuthFailed, registration.Outcome);
        Assert.Equal(403, registration.FinalCode);
        Assert.True(CallKpi.Of(registration).IsIneffectiveRegistration);
    }

    [Fact]
    public void A_registration_that_ends_in_a_second_challenge_is_no_ineffective_attempt()
    {
        Message[] messages = Scenarios.Get("R2");
        messages = [.. messages[..3], messages[3] with { StartLine = "SIP/2.0 401 Unauthorized" }];

        CallView registration = Folding.Call(messages);

        Assert.Equal(CallOutcome.AuthFailed, registration.Outcome);
        Assert.False(CallKpi.Of(registration).IsIneffectiveRegistration);
    }

    [Theory]
    [InlineData(31_999, CallState.Calling, CallOutcome.Pending)]
    [InlineData(32_000, CallState.TimedOut, CallOutcome.Timeout)]
    public void A_call_without_an_answer_times_out_after_32_seconds(double now, CallState state, CallOutcome outcome)
    {
        CallView call = Folding.Call(Scenarios.Get("C6"), now);

        Assert.Equal((state, outcome), (call.State, call.Outcome));
        Assert.Equal("pending", call.Document.Text(Fields.CallOutcome));
    }
}
