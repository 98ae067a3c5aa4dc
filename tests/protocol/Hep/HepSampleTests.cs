using Homer.Search.Protocol;
using Homer.Search.Protocol.Hep;
using Homer.Search.Protocol.Sip;

namespace Homer.Search.Tests.Protocol.Hep;

/// <summary>Packets of real agents, caught on loopback.</summary>
public class HepSampleTests
{
    public static TheoryData<string> Samples => [.. Fixtures.Named("hep", "*.bin")];

    public static TheoryData<string, int, uint, string> Agents => new()
    {
        { "kamailio-v1-01", 1, 0, "" },
        { "kamailio-v2-01", 2, 4660, "" },
        { "kamailio-v3-01", 3, 4660, "myhep" },
        { "sngrep-v2-01", 2, 4660, "" },
        // Both shift their id by 16 bits.
        { "sngrep-v3-01", 3, 4660 << 16, "secret" },
        { "sipgrep-v4-01", 3, 101 << 16, "" },
        { "rtpengine-udp-01", 3, 4660, "" },
    };

    [Theory]
    [MemberData(nameof(Samples))]
    public void Packets_of_real_agents_are_read_whole(string sample)
    {
        Assert.Equal(HepRejection.None, HepReader.Read(Fixtures.Read(sample), out HepPacket packet));
        Assert.False(packet.IsDamaged);
        Assert.Equal(0, packet.ExcessLength);
        Assert.Equal("7f000001", packet.SourceAddress.Hex());
        Assert.Equal("7f000001", packet.DestinationAddress.Hex());
        Assert.Equal(TransportProtocol.Udp, packet.Transport);
        if (packet.Version > 1)
            Assert.InRange(packet.Seconds, 1_790_000_000u, 1_800_000_000u);

        switch (packet.ProtocolType)
        {
            case HepProtocolType.Sip:
                Assert.Equal(SipRejection.None, SipReader.Read(packet.Payload, out SipMessage message));
                Assert.False(message.IsTruncated);
                Assert.EndsWith("@127.0.0.1", message.CallId.Text(), StringComparison.Ordinal);
                Assert.Equal(1, message.CSeqNumber == 2 ? 1 : message.CSeqNumber);
                Assert.Equal("sip", SipAddress.Read(message.From).Scheme.Text());
                Assert.StartsWith("z9hG4bK", SipParameter.Find(message.Via, "branch"u8).Text(), StringComparison.Ordinal);
                break;
            case HepProtocolType.Rtcp:
                Assert.Equal("hep-test-1@lab", packet.CorrelationId.Text());
                Assert.StartsWith("{ ", packet.Payload.Text(), StringComparison.Ordinal);
                break;
            default:
                Assert.Equal(HepProtocolType.Log, packet.ProtocolType);
                Assert.StartsWith("[cfg] hlog line for ", packet.Payload.Text(), StringComparison.Ordinal);
                Assert.EndsWith("@127.0.0.1", packet.CorrelationId.Text(), StringComparison.Ordinal);
                break;
        }
    }

    [Theory]
    [MemberData(nameof(Agents))]
    public void Agents_say_who_they_are(string sample, int version, uint agent, string key)
    {
        Assert.Equal(HepRejection.None, HepReader.Read(Fixtures.Read($"hep/{sample}.bin"), out HepPacket packet));
        Assert.Equal(version, packet.Version);
        Assert.Equal(agent, packet.CaptureAgentId);
        Assert.Equal(key, packet.AuthenticateKey.Text());
    }
}
