using Homer.Search.Protocol;
using Homer.Search.Protocol.Hep;

namespace Homer.Search.Tests.Protocol.Hep;

public class HepVectorTests
{
    const string Options = "OPTIONS sip:a SIP/2.0\r\n\r\n";

    [Theory]
    [InlineData("v1-ipv4", 1, 0u, 0u, 0u)]
    [InlineData("v2-ipv4", 2, 1700000000u, 123456u, 4660u)]
    [InlineData("v3-min", 3, 1700000000u, 123456u, 4660u)]
    [InlineData("v3-vendor", 3, 1700000000u, 123456u, 4660u)]
    [InlineData("v3-empty-auth", 3, 1700000000u, 123456u, 4660u)]
    [InlineData("v3-payload-first", 3, 1700000000u, 123456u, 4660u)]
    public void Every_version_says_the_same(string vector, int version, uint seconds, uint microseconds, uint agent)
    {
        Assert.Equal(HepRejection.None, HepReader.Read(Fixtures.Read($"hep/vectors/{vector}.bin"), out HepPacket packet));
        Assert.Equal(version, packet.Version);
        Assert.Equal(HepProtocolType.Sip, packet.ProtocolType);
        Assert.Equal(TransportProtocol.Udp, packet.Transport);
        Assert.Equal("c0000201", packet.SourceAddress.Hex());
        Assert.Equal("c0000202", packet.DestinationAddress.Hex());
        Assert.Equal(5060, packet.SourcePort);
        Assert.Equal(5062, packet.DestinationPort);
        Assert.Equal(seconds, packet.Seconds);
        Assert.Equal(microseconds, packet.Microseconds);
        Assert.Equal(agent, packet.CaptureAgentId);
        Assert.Equal(Options, packet.Payload.Text());
        Assert.Equal("", packet.AuthenticateKey.Text());
        Assert.Equal("", packet.CorrelationId.Text());
        Assert.False(packet.IsDamaged);
        Assert.False(packet.IsCompressed);
        Assert.Equal(0, packet.ExcessLength);
    }

    [Fact]
    public void Version_2_carries_IPv6()
    {
        Assert.Equal(HepRejection.None, HepReader.Read(Fixtures.Read("hep/vectors/v2-ipv6.bin"), out HepPacket packet));
        Assert.Equal("20010db8000000000000000000000001", packet.SourceAddress.Hex());
        Assert.Equal("20010db8000000000000000000000002", packet.DestinationAddress.Hex());
        Assert.Equal(TransportProtocol.Tcp, packet.Transport);
        Assert.Equal(4660u, packet.CaptureAgentId);
        Assert.Equal(Options, packet.Payload.Text());
    }

    [Fact]
    public void A_ping_is_read_and_told_by_its_type()
    {
        Assert.Equal(HepRejection.None, HepReader.Read(Fixtures.Read("hep/vectors/v3-ping.bin"), out HepPacket packet));
        Assert.Equal(HepProtocolType.Reserved, packet.ProtocolType);
        Assert.Equal("HEP3\u0003\n", packet.Payload.Text());
        Assert.True(packet.SourceAddress.IsEmpty);
    }

    [Theory]
    [InlineData("v3-zlib")]
    [InlineData("v3-gzip")]
    public void A_compressed_payload_inflates(string vector)
    {
        Assert.Equal(HepRejection.None, HepReader.Read(Fixtures.Read($"hep/vectors/{vector}.bin"), out HepPacket packet));
        Assert.True(packet.IsCompressed);
        Assert.Equal(HepRejection.None, CompressedPayload.Inflate(packet.Payload, out byte[] payload));
        Assert.Equal(Options, Octets.Of(Options).AsSpan().SequenceEqual(payload) ? Options : "");
    }
}
