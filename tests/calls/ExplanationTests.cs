using Homer.Search.Calls;

namespace Homer.Search.Tests.Calls;

public sealed class ExplanationTests
{
    [Theory]
    [InlineData("C1", "Answered after 6.2 s (it rang after 1.2 s), the caller hung up after 1 min 0 s.")]
    [InlineData("C3", "Busy: callee 10.0.0.2:5060 answered 486 Busy Here after 0.3 s.")]
    [InlineData("C4", "Cancelled: the caller gave up after 30.93 s, 30.03 s of it ringing.")]
    [InlineData("C5", "No capacity: 10.0.0.2:5060 answered 503 Service Unavailable after 0.015 s.")]
    [InlineData("C6", "No answer at all: INVITE was sent 7 times in 31.5 s and nobody replied.")]
    [InlineData("R1", "Registered: 10.0.0.2:5060 answered 200 OK after 0.06 s.")]
    [InlineData("R2", "Not allowed: 10.0.0.2:5060 answered 403 Forbidden after 0.045 s.")]
    public void One_sentence_says_why(string scenario, string sentence) => Assert.Equal(sentence, Explain(Scenarios.Get(scenario)));

    [Fact]
    public void The_answer_is_put_down_to_whom_it_came_from_not_to_the_proxy() =>
        Assert.StartsWith("Busy: callee 10.0.0.9:5060 answered 486", Explain([.. Scenarios.Get("C3").ThroughProxy()]), StringComparison.Ordinal);

    [Fact]
    public void A_reason_header_is_quoted()
    {
        Message[] call = Scenarios.Get("C5");
        call = [call[0], call[1] with { Headers = "Reason: Q.850;cause=34;text=\"No circuit\"\r\n" }, call[2]];

        Assert.EndsWith("; Reason Q.850 cause 34 (No circuit).", Explain(call), StringComparison.Ordinal);
    }

    [Fact]
    public void Silence_after_100_is_told_apart_from_no_answer_at_all() => Assert.Equal(
        "No final answer: nothing followed 100 Trying within 32.0 s.", Explain(Scenarios.Get("C3")[..2]));

    [Fact]
    public void A_call_that_goes_on_says_so()
    {
        Assert.StartsWith("Calling:", Explain(Scenarios.Get("C1")[..2], 100), StringComparison.Ordinal);
        Assert.StartsWith("Ringing:", Explain(Scenarios.Get("C1")[..3], 2000), StringComparison.Ordinal);
        Assert.StartsWith("In call:", Explain(Scenarios.Get("C1")[..5], 60_000), StringComparison.Ordinal);
        Assert.StartsWith("Incomplete capture:", Explain(Scenarios.Get("C1")[5..], 60_000), StringComparison.Ordinal);
    }

    static string Explain(Message[] messages, double now = 1_000_000) => CallExplanation.Of(Folding.Call(messages, now), MessageDocuments.Of(messages));
}
