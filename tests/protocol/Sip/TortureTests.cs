using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Homer.Search.Protocol.Sdp;
using Homer.Search.Protocol.Sip;

namespace Homer.Search.Tests.Protocol.Sip;

/// <summary>The messages of RFC 4475 and RFC 5118: a capture server reads of each what is there, the invalid ones too, for those are what people look for.</summary>
public partial class TortureTests
{
    public static TheoryData<string> Messages => [.. Fixtures.Named("rfc4475", "*.dat")];

    [Theory]
    [MemberData(nameof(Messages))]
    public void Every_torture_message_is_read_with_its_own_Call_ID(string fixture)
    {
        byte[] bytes = Fixtures.Read(fixture);
        string name = Path.GetFileNameWithoutExtension(fixture);
        if (name == "bigcode")
        {
            // A status code of ten digits is no status line.
            Assert.Equal(SipRejection.NoStartLine, SipReader.Read(bytes, out _));
            return;
        }

        Assert.Equal(SipRejection.None, SipReader.Read(bytes, out SipMessage message));
        if (name == "insuf")
            Assert.True(message.CallId.IsEmpty);
        else
            Assert.StartsWith(name, message.CallId.Text(), StringComparison.Ordinal);
        Assert.False(message.Via.IsEmpty);
        Assert.False(message.CSeqMethod.IsEmpty);
        Assert.Equal(name is "clerr" or "multi01", message.IsTruncated);
    }

    [Fact]
    public void A_short_tortuous_INVITE()
    {
        Read("wsinv", out SipMessage message);
        Assert.Equal("INVITE", message.Method.Text());
        Assert.Equal("sip:vivekg@chair-dnrc.example.com;unknownparam", message.RequestUri.Text());
        SipAddress uri = SipAddress.ReadUri(message.RequestUri);
        Assert.Equal("vivekg", uri.User.Text());
        Assert.Equal("chair-dnrc.example.com", uri.Host.Text());
        SipAddress to = SipAddress.Read(message.To);
        Assert.Equal("vivekg", to.User.Text());
        Assert.Equal("chair-dnrc.example.com", to.Host.Text());
        Assert.Equal("1918181833n", to.Tag.Text());
        SipAddress from = SipAddress.Read(message.From);
        Assert.Equal("""J Rosenberg \\\" """.TrimEnd(), from.DisplayName.Text());
        Assert.Equal("jdrosen", from.User.Text());
        Assert.Equal("98asjd8", from.Tag.Text());
        Assert.Equal(68, message.MaxForwards);
        Assert.Equal(150, message.ContentLength);
        Assert.Equal(9, message.CSeqNumber);
        Assert.Equal("INVITE", message.CSeqMethod.Text());
        Assert.Equal(3, message.ViaCount);
        Assert.Equal("390skdjuw", SipParameter.Find(message.Via, "branch"u8).Text());
        SipAddress contact = SipAddress.Read(message.Contact);
        Assert.Equal("""Quoted string \"\" """.TrimEnd(), contact.DisplayName.Text());
        Assert.Equal("newvalue", SipParameter.Find(contact.Parameters, "newparam"u8).Text());
        Assert.Equal("0.33", SipParameter.Find(contact.Parameters, "q"u8).Text());
        Assert.Equal(150, message.Body.Length);
        Assert.True(SdpReader.TryReadFirst(SdpReader.Find(message.ContentType, message.Body), out SdpMedia media));
        Assert.Equal("192.0.2.4", media.Address.Text());
        Assert.Equal(49217, media.Port);
    }

    [Fact]
    public void A_wide_range_of_valid_characters()
    {
        Read("intmeth", out SipMessage message);
        Assert.Equal("!interesting-Method0123456789_*+`.%indeed'~", message.Method.Text());
        Assert.Equal("!interesting-Method0123456789_*+`.%indeed'~", message.CSeqMethod.Text());
        SipAddress uri = SipAddress.ReadUri(message.RequestUri);
        Assert.Equal("1_unusual.URI~(to-be!sure)&isn't+it$/crazy?,/;;*", uri.User.Text());
        Assert.Equal("example.com", uri.Host.Text());
        SipAddress from = SipAddress.Read(message.From);
        Assert.Equal("token1~` token2'+_ token3*%!.-", from.DisplayName.Text());
        Assert.Equal("mundane", from.User.Text());
        Assert.Equal("_token~1'+`*%!-.", from.Tag.Text());
        Assert.Equal("BEL:\\\u0007 NUL:\\\0 DEL:\\\u007f", SipAddress.Read(message.To).DisplayName.Text());
        Assert.Equal("intmeth.word%ZK-!.*_+'@word`~)(><:\\/\"][?}{", message.CallId.Text());
        Assert.Equal(255, message.MaxForwards);
    }

    [Theory]
    [InlineData("esc01", "sips%3Auser%40example.com", "example.net")]
    [InlineData("semiuri", "user;par=u%40example.net", "example.com")]
    [InlineData("ltgtruri", "user", "example.com")]
    [InlineData("lwsruri", "user", "example.com")]
    [InlineData("lwsstart", "user", "example.com")]
    [InlineData("trws", "remote-target", "example.com")]
    [InlineData("escruri", "user", "example.com")]
    [InlineData("badvers", "t.watson", "example.org")]
    [InlineData("unkscm", "", "")]
    [InlineData("novelsc", "", "")]
    public void Request_URIs(string name, string user, string host)
    {
        Read(name, out SipMessage message);
        SipAddress uri = SipAddress.ReadUri(message.RequestUri);
        Assert.Equal(user, uri.User.Text());
        Assert.Equal(host, uri.Host.Text());
    }

    [Theory]
    [InlineData("lwsdisp", "caller", "caller", "example.com", "323")]
    [InlineData("badaspec", "Bell, Alexander", "a.g.bell", "example.com", "433423")]
    [InlineData("baddn", "Bell, Alexander", "a.g.bell", "example.com", "43")]
    [InlineData("esc02", "%Z%45", "resource", "example.com", "f232jadfj23")]
    [InlineData("escnull", "", "null-%00-null", "example.com", "839923423")]
    [InlineData("inv2543", "", "+13035551111", "ift.client.example.net", "")]
    [InlineData("multi01", "", "caller", "example.com", "3413415")]
    [InlineData("unksm2", "", "", "", "3234233")]
    public void From_addresses(string name, string display, string user, string host, string tag)
    {
        Read(name, out SipMessage message);
        SipAddress from = SipAddress.Read(message.From);
        Assert.Equal(display, from.DisplayName.Text());
        Assert.Equal(user, from.User.Text());
        Assert.Equal(host, from.Host.Text());
        Assert.Equal(tag, from.Tag.Text());
    }

    [Fact]
    public void An_unbalanced_quote_hides_no_address()
    {
        Read("quotbal", out SipMessage message);
        SipAddress to = SipAddress.Read(message.To);
        Assert.Equal("Mr. J. User", to.DisplayName.Text());
        Assert.Equal("j.user", to.User.Text());
        Assert.Equal("example.com", to.Host.Text());
    }

    [Fact]
    public void Spaces_inside_angle_brackets_are_no_part_of_the_URI()
    {
        Read("badaspec", out SipMessage message);
        Assert.Equal("sip:t.watson@example.org", SipAddress.Read(message.To).Uri.Text());
    }

    [Fact]
    public void Numbers_that_are_too_large_are_left_out()
    {
        Read("scalar02", out SipMessage message);
        Assert.Null(message.CSeqNumber);
        Assert.Equal("REGISTER", message.CSeqMethod.Text());
        Assert.Null(message.Expires);
        Assert.Equal(300, message.MaxForwards);
        Assert.Equal("280297596632815", SipParameter.Find(message.Contact, "expires"u8).Text());
        Read("scalarlg", out message);
        Assert.Equal(503, message.StatusCode);
        Assert.Null(message.CSeqNumber);
        Assert.Equal("OPTIONS", message.CSeqMethod.Text());
    }

    [Fact]
    public void A_wrong_Content_Length_costs_no_body()
    {
        Read("clerr", out SipMessage message);
        Assert.Equal(9999, message.ContentLength);
        Assert.Equal(154, message.Body.Length);
        Read("ncl", out message);
        Assert.Null(message.ContentLength);
        Assert.Equal(152, message.Body.Length);
        Read("mcl01", out message);
        Assert.Equal("There's no wa", message.Body.Text());
    }

    [Fact]
    public void Reason_phrases_may_be_anything()
    {
        Read("unreason", out SipMessage message);
        Assert.Equal(200, message.StatusCode);
        Assert.Equal("= 2**3 * 5**2 но сто девяносто девять - простое"u8, message.ReasonPhrase);
        Read("noreason", out message);
        Assert.Equal(100, message.StatusCode);
        Assert.True(message.ReasonPhrase.IsEmpty);
    }

    [Theory]
    [InlineData("transports", 5)]
    [InlineData("bcast", 2)]
    [InlineData("wsinv", 3)]
    public void Via_values_are_counted(string name, int count)
    {
        Read(name, out SipMessage message);
        Assert.Equal(count, message.ViaCount);
    }

    [Fact]
    public void A_message_behind_another_is_a_piece_of_its_own()
    {
        byte[] bytes = Fixtures.Read("rfc4475/dblreq.dat");
        var payload = new SipPayload(bytes);
        Assert.True(payload.MoveNext());
        Assert.Equal("REGISTER", payload.Message.Method.Text());
        Assert.True(payload.MoveNext());
        Assert.Equal("INVITE", payload.Message.Method.Text());
        Assert.Equal("dblreq.0ha0isnda977644900765@192.0.2.15", payload.Message.CallId.Text());
        Assert.False(payload.MoveNext());
    }

    [Fact]
    public void A_long_request_is_read_to_its_end()
    {
        string text = Repeat().Replace(Encoding.UTF8.GetString(Fixtures.Read("rfc4475/longreq.txt")), static match =>
            string.Concat(Enumerable.Repeat(match.Groups["what"].Value, int.Parse(match.Groups["count"].Value, CultureInfo.InvariantCulture))));
        Assert.Equal(SipRejection.None, SipReader.Read(Octets.Of(text.ReplaceLineEndings("\r\n")), out SipMessage message));

        Assert.Equal("longreq.one" + string.Concat(Enumerable.Repeat("really", 20)) + "longcallid", message.CallId.Text());
        Assert.Equal(34, message.ViaCount);
        Assert.Equal("12" + string.Concat(Enumerable.Repeat("982", 50)) + "424", SipAddress.Read(message.From).Tag.Text());
        Assert.Equal(string.Concat(Enumerable.Repeat("amazinglylongcallername", 5)), SipAddress.Read(message.Contact).User.Text());
        Assert.Equal("user", SipAddress.Read(message.To).User.Text());
        Assert.Equal((3882340, 150, 150, false), ((int)message.CSeqNumber!, message.ContentLength!.Value, message.Body.Length, message.IsTruncated));
    }

    [Fact]
    public void A_body_of_binary_parts_is_kept_octet_by_octet()
    {
        byte[] signature = [0x30, 0x82, 0, 13, 10, 13, 10, .. "--7a9cbec02ceef65"u8, 255, 128, 0];
        byte[] body =
        [
            .. "--7a9cbec02ceef655\r\nContent-Type: text/plain\r\nContent-Transfer-Encoding: binary\r\n\r\nHello\r\n--7a9cbec02ceef655\r\n"u8,
            .. "Content-Type: application/octet-stream\r\nContent-Transfer-Encoding: binary\r\n\r\n"u8, .. signature, .. "\r\n--7a9cbec02ceef655--"u8,
        ];
        byte[] bytes =
        [
            .. "MESSAGE sip:kumiko@example.org SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1:5070;branch=z9hG4bK-d87543-4dade06d0bdb11ee-1--d87543-;rport\r\n"u8,
            .. "Max-Forwards: 70\r\nContact: <sip:fluffy@127.0.0.1:5070>\r\nTo: <sip:kumiko@example.org>\r\nFrom: <sip:fluffy@example.com>;tag=2fb0dcc9\r\n"u8,
            .. "Call-ID: 3d9485ad0c49859b@Zmx1ZmZ5LW1hYy0xNi5sb2NhbA..\r\nCSeq: 1 MESSAGE\r\n"u8,
            .. Octets.Of($"Content-Type: multipart/mixed;boundary=7a9cbec02ceef655\r\nContent-Length: {body.Length}\r\n\r\n"), .. body,
        ];
        Assert.Equal(SipRejection.None, SipReader.Read(bytes, out SipMessage message));
        Assert.Equal(body, message.Body.ToArray());
        Assert.True(SdpReader.Find(message.ContentType, message.Body).IsEmpty);
    }

    [Theory]
    [InlineData("ipv6-good", "2001:db8::10")]
    [InlineData("ipv6-bad", null)]
    [InlineData("port-ambiguous", "2001:db8::10:5070")]
    [InlineData("port-unambiguous", "2001:db8::10")]
    [InlineData("via-received-param-with-delim", "2001:db8::10")]
    [InlineData("via-received-param-no-delim", "2001:db8::10")]
    [InlineData("ipv6-in-sdp", "2001:db8::10")]
    [InlineData("mult-ip-in-header", "host.example.net")]
    [InlineData("mult-ip-in-sdp", "2001:db8::10")]
    [InlineData("ipv4-mapped-ipv6", "example.com")]
    [InlineData("ipv6-bug-abnf-3-colons", null)]
    public void Addresses_of_IPv6_are_read_wherever_they_stand(string name, string? host)
    {
        Assert.Equal(SipRejection.None, SipReader.Read(Fixtures.Read($"rfc5118/{name}.dat"), out SipMessage message));
        Assert.EndsWith("@hlau_4100", message.CallId.Text().Replace("@lau", "@hlau", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.StartsWith("81", SipAddress.Read(message.From).Tag.Text(), StringComparison.Ordinal);
        Assert.False(message.IsTruncated);
        // What is no address by the grammar is a text all the same; what stands for its host is nobody's to say.
        if (host is not null)
            Assert.Equal(host, SipAddress.ReadUri(message.RequestUri).Host.Text());
        Assert.NotEqual("", SipParameter.Find(message.Via, "branch"u8).Text());
    }

    [Theory]
    [InlineData("ipv6-in-sdp", "2001:db8::20", 6000)]
    [InlineData("mult-ip-in-sdp", "192.0.2.1", 22334)]
    [InlineData("ipv4-mapped-ipv6", "::ffff:192.0.2.2", 29000)]
    public void A_session_description_may_name_addresses_of_either_family(string name, string address, int port)
    {
        Assert.Equal(SipRejection.None, SipReader.Read(Fixtures.Read($"rfc5118/{name}.dat"), out SipMessage message));
        Assert.True(SdpReader.TryReadFirst(SdpReader.Find(message.ContentType, message.Body), out SdpMedia media));
        Assert.Equal((address, port), (media.Address.Text(), media.Port));
    }

    [GeneratedRegex("<repeat count=(?<count>\\d+)>(?<what>[^<]*)</repeat>")]
    private static partial Regex Repeat();

    [Fact]
    public void Credentials_of_an_unknown_scheme_have_a_scheme()
    {
        Read("regaut01", out SipMessage message);
        SipCredentials credentials = SipCredentials.Read(message.Authentication);
        Assert.Equal("NoOneKnowsThisScheme", credentials.Scheme.Text());
        Assert.True(credentials.Username.IsEmpty);
    }

    static void Read(string name, out SipMessage message) =>
        Assert.Equal(SipRejection.None, SipReader.Read(Fixtures.Read($"rfc4475/{name}.dat"), out message));
}
