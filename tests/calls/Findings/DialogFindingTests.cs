namespace Homer.Search.Tests.Calls;

public sealed class DialogFindingTests
{
    [Fact]
    public void One_side_has_forgotten_the_call() => Found.Once(
        "unknown-dialog", "10.0.0.2:5060 does not know the call that the BYE from 10.0.0.1:5060 belongs to: 481 Call/Transaction Does Not Exist.", 2,
        Scenarios.Get("C1").With(6, message => message with { StartLine = "SIP/2.0 481 Call/Transaction Does Not Exist" }));

    [Fact]
    public void Two_devices_pick_up() => Found.Once(
        "answered-twice", "2 devices answered the same INVITE within 0.2 s.", 2,
        [.. Scenarios.Get("C8"), .. Scenarios.Parse("5200 < SIP/2.0 200 OK ;cs=1/INVITE br=a tt=b1")]);

    [Fact]
    public void The_caller_cancels_too_late() => Found.Once(
        "cancel-too-late", "10.0.0.1:5060 cancelled, but the callee had answered already (200 OK).", 2,
        [.. Scenarios.Get("C1"), .. Scenarios.Parse("6195 > CANCEL sip:bob@example.net SIP/2.0 ;cs=1 br=a tt=- | 6205 < SIP/2.0 200 OK ;cs=1/CANCEL br=a tt=-")]);

    [Theory]
    [InlineData("90;refresher=uac", "10.0.0.1:5060 hung up 60.0 s after the session timer of 90 s was last set: it was not refreshed.")]
    [InlineData("60", "10.0.0.1:5060 hung up 60.0 s after the session timer of 60 s was last set: it was not refreshed.")]
    public void A_session_is_not_refreshed(string interval, string sentence) =>
        Found.Once("session-timer-expired", sentence, 2, Scenarios.Get("C1").With(3, message => message.Header($"Session-Expires: {interval}")));

    [Fact]
    public void A_call_that_ends_before_its_timer_is_a_normal_one() =>
        Found.None("session-timer-expired", Scenarios.Get("C1").With(3, message => message.Header("Session-Expires: 1800;refresher=uac")));

    [Fact]
    public void A_call_is_ended_by_the_network() => Found.Once(
        "released-by-failure", "10.0.0.1:5060 ended the call with Q.850 cause 38 (Network out of order), not because a person hung up.", 1,
        [.. Scenarios.Get("C1").With(5, message => message.Header("Reason: Q.850;cause=38;text=\"Network out of order\"")).ThroughProxy()]);

    [Fact]
    public void Normal_clearing_is_no_failure() =>
        Found.None("released-by-failure", Scenarios.Get("C1").With(5, message => message.Header("Reason: Q.850;cause=16;text=\"Normal call clearing\"")));

    [Theory]
    [InlineData("message/sipfrag")]
    [InlineData("message/sipfrag;version=2.0")]
    [InlineData("Message/SipFrag; version=2.0")]
    public void A_transfer_fails(string type)
    {
        Message[] transfer = Scenarios.Parse(
            """
            20000 > REFER sip:bob@example.net SIP/2.0 ;cs=2 br=r tt=b | 20010 < SIP/2.0 202 Accepted ;cs=2/REFER br=r tt=b
            20500 < NOTIFY sip:alice@example.com SIP/2.0 ;cs=5 br=n tt=b | 20510 > SIP/2.0 200 OK ;cs=5/NOTIFY br=n tt=b
            """);
        Message[] call = [.. Scenarios.Get("C1"), .. transfer.With(2, message => message.Header($"Content-Type: {type}") with { Body = "SIP/2.0 486 Busy Here\r\n" })];

        Found.Once("transfer-failed", "The transfer that 10.0.0.1:5060 asked 10.0.0.2:5060 for failed: 486 Busy Here.", 1, call);
        Found.None("transfer-failed", call.With(9, message => message with { Body = "SIP/2.0 200 OK\r\n" }));
    }
}
