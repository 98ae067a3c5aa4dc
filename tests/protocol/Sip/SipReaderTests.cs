using Homer.Search.Protocol.Sip;

namespace Homer.Search.Tests.Protocol.Sip;

public class SipReaderTests
{
    const string Rest = "Call-ID: c1@192.0.2.1\r\nCSeq: 1 INVITE\r\n\r\n";

    [Theory]
    [InlineData("", SipRejection.Empty)]
    [InlineData("\r\n", SipRejection.KeepAlive)]
    [InlineData("\r\n\r\n", SipRejection.KeepAlive)]
    [InlineData("\0\0\0\0", SipRejection.KeepAlive)]
    [InlineData("jaK\0", SipRejection.KeepAlive)]
    [InlineData("\u0000\u0001\u0000\u0000\u0021\u0012\u00a4\u0042aaaaaaaaaaaa", SipRejection.Stun)]
    [InlineData("\u0001\u0001\u0000\u0000\u0021\u0012\u00a4\u0042aaaaaaaaaaaa", SipRejection.Stun)]
    [InlineData("\u0016\u0003\u0001\u0000\u0001x", SipRejection.Tls)]
    [InlineData("{\"jsonrpc\":\"2.0\"}", SipRejection.NoStartLine)]
    [InlineData("HEP3\u0000\u0006", SipRejection.NoStartLine)]
    [InlineData("E\u0000\u0005\u00dc", SipRejection.NoStartLine)]
    [InlineData("ia: SIP/2.0/UDP 192.0.2.1\r\n\r\n", SipRejection.NoStartLine)]
    [InlineData("GET / HTTP/1.1\r\n\r\n", SipRejection.NoStartLine)]
    [InlineData("SIP/2.0\r\n\r\n", SipRejection.NoStartLine)]
    [InlineData("SIP/2.0 20 OK\r\n\r\n", SipRejection.NoStartLine)]
    [InlineData("SIP/2.0 099 OK\r\n\r\n", SipRejection.NoStartLine)]
    [InlineData("SIP/2.0 700 OK\r\n\r\n", SipRejection.NoStartLine)]
    [InlineData("INVITE SIP/2.0\r\n\r\n", SipRejection.NoStartLine)]
    public void What_is_no_message_is_refused_with_its_reason(string octets, SipRejection expected) =>
        Assert.Equal(expected, SipReader.Read(Octets.Of(octets), out _));

    [Theory]
    [InlineData("SIP/2.0 200 OK", 200, "OK")]
    [InlineData("sip/2.0 180 Ringing", 180, "Ringing")]
    [InlineData("SIP/2.0  100  trying -- your call is important to us", 100, "trying -- your call is important to us")]
    [InlineData("SIP/2.0 486", 486, "")]
    [InlineData("SIP/2.0 606 ", 606, "")]
    public void Status_lines(string line, int code, string reason)
    {
        Read(line + "\r\n" + Rest, out SipMessage message);
        Assert.False(message.IsRequest);
        Assert.Equal(code, message.StatusCode);
        Assert.Equal(reason, message.ReasonPhrase.Text());
        Assert.Equal("INVITE", message.CSeqMethod.Text());
        Assert.True(message.Method.IsEmpty);
    }

    [Theory]
    [InlineData("INVITE sip:bob@example.net SIP/2.0", "INVITE", "sip:bob@example.net")]
    [InlineData("INVITE  sip:bob@example.net  sip/2.0 ", "INVITE", "sip:bob@example.net")]
    [InlineData("\r\n\r\n\0 BYE tel:+49301234 SIP/2.0", "BYE", "tel:+49301234")]
    [InlineData("\u0007\u0002Sip0\r\nBYE tel:+49301234 SIP/2.0", "BYE", "tel:+49301234")]
    public void Request_lines(string line, string method, string uri)
    {
        Read(line + "\r\n" + Rest, out SipMessage message);
        Assert.True(message.IsRequest);
        Assert.Equal(method, message.Method.Text());
        Assert.Equal(uri, message.RequestUri.Text());
        Assert.Equal("c1@192.0.2.1", message.CallId.Text());
        Assert.Equal(0, message.StatusCode);
    }

    [Theory]
    [InlineData("\r\n")]
    [InlineData("\n")]
    public void Lines_may_end_either_way(string end)
    {
        string text = string.Join(end, "NOTIFY sip:a@b SIP/2.0", "i: c1", "v: SIP/2.0/UDP h;branch=z9hG4bK1", "CSeq: 2 NOTIFY", "l: 4", "", "body");
        Read(text, out SipMessage message);
        Assert.Equal("c1", message.CallId.Text());
        Assert.Equal("body", message.Body.Text());
        Assert.False(message.IsTruncated);
        Assert.Equal(1, message.ViaCount);
    }

    [Theory]
    [InlineData("f", "F", "From", "from", "FROM", "From ", "From\t")]
    public void Names_count_in_every_case_and_form(params string[] names)
    {
        foreach (string name in names)
        {
            Read($"BYE sip:a SIP/2.0\r\n{name}: <sip:bob@b>;tag=1\r\n\r\n", out SipMessage message);
            Assert.Equal("<sip:bob@b>;tag=1", message.From.Text());
        }
    }

    [Fact]
    public void Compact_names()
    {
        Read(
            "INVITE sip:a SIP/2.0\r\nf: F\r\nt: T\r\ni: I\r\nm: M\r\nv: V\r\nc: C\r\nl: 1\r\ny: Y\r\ns: subject\r\nk: supported\r\nx: 1800\r\n\r\nB",
            out SipMessage message);
        Assert.Equal("F", message.From.Text());
        Assert.Equal("T", message.To.Text());
        Assert.Equal("I", message.CallId.Text());
        Assert.Equal("M", message.Contact.Text());
        Assert.Equal("V", message.Via.Text());
        Assert.Equal("C", message.ContentType.Text());
        Assert.Equal("Y", message.Identity.Text());
        Assert.Equal("B", message.Body.Text());
    }

    [Fact]
    public void Every_stored_header_is_found()
    {
        Read(
            """
            INVITE sip:bob@example.net SIP/2.0
            Via: SIP/2.0/UDP a;branch=z9hG4bK2, SIP/2.0/UDP b;branch=z9hG4bK1
            Via: SIP/2.0/UDP c
            From: "A" <sip:a@x>;tag=1
            To: <sip:b@y>
            Call-ID: c1
            CSeq: 4294967296 INVITE
            Contact: <sip:a@x;p="1,2">;q=1, <sip:a@z>
            P-Asserted-Identity: <tel:+4930>, "A, B" <sip:+4930@x>
            Diversion: <sip:d@x>;reason=unconditional, <sip:e@x>
            Content-Type: application/sdp
            User-Agent: UA/1.0
            Server: S
            Authorization: Digest username="u"
            WWW-Authenticate: Digest realm="r"
            Reason: SIP;cause=487, Q.850;cause=16
            Identity: eyJ.eyJ.x;info=<https://x>
            Max-Forwards: 70
            Expires: 120
            Content-Length: 2

            ab
            """, out SipMessage message);
        Assert.Equal("SIP/2.0/UDP a;branch=z9hG4bK2", message.Via.Text());
        Assert.Equal(3, message.ViaCount);
        Assert.Equal(4294967296, message.CSeqNumber);
        Assert.Equal("""<sip:a@x;p="1,2">;q=1""", message.Contact.Text());
        Assert.Equal("""
            "A, B" <sip:+4930@x>
            """, message.AssertedIdentity.Text());
        Assert.Equal("<sip:d@x>;reason=unconditional", message.Diversion.Text());
        Assert.Equal("application/sdp", message.ContentType.Text());
        Assert.Equal("UA/1.0", message.UserAgent.Text());
        Assert.Equal("""Digest username="u" """.TrimEnd(), message.Authentication.Text());
        Assert.Equal("Q.850;cause=16", message.Reason.Text());
        Assert.Equal("eyJ.eyJ.x;info=<https://x>", message.Identity.Text());
        Assert.Equal(70, message.MaxForwards);
        Assert.Equal(120, message.Expires);
        Assert.Equal("ab", message.Body.Text());
        Assert.StartsWith("Via:", message.HeaderLines.Text(), StringComparison.Ordinal);
        Assert.EndsWith("Content-Length: 2\n", message.HeaderLines.Text().ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Remote-Party-ID: <sip:r@x>\nP-Preferred-Identity: <sip:p@x>\nP-Asserted-Identity: <sip:a@x>", "<sip:a@x>")]
    [InlineData("P-Asserted-Identity: <tel:1>\nP-Asserted-Identity: <sip:a@x>\nP-Asserted-Identity: <sip:b@x>", "<sip:a@x>")]
    [InlineData("P-Asserted-Identity: <tel:1>\nP-Preferred-Identity: <sip:p@x>", "<tel:1>")]
    [InlineData("Remote-Party-ID: <sip:r@x>\nP-Preferred-Identity: <sip:p@x>", "<sip:p@x>")]
    [InlineData("Remote-Party-ID: <sip:r@x>;party=calling", "<sip:r@x>;party=calling")]
    public void The_asserted_identity_is_the_best_there_is(string headers, string expected)
    {
        Read($"INVITE sip:a SIP/2.0\n{headers}\n\n", out SipMessage message);
        Assert.Equal(expected, message.AssertedIdentity.Text());
    }

    [Theory]
    [InlineData("Reason: SIP;cause=487\nReason: Q.850;cause=31", "Q.850;cause=31")]
    [InlineData("Reason: SIP;cause=200\nReason: SIP;cause=487", "SIP;cause=200")]
    [InlineData("Reason: Q850 ;cause=17, SIP;cause=486", "Q850 ;cause=17")]
    [InlineData("Reason: q.850;cause=17\nReason: Q.850;cause=18", "q.850;cause=17")]
    public void The_cause_of_Q_850_goes_first(string headers, string expected)
    {
        Read($"BYE sip:a SIP/2.0\n{headers}\n\n", out SipMessage message);
        Assert.Equal(expected, message.Reason.Text());
    }

    [Fact]
    public void Second_choices_fill_in()
    {
        Read("SIP/2.0 401 Unauthorized\r\nServer: proxy\r\nProxy-Authenticate: Digest realm=\"r\"\r\n\r\n", out SipMessage message);
        Assert.Equal("proxy", message.UserAgent.Text());
        Assert.Equal("Digest realm=\"r\"", message.Authentication.Text());
        Read("BYE sip:a SIP/2.0\r\n\r\n", out message);
        Assert.Equal("BYE", message.CSeqMethod.Text());
        Assert.Null(message.CSeqNumber);
    }

    [Fact]
    public void A_folded_value_is_whole_and_unfolds()
    {
        Read(
            "SIP/2.0 401 Unauthorized\r\nWWW-Authenticate: Digest realm=\"att.net\",\r\n  nonce=\"1\" \r\n\t,opaque=\"2\"\r\nCall-ID:\r\n c1\r\n\r\n",
            out SipMessage message);
        Assert.Equal("c1", message.CallId.Text());
        Assert.Equal("att.net", SipParameter.Find(message.Authentication, "realm"u8).Text());
        Assert.Equal("2", SipParameter.Find(message.Authentication, "opaque"u8).Text());
        Span<byte> unfolded = stackalloc byte[message.Authentication.Length];
        int length = SipHeader.Unfold(message.Authentication, unfolded);
        Assert.Equal("Digest realm=\"att.net\", nonce=\"1\" ,opaque=\"2\"", ((ReadOnlySpan<byte>)unfolded[..length]).Text());
    }

    [Fact]
    public void Without_an_empty_line_all_is_header_and_cut()
    {
        Read("BYE sip:a SIP/2.0\r\nCall-ID: c1\r\nCSeq: 2 BYE", out SipMessage message);
        Assert.True(message.IsTruncated);
        Assert.Equal("c1", message.CallId.Text());
        Assert.Equal("BYE", message.CSeqMethod.Text());
        Assert.True(message.Body.IsEmpty);
        Assert.Equal("Call-ID: c1\r\nCSeq: 2 BYE", message.HeaderLines.Text());
    }

    [Theory]
    [InlineData("Content-Length: 2\r\n\r\nabjunk\0\0", "ab", false)]
    [InlineData("Content-Length:   2 \r\n\r\nab", "ab", false)]
    [InlineData("Content-Length: 9\r\n\r\nab", "ab", true)]
    [InlineData("Content-Length: x\r\n\r\nab", "ab", false)]
    [InlineData("Content-Length: 99999999999\r\n\r\nab", "ab", false)]
    [InlineData("Subject: none\r\n\r\nab\0\0\0", "ab", false)]
    public void The_body_is_what_Content_Length_says_where_it_can_be(string text, string body, bool isTruncated)
    {
        Read("MESSAGE sip:a SIP/2.0\r\n" + text, out SipMessage message);
        Assert.Equal(body, message.Body.Text());
        Assert.Equal(isTruncated, message.IsTruncated);
    }

    [Fact]
    public void An_empty_Via_is_none()
    {
        Read("BYE sip:a SIP/2.0\r\nVia:\r\nVia: SIP/2.0/UDP a, SIP/2.0/UDP b\r\n\r\n", out SipMessage message);
        Assert.Equal(("SIP/2.0/UDP a", 2), (message.Via.Text(), message.ViaCount));
    }

    [Fact]
    public void Lines_that_are_no_header_are_passed_over()
    {
        Read("BYE sip:a SIP/2.0\r\nnonsense\r\n: nothing\r\nCall-ID: c1\r\nCSeq: seven BYE\r\n\r\n", out SipMessage message);
        Assert.Equal("c1", message.CallId.Text());
        Assert.Null(message.CSeqNumber);
    }

    static void Read(string text, out SipMessage message) => Assert.Equal(SipRejection.None, SipReader.Read(Octets.Of(text), out message));
}
