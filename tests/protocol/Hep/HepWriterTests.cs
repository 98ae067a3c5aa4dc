using System.Buffers;
using CsCheck;
using Homer.Search.Protocol;
using Homer.Search.Protocol.Hep;

namespace Homer.Search.Tests.Protocol.Hep;

public class HepWriterTests
{
    static readonly Gen<byte[]> Address = Gen.Bool.SelectMany(isIpv4 => Gen.Byte.Array[isIpv4 ? 4 : 16]);
    static readonly Gen<byte[]> Word = Gen.Byte[33, 126].Array[0, 40];
    static readonly Gen<byte[]> Payload = Gen.Byte[1, 255].Array[1, 2000];

    static readonly Gen<Facts> Any = Gen.Select(
        Gen.Select(Gen.Int[1, 3], Address, Address, Gen.UShort, Gen.UShort, Gen.UInt, Gen.UInt[0, 999_999]),
        Gen.Select(Gen.UInt, Gen.Byte, Gen.Byte[0, 254], Word, Word, Word, Payload),
        Gen.Select(Gen.UShort, Gen.UShort, Gen.Bool),
        (wire, who, rest) => new Facts(
            wire.Item1, wire.Item2, wire.Item1 < 3 ? [.. wire.Item2.Reverse()] : wire.Item3, wire.Item4, wire.Item5, wire.Item6, wire.Item7, who.Item1, who.Item2,
            who.Item3, who.Item4, who.Item5, who.Item6, who.Item7, rest.Item1, rest.Item2, rest.Item3));

    [Fact]
    public void What_is_written_reads_back_the_same() => Any.Sample(facts =>
    {
        byte[] bytes = new byte[HepWriter.Measure(facts.Packet)];
        Assert.Equal(bytes.Length, HepWriter.Write(facts.Packet, bytes));
        Assert.Equal(HepRejection.None, HepReader.Read(bytes, out HepPacket read));
        AssertSame(facts.Packet, read);
    });

    [Fact]
    public void The_known_packets_are_written_as_they_are()
    {
        var facts = new Facts(
            1, [192, 0, 2, 1], [192, 0, 2, 2], 5060, 5062, 1700000000, 123456, 4660, 17, 1, [], [], [], Octets.Of("OPTIONS sip:a SIP/2.0\r\n\r\n"), 0, 0, false);
        Assert.Equal(Fixtures.Read("hep/vectors/v1-ipv4.bin"), Written(facts));
        Assert.Equal(Fixtures.Read("hep/vectors/v2-ipv4.bin"), Written(facts with { Version = 2 }));
        Assert.Equal(Fixtures.Read("hep/vectors/v3-min.bin"), Written(facts with { Version = 3 }));
    }

    [Fact]
    public void What_no_packet_can_say_is_an_error_of_the_caller()
    {
        var facts = new Facts(3, [192, 0, 2, 1], [192, 0, 2, 2], 1, 2, 3, 4, 5, 17, 1, [], [], [], [1, 2, 3], 0, 0, false);
        Assert.Throws<ArgumentException>(() => HepWriter.Write((facts with { Version = 4 }).Packet, new byte[1000]));
        Assert.Throws<ArgumentException>(() => HepWriter.Write(facts.Packet, new byte[20]));
        Assert.Throws<ArgumentException>(() => HepWriter.Write((facts with { Payload = new byte[65535] }).Packet, new byte[70000]));
        Assert.Throws<ArgumentException>(() => HepWriter.Write((facts with { Version = 1, Source = new byte[16] }).Packet, new byte[1000]));
    }

    static byte[] Written(Facts facts)
    {
        var buffer = new ArrayBufferWriter<byte>();
        Assert.Equal(buffer.WrittenCount + HepWriter.Measure(facts.Packet), HepWriter.Write(facts.Packet, buffer));
        return buffer.WrittenSpan.ToArray();
    }

    static void AssertSame(HepPacket written, HepPacket read)
    {
        bool isLegacy = written.Version < 3;
        Assert.Equal(written.Version, read.Version);
        Assert.Equal(written.SourceAddress, read.SourceAddress);
        Assert.Equal(written.DestinationAddress, read.DestinationAddress);
        Assert.Equal(written.SourcePort, read.SourcePort);
        Assert.Equal(written.DestinationPort, read.DestinationPort);
        Assert.Equal(written.Transport, read.Transport);
        Assert.Equal(written.Payload, read.Payload);
        Assert.Equal(written.Version == 1 ? 0 : written.Seconds, read.Seconds);
        Assert.Equal(written.Version == 1 ? 0 : written.Microseconds, read.Microseconds);
        Assert.Equal(written.Version switch { 1 => 0, 2 => (ushort)written.CaptureAgentId, _ => written.CaptureAgentId }, read.CaptureAgentId);
        Assert.Equal(isLegacy ? HepProtocolType.Sip : written.ProtocolType, read.ProtocolType);
        Assert.Equal(isLegacy ? [] : written.AuthenticateKey, read.AuthenticateKey);
        Assert.Equal(isLegacy ? [] : written.CaptureAgentName, read.CaptureAgentName);
        Assert.Equal(isLegacy ? [] : written.CorrelationId, read.CorrelationId);
        Assert.Equal(isLegacy ? null : written.VlanId, read.VlanId);
        Assert.Equal(isLegacy ? null : written.Mos, read.Mos);
        Assert.Equal(!isLegacy && written.IsCompressed, read.IsCompressed);
        Assert.False(read.IsDamaged);
        Assert.Equal(0, read.ExcessLength);
    }

    sealed record Facts(
        int Version, byte[] Source, byte[] Destination, ushort SourcePort, ushort DestinationPort, uint Seconds, uint Microseconds, uint Agent, byte Transport,
        byte Type, byte[] Name, byte[] Key, byte[] Correlation, byte[] Payload, ushort Vlan, ushort Mos, bool IsCompressed)
    {
        internal HepPacket Packet => new()
        {
            Version = (byte)Version,
            SourceAddress = Source,
            DestinationAddress = Destination,
            SourcePort = SourcePort,
            DestinationPort = DestinationPort,
            Seconds = Seconds,
            Microseconds = Microseconds,
            CaptureAgentId = Agent,
            Transport = (TransportProtocol)Transport,
            ProtocolType = (HepProtocolType)Type,
            CaptureAgentName = Name,
            AuthenticateKey = Key,
            CorrelationId = Correlation,
            Payload = Payload,
            VlanId = Vlan == 0 ? null : Vlan,
            Mos = Mos == 0 ? null : Mos,
            IsCompressed = IsCompressed,
        };
    }
}
