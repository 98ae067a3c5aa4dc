using System.Net;
using System.Text;
using Homer.Search.Ingest;
using Homer.Search.Protocol.Hep;
using Homer.Search.Protocol.Sip;

namespace Homer.Search.Tests.Ingest;

public class GateTests
{
    static readonly UInt128 Office = PeerAddress.From(IPAddress.Parse("10.1.2.3"));
    static readonly UInt128 Elsewhere = PeerAddress.From(IPAddress.Parse("203.0.113.9"));

    [Theory]
    [InlineData("10.0.0.0/8", "10.255.0.1", true)]
    [InlineData("10.0.0.0/8", "11.0.0.1", false)]
    [InlineData("10.1.2.3/32", "10.1.2.3", true)]
    [InlineData("10.1.2.3/32", "10.1.2.4", false)]
    [InlineData("0.0.0.0/0", "203.0.113.9", true)]
    [InlineData("0.0.0.0/0", "2001:db8::1", false)]
    [InlineData("2001:db8::/32", "2001:db8:ffff::1", true)]
    [InlineData("2001:db8::/32", "2001:db9::1", false)]
    [InlineData("::/0", "10.0.0.1", true)]
    public void A_peer_is_taken_when_its_network_is_named(string network, string peer, bool taken) =>
        Assert.Equal(taken, new Gate(new() { Allowed = [IPNetwork.Parse(network)] }, TimeProvider.System).Admits(PeerAddress.From(IPAddress.Parse(peer))));

    [Fact]
    public void Without_networks_and_keys_everybody_is_taken()
    {
        var gate = new Gate(new(), TimeProvider.System);
        Assert.True(gate.Admits(Elsewhere));
        Assert.True(gate.HasKey("anything"u8, Elsewhere));
    }

    [Theory]
    [InlineData("first", true)]
    [InlineData("second", true)]
    [InlineData("secon", false)]
    [InlineData("second2", false)]
    [InlineData("", false)]
    public void A_packet_has_to_show_one_of_the_keys(string shown, bool taken)
    {
        var gate = new Gate(new() { Keys = ["first", "second"] }, TimeProvider.System);
        Assert.Equal(taken, gate.HasKey(Packet(shown, version: 3), Elsewhere));
    }

    [Fact]
    public void Agents_that_cannot_show_a_key_are_taken_from_their_network_only()
    {
        var gate = new Gate(new() { Keys = ["first"], Keyless = [IPNetwork.Parse("10.0.0.0/8")] }, TimeProvider.System);
        Assert.True(gate.HasKey(Packet("", version: 2), Office));
        Assert.False(gate.HasKey(Packet("", version: 2), Elsewhere));
        Assert.False(gate.HasKey("HEP3 garbage"u8, Elsewhere));
    }

    [Fact]
    public void A_real_packet_of_Kamailio_shows_its_key()
    {
        byte[] packet = Fixtures.Read("hep/kamailio-v3-01.bin");
        Assert.True(new Gate(new() { Keys = ["myhep"] }, TimeProvider.System).HasKey(packet, Elsewhere));
        Assert.False(new Gate(new() { Keys = ["other"] }, TimeProvider.System).HasKey(packet, Elsewhere));
    }

    [Theory]
    [InlineData("OPTIONS", "Phone/1", true)]
    [InlineData("INVITE", "Friendly-Scanner 1.0", true)]
    [InlineData("INVITE", "Phone/1", false)]
    [InlineData("OPTION", "", false)]
    public void Messages_are_left_out_by_method_or_by_what_scanners_call_themselves(string method, string userAgent, bool left)
    {
        var discard = new SipDiscard(new() { DiscardMethods = ["OPTIONS"], DiscardUserAgents = ["friendly-scanner", "sipvicious"] });
        byte[] bytes = Encoding.UTF8.GetBytes($"{method} sip:a@b SIP/2.0\r\nCall-ID: c\r\nCSeq: 1 {method}\r\nUser-Agent: {userAgent}\r\n\r\n");
        Assert.Equal(SipRejection.None, SipReader.Read(bytes, out SipMessage message));
        Assert.Equal(left, discard.Takes(message));
    }

    static byte[] Packet(string key, byte version)
    {
        var packet = new HepPacket
        {
            Version = version,
            ProtocolType = HepProtocolType.Sip,
            SourceAddress = SomePackets.Source,
            DestinationAddress = SomePackets.Destination,
            AuthenticateKey = Encoding.UTF8.GetBytes(key),
            Payload = Encoding.UTF8.GetBytes(SomePackets.Invite("a")),
        };
        byte[] bytes = new byte[HepWriter.Measure(packet)];
        HepWriter.Write(packet, bytes);
        return bytes;
    }
}
