using System.Net;
using System.Text;
using Homer.Search.Calls;
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
    [InlineData(2001u, "own", true)]
    [InlineData(2001u, "own\0", true)]
    [InlineData(2001u, "shared", false)]
    [InlineData(2001u, "new", false)]
    [InlineData(2001u, "", false)]
    [InlineData(2002u, "old", true)]
    [InlineData(2002u, "new", true)]
    [InlineData(2002u, "own", false)]
    [InlineData(7u, "shared", true)]
    [InlineData(7u, "own", false)]
    public void An_agent_with_a_key_of_its_own_has_to_show_it_and_nobody_else_may(uint agent, string shown, bool taken)
    {
        var gate = new Gate(new() { Keys = ["shared"], AgentKeys = Keys("{ agent: 2001, key: own }, { agent: 2002, key: [new, old] }") }, TimeProvider.System);
        Assert.Equal(taken, gate.HasKey(Packet(shown, version: 3, agent), Elsewhere));
        Assert.Equal(taken ? null : DropReason.WrongKey, gate.Refuses(Packet(shown, version: 3, agent), Elsewhere));
    }

    [Fact]
    public void Where_agents_have_keys_and_there_is_no_shared_one_other_agents_are_refused()
    {
        var gate = new Gate(new() { AgentKeys = Keys("{ agent: 2001, key: own }"), Keyless = [IPNetwork.Parse("10.0.0.0/8")] }, TimeProvider.System);
        Assert.False(gate.HasKey(Packet("", version: 3, agent: 7), Elsewhere));
        Assert.False(gate.HasKey(Packet("", version: 2, agent: 2001), Elsewhere));
        Assert.True(gate.HasKey(Packet("", version: 2, agent: 7), Office));
    }

    [Fact]
    public void A_changed_key_is_asked_for_without_a_restart_and_a_file_with_a_mistake_leaves_the_old_one_in_force()
    {
        string path = Path.Combine(Directory.CreateTempSubdirectory("homer-keys-").FullName, "keys.yaml");
        File.WriteAllText(path, "agents: [{ agent: 7, key: first }]");
        var keys = new RuleFile<AgentKeys>(path, AgentKeysFile.Read, shipped: null);
        var gate = new Gate(new() { AgentKeys = keys }, TimeProvider.System);
        Assert.True(gate.HasKey(Packet("first", version: 3, agent: 7), Elsewhere));
        File.WriteAllText(path, "agents: [{ agent: 7, key: second }]");
        Assert.True(keys.Look());
        Assert.False(gate.HasKey(Packet("first", version: 3, agent: 7), Elsewhere));
        File.WriteAllText(path, "agents: []");
        Assert.True(keys.Look());
        File.Delete(path);
        keys.Look();
        Assert.True(gate.HasKey(Packet("second", version: 3, agent: 7), Elsewhere));
        Directory.Delete(Path.GetDirectoryName(path)!);
    }

    [Theory]
    [InlineData("{ agent: 7, key: hush-hush }, { agent: 7, key: psst }", "line 1, column 40: agent 7 has a key already; give it a list of keys.")]
    [InlineData("{ agent: x, key: hush-hush }", "line 1, column 19: `agent` is a capture agent id, not `x`.")]
    [InlineData("{ key: hush-hush }", "line 1, column 10: the entry has no `agent`, its capture agent id.")]
    [InlineData("{ agent: 7 }", "line 1, column 10: agent 7 has no `key`.")]
    [InlineData("{ agent: 7, key: { hush-hush: psst } }", "line 1, column 27: `key` needs one value.")]
    [InlineData("", "line 1, column 1: the file names no agent; give `agents:` a list of `{ agent: 2001, key: something long }`.")]
    public void A_mistake_in_the_file_of_keys_is_told_with_its_place_and_without_a_key(string agents, string message)
    {
        string told = Assert.Throws<RuleFileException>(() => Keys(agents)).Message;
        Assert.Equal($"keys.yaml, {message}", told);
        Assert.DoesNotContain("hush", told, StringComparison.Ordinal);
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

    static RuleFile<AgentKeys> Keys(string agents) => new(AgentKeysFile.Read("keys.yaml", new StringReader($"agents: [{agents}]")));

    static byte[] Packet(string key, byte version, uint agent = 0)
    {
        var packet = new HepPacket
        {
            Version = version,
            ProtocolType = HepProtocolType.Sip,
            SourceAddress = SomePackets.Source,
            DestinationAddress = SomePackets.Destination,
            CaptureAgentId = agent,
            AuthenticateKey = Encoding.UTF8.GetBytes(key),
            Payload = Encoding.UTF8.GetBytes(SomePackets.Invite("a")),
        };
        byte[] bytes = new byte[HepWriter.Measure(packet)];
        HepWriter.Write(packet, bytes);
        return bytes;
    }
}
