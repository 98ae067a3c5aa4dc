namespace Homer.Search.Tests.Calls;

public sealed class MediaFindingTests
{
    const int Offer = 0;
    const int Answer = 3;

    [Fact]
    public void Both_sides_have_no_codec_in_common()
    {
        Message[] call = Scenarios.Parse("0 > INVITE sip:bob@example.net SIP/2.0 ;cs=1 br=a tt=- | 300 < SIP/2.0 488 Not Acceptable Here ;cs=1/INVITE br=a tt=b")
            .With(Offer, message => message.Sdp("10.0.0.1", "G729 G723")).With(1, message => message.Header("Warning: 305 x \"Incompatible media format\""));

        Found.Once(
            "no-common-codec",
            "10.0.0.2:5060 refused the media with 488 Not Acceptable Here (305 x \"Incompatible media format\"); offered was G729, G723.", 2, call);
    }

    [Fact]
    public void An_answer_takes_nothing_of_what_was_offered()
    {
        Found.Once(
            "codec-not-offered", "10.0.0.2:5060 answered with G729, telephone-event, nothing of which for voice 10.0.0.1:5060 had offered (PCMU, PCMA, telephone-event).", 2,
            Call("PCMU PCMA telephone-event", "G729 telephone-event"));
        Found.None("codec-not-offered", Call("PCMU PCMA", "PCMU G729"));
    }

    [Fact]
    public void Keypad_tones_have_no_way()
    {
        Found.Once(
            "dtmf-not-agreed", "10.0.0.1:5060 offered telephone-event for keypad tones, and 10.0.0.2:5060 did not take it.", 2, Call("PCMU telephone-event", "PCMU"));
        Assert.Empty(Found.In(Call("PCMU telephone-event", "PCMU telephone-event")));
    }

    [Fact]
    public void An_answer_says_nothing_of_media() => Found.Once(
        "answer-without-sdp", "10.0.0.2:5060 answered the offer with 200 OK and no session description.", 2,
        Scenarios.Get("C1").With(Offer, message => message.Sdp("10.0.0.1", "PCMU")));

    [Fact]
    public void The_description_may_come_early() => Found.None(
        "answer-without-sdp",
        Scenarios.Get("C1").With(Offer, message => message.Sdp("10.0.0.1", "PCMU")).With(2, message => message.Sdp("10.0.0.2", "PCMU")));

    [Theory]
    [InlineData("sendonly", "it will not listen")]
    [InlineData("recvonly", "it will not speak")]
    [InlineData("inactive", "no voice flows either way")]
    public void One_side_does_not_listen_from_the_start(string direction, string meaning) => Found.Once(
        "one-way-from-start", $"The answer of 10.0.0.2:5060 says {direction}: {meaning}.", 2, Call("PCMU", "PCMU", direction));

    [Fact]
    public void Voice_is_wanted_at_a_private_address()
    {
        Message[] call = Scenarios.Get("C1").With(Offer, message => message.Sdp("192.168.1.5", "PCMU"))
            .With(Answer, message => message.Sdp("198.51.100.2", "PCMU")).OnTheInternet();

        Found.Once(
            "private-media-address", "203.0.113.1:5060 asks for voice at the private address 192.168.1.5, which 198.51.100.2:5060 cannot reach.", 1, call);
        Found.None("private-media-address", Call("PCMU", "PCMU"));
    }

    [Fact]
    public void A_proxy_that_relays_the_voice_mends_it()
    {
        Message[] call = [.. Scenarios.Get("C1").With(Offer, message => message.Sdp("192.168.1.5", "PCMU")).ThroughProxy().Select(message => message with
        {
            From = message.From.Replace("10.0.0.", "203.0.113.", StringComparison.Ordinal),
            To = message.To.Replace("10.0.0.", "203.0.113.", StringComparison.Ordinal),
        })];

        Found.Once("private-media-address", "203.0.113.2:5060 asks for voice at the private address 192.168.1.5, which 203.0.113.9:5060 cannot reach.", 1, call);
        Found.None("private-media-address", call.With(1, message => (message with { Headers = "", Body = "" }).Sdp("203.0.113.77", "PCMU")));
    }

    [Fact]
    public void Later_requests_will_go_to_a_private_address() => Found.Once(
        "private-contact", "198.51.100.2:5060 gives the private address 192.168.7.20 as its Contact in 200 OK; later requests will be sent there.", 1,
        Scenarios.Get("C1").With(Answer, message => message.Header("Contact: <sip:bob@192.168.7.20:5060>")).OnTheInternet());

    [Fact]
    public void A_router_changes_messages_that_only_pass_it()
    {
        Message inside = Scenarios.Get("C3")[0].Header("Contact: <sip:alice@192.168.1.5:5060>") with { From = "192.168.1.5:5060", To = "198.51.100.2:5060" };
        Message outside = (inside with { Headers = "", Milliseconds = 1, From = "203.0.113.1:61234", Agent = "core" }).Header("Contact: <sip:alice@203.0.113.1:61234>");

        Found.Once(
            "sip-alg",
            "Between 192.168.1.5:5060 and 198.51.100.2:5060 the INVITE was rewritten without a proxy: Contact was 192.168.1.5 and became 203.0.113.1.", 2,
            [inside, outside]);
        Found.None("sip-alg", [inside, outside with { Headers = inside.Headers }]);
    }

    static Message[] Call(string offered, string answered, string direction = "sendrecv") => Scenarios.Get("C1")
        .With(Offer, message => message.Sdp("10.0.0.1", offered)).With(Answer, message => message.Sdp("10.0.0.2", answered, direction));
}
