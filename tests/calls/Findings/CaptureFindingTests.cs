using System.Text;
using Homer.Search.Calls;
using Homer.Search.Protocol;

namespace Homer.Search.Tests.Calls;

public sealed class CaptureFindingTests
{
    [Fact]
    public void An_answer_is_stamped_before_its_request() => Found.Once(
        "clocks-disagree", "486 Busy Here is stamped 0.7 s before the INVITE it answers: the capture agents' clocks differ.", 2,
        Scenarios.Get("C3").With(2, message => message with { Milliseconds = -700, Agent = "core" }));

    [Fact]
    public void Only_one_direction_was_captured()
    {
        Message[] call = Scenarios.Get("C1");

        Found.Once("one-sided-capture", "Only requests were captured, and no response to them, though 10.0.0.1:5060 acknowledged one.", 2, call.Without(message => !message.IsRequest));
        Found.Once("one-sided-capture", "Only responses were captured, and no request they answer.", 1, call.Without(message => message.IsRequest));
    }

    [Fact]
    public void A_message_was_cut() => Found.Once(
        "cut-message", "A message was captured incompletely, first INVITE from 10.0.0.1:5060.", 1,
        Scenarios.Get("C3").With(0, message => message with { Headers = "Content-Length: 500\r\n" }));

    [Fact]
    public void A_request_is_too_large_for_UDP()
    {
        Message[] call = Scenarios.Get("C3").With(0, message => message.Header($"X-Padding: {new string('x', 1400)}"));
        int size = call[0].Bytes().Length;

        Found.Once("too-large-for-udp", $"The INVITE from 10.0.0.1:5060 to 10.0.0.2:5060 has {size} bytes, too many for one UDP packet.", 1, call);
        Found.None("too-large-for-udp", call.With(0, message => message with { Transport = TransportProtocol.Tcp }));
    }

    [Theory]
    [InlineData("sip:112@example.net")]
    [InlineData("urn:service:sos.fire")]
    public void Somebody_calls_for_help(string uri) => Found.Once(
        "emergency-call", $"An emergency call, to {uri}.", 1, Scenarios.Get("C3").With(0, message => message with { StartLine = $"INVITE {uri} SIP/2.0" }));

    [Fact]
    public void A_carrier_vouches_for_nothing()
    {
        string payload = Convert.ToBase64String(Encoding.ASCII.GetBytes("""{"attest":"C","iat":1}""")).TrimEnd('=');

        Found.Once(
            "weak-attestation", "The caller's number alice is attested C, as by a gateway that does not know the caller.", 1,
            Scenarios.Get("C3").With(0, message => message.Header($"Identity: eyJh.{payload}.c2ln;info=<https://x>;alg=ES256;ppt=shaken")));
    }

    [Fact]
    public void Rules_have_names_of_their_own_and_there_are_enough_of_them()
    {
        Assert.Equal(CallFindings.Names.Count, CallFindings.Names.Distinct().Count());
        Assert.True(CallFindings.Names.Count >= 30);
        Assert.All(CallFindings.Names, name => Assert.Matches("^[a-z]+(-[a-z]+)*$", name));
    }

    [Fact]
    public void The_gravest_finding_stands_first_and_links_to_its_rule()
    {
        IReadOnlyList<Finding> findings = Found.In(Scenarios.Get("C5").With(0, message => message.Header("Max-Forwards: 2")));

        Assert.Equal(["no-capacity", "max-forwards-nearly-used"], findings.Select(finding => finding.Name));
        Assert.Equal("RFC 3261 §21.5.4", findings[0].Reference.ToString());
        Assert.Equal("https://www.rfc-editor.org/rfc/rfc3261#section-21.5.4", findings[0].Reference.Link.ToString());
    }

    [Fact]
    public void Without_captured_bytes_the_rest_is_still_found()
    {
        Message[] call = Scenarios.Get("C5");

        Finding finding = Assert.Single(CallFindings.Of(Folding.Call(call, Found.Later), MessageDocuments.Of(call), new Dictionary<string, byte[]>(), []));

        Assert.Equal("no-capacity", finding.Name);
    }
}
