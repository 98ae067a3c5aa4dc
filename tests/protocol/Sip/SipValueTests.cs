using Homer.Search.Protocol.Sip;

namespace Homer.Search.Tests.Protocol.Sip;

public class SipValueTests
{
    [Theory]
    [InlineData("""
        "Bob" <sip:bob@example.net:5060;lr>;tag=1
        """, "Bob", "sip:bob@example.net:5060;lr", "bob", "example.net", "1")]
    [InlineData("Bob Smith <sip:bob@example.net>", "Bob Smith", "sip:bob@example.net", "bob", "example.net", "")]
    [InlineData("<sip:bob:secret@example.net>;tag=a;x=y", "", "sip:bob:secret@example.net", "bob", "example.net", "a")]
    [InlineData("sip:bob@example.net;tag=2", "", "sip:bob@example.net", "bob", "example.net", "2")]
    [InlineData("sip:sipp@[::1]:5071", "", "sip:sipp@[::1]:5071", "sipp", "::1", "")]
    [InlineData("<sip:[2001:db8::1]>", "", "sip:[2001:db8::1]", "", "2001:db8::1", "")]
    [InlineData("<sip:@example.net>", "", "sip:@example.net", "", "example.net", "")]
    [InlineData("<sip:example.net>", "", "sip:example.net", "", "example.net", "")]
    [InlineData("<sip:>", "", "sip:", "", "", "")]
    [InlineData("<>;tag=3", "", "", "", "", "3")]
    [InlineData("", "", "", "", "", "")]
    [InlineData("<sip:bob@example.net;tag=4", "", "sip:bob@example.net", "bob", "example.net", "4")]
    [InlineData("<tel:+49-30-1234;phone-context=x>;tag=5", "", "tel:+49-30-1234;phone-context=x", "+49-30-1234", "", "5")]
    [InlineData("<SIPS:bob@example.net?Subject=x>", "", "SIPS:bob@example.net?Subject=x", "bob", "example.net", "")]
    [InlineData("<sip:bob@mail.example@example.net>", "", "sip:bob@mail.example@example.net", "bob@mail.example", "example.net", "")]
    [InlineData("<urn:service:sos>", "", "urn:service:sos", "", "", "")]
    [InlineData("*", "", "*", "", "", "")]
    [InlineData("\"A; <B>\" <sip:c@d> ; Tag = \"6\"", "A; <B>", "sip:c@d", "c", "d", "6")]
    [InlineData("\"Jörg\" <sip:+4930;npdi;rn=+4931@example.net;user=phone>", "Jörg", "sip:+4930;npdi;rn=+4931@example.net;user=phone", "+4930;npdi;rn=+4931", "example.net", "")]
    public void Addresses(string value, string display, string uri, string user, string host, string tag)
    {
        SipAddress address = SipAddress.Read(Octets.Of(value));
        Assert.Equal(display, address.DisplayName.Text());
        Assert.Equal(uri, address.Uri.Text());
        Assert.Equal(user, address.User.Text());
        Assert.Equal(host, address.Host.Text());
        Assert.Equal(tag, address.Tag.Text());
    }

    [Theory]
    [InlineData("SIP/2.0/UDP h:5060;rport;branch=z9hG4bK1;received=192.0.2.1", "branch", "z9hG4bK1")]
    [InlineData("SIP/2.0/UDP h:5060;rport;branch=z9hG4bK1", "rport", "")]
    [InlineData("SIP/2.0/UDP h ; BRANCH = z9hG4bK1 ;x", "branch", "z9hG4bK1")]
    [InlineData("<sip:a@b;expires=1>;expires=60", "expires", "60")]
    [InlineData("Digest username=\"a, b; c\\\"d\", realm=x", "username", "a, b; c\\\"d")]
    [InlineData("Digest username=\"a, realm=b\", realm=x", "realm", "x")]
    [InlineData("Digest nextnonce=\"1\", nonce=\"2\"", "nonce", "2")]
    [InlineData("a=\"open", "a", "open")]
    [InlineData(";;;=;a==;", "a", "=")]
    [InlineData("", "a", "")]
    public void Parameters(string value, string name, string expected) =>
        Assert.Equal(expected, SipParameter.Find(Octets.Of(value), Octets.Of(name)).Text());

    [Theory]
    [InlineData("a,b", "a|b")]
    [InlineData(" a , , \"b,c\" , <d,e>;f ,", "a|\"b,c\"|<d,e>;f")]
    [InlineData("a<b,c", "a<b|c")]
    [InlineData("a\"b,c", "a\"b|c")]
    [InlineData("\"a\\\",b\",c", "\"a\\\",b\"|c")]
    [InlineData("", "")]
    public void Commas_part_values(string value, string expected)
    {
        List<string> values = [];
        foreach (ReadOnlySpan<byte> one in new SipValues(Octets.Of(value)))
            values.Add(one.Text());
        Assert.Equal(expected, string.Join('|', values));
    }

    [Theory]
    [InlineData("Q.850;cause=16;text=\"Normal call clearing\"", "Q.850", 16, "Normal call clearing")]
    [InlineData("Q.850 ;cause = 17", "Q.850", 17, "")]
    [InlineData("q850;cause=\"31\"", "Q.850", 31, "")]
    [InlineData("sip ;cause=200 ;text=\"Call completed elsewhere\"", "SIP", 200, "Call completed elsewhere")]
    [InlineData("preemption;cause=1", "preemption", 1, "")]
    [InlineData("SIP;cause=x", "SIP", null, "")]
    [InlineData("", "", null, "")]
    public void Reasons(string value, string protocol, int? cause, string text)
    {
        SipReason reason = SipReason.Read(Octets.Of(value));
        Assert.Equal(protocol, reason.Protocol.Text());
        Assert.Equal(cause, reason.Cause);
        Assert.Equal(text, reason.Text.Text());
    }

    [Theory]
    [InlineData("Digest username=\"bob\", realm=\"example.net\", nonce=\"x\"", "Digest", "bob", "example.net")]
    [InlineData("Digest realm=\"example.net\",nonce=\"x\"", "Digest", "", "example.net")]
    [InlineData("Digest\r\n username=\"bob\"", "Digest", "bob", "")]
    [InlineData("Bearer abc", "Bearer", "", "")]
    [InlineData("NTLM", "NTLM", "", "")]
    [InlineData("", "", "", "")]
    public void Credentials(string value, string scheme, string username, string realm)
    {
        SipCredentials credentials = SipCredentials.Read(Octets.Of(value));
        Assert.Equal(scheme, credentials.Scheme.Text());
        Assert.Equal(username, credentials.Username.Text());
        Assert.Equal(realm, credentials.Realm.Text());
    }

    [Fact]
    public void Headers_are_walked_in_order_with_their_full_names()
    {
        List<(string, string, SipHeaderName, bool)> found = [];
        foreach (SipHeader header in new SipHeaders("v: 1\r\nX-CID : a\r\n b\r\nx: 90\r\n\r\nbody: no"u8))
            found.Add((header.Name.Text(), header.Value.Text(), header.Id, header.IsFolded));
        Assert.Equal(
            [
                ("Via", "1", SipHeaderName.Via, false),
                ("X-CID", "a\r\n b", SipHeaderName.Other, true),
                ("Session-Expires", "90", SipHeaderName.Other, false),
            ],
            found);
    }
}
