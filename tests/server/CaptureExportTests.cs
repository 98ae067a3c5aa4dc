using System.Buffers;
using System.Net;
using System.Text;
using CsCheck;
using Homer.Search.Calls;
using Homer.Search.Protocol;
using Homer.Search.Server.Pcap;
using Homer.Search.Store;
using Homer.Search.Tests.Stores;

namespace Homer.Search.Tests.Server;

/// <summary>What is exported as a capture file is what an import reads.</summary>
public sealed class CaptureExportTests
{
    static readonly Gen<IPAddress> Addresses = Gen.OneOf(Gen.Byte.Array[4], Gen.Byte.Array[16]).Select(octets => new IPAddress(octets));

    static readonly Gen<(IPAddress Source, IPAddress Destination, int SourcePort, int DestinationPort, long Time, string Agent, int Padding)> Packets =
        Gen.Select(Addresses, Addresses, Gen.Int[1, 65_535], Gen.Int[1, 65_535], Gen.Long[0, 2_000_000_000_000_000_000], Gen.Int[0, 2].Select(agent => new[] { "edge", "core", "süd" }[agent]), Gen.Int[0, 3000]);

    [Theory]
    [InlineData("pcap")]
    [InlineData("pcapng")]
    public void Addresses_ports_times_and_octets_come_back(string format) => Packets.Array[1, 8].Sample(
        packets =>
        {
            var target = new ArrayBufferWriter<byte>();
            MessageExport export = MessageExport.Of(format)!;
            export.Begin(target);
            foreach (var packet in packets)
                export.Write(Document(packet), Raw(packet.Padding), target);
            export.End(target);

            List<string> damage = [];
            CapturedFrame[] frames = [.. CaptureFile.Read(new MemoryStream(target.WrittenSpan.ToArray()), "export", damage.Add)
                .Select(frame => frame with { Bytes = frame.Bytes.ToArray() })];
            Assert.Empty(damage);
            Assert.Equal(packets.Length, frames.Length);
            foreach ((var packet, CapturedFrame frame) in packets.Zip(frames))
            {
                Assert.Equal((101, packet.Time), (frame.LinkType, frame.Time.Nanoseconds));
                CapturedSip sip = Assert.Single(new SipCapture().Read([frame]));
                Assert.Equal((packet.Source.MapToIPv6(), packet.Destination.MapToIPv6()), (Address(sip.Flow.Source), Address(sip.Flow.Destination)));
                Assert.Equal((packet.SourcePort, packet.DestinationPort), (sip.Flow.SourcePort, sip.Flow.DestinationPort));
                Assert.Equal(Raw(packet.Padding), sip.Payload);
            }
        },
        iter: 300);

    [Fact]
    public void A_checksum_is_right_over_the_whole_datagram()
    {
        var target = new ArrayBufferWriter<byte>();
        MessageExport export = MessageExport.Of("pcap")!;
        export.Write(Document((IPAddress.Parse("192.0.2.1"), IPAddress.Parse("192.0.2.2"), 5060, 5080, 0, "edge", 1)), Raw(1), target);
        byte[] frame = target.WrittenSpan[16..].ToArray();

        Assert.Equal(0xFFFF, Sum(frame.AsSpan(0, 20)));
        byte[] pseudo = [.. frame[12..20], 0, 17, .. frame[24..26], .. frame[20..], .. new byte[frame.Length % 2]];
        Assert.Equal(0xFFFF, Sum(pseudo));
    }

    static IPAddress Address(UInt128 octets) => new IPAddress(Flow.Octets(octets, new byte[16])).MapToIPv6();

    static int Sum(ReadOnlySpan<byte> octets)
    {
        int sum = 0;
        for (int at = 0; at < octets.Length; at += 2)
            sum += (octets[at] << 8) | octets[at + 1];
        while (sum > 0xFFFF)
            sum = (sum & 0xFFFF) + (sum >> 16);
        return sum;
    }

    static byte[] Raw(int padding) => Encoding.ASCII.GetBytes(
        $"OPTIONS sip:a@x SIP/2.0\r\nVia: SIP/2.0/UDP x;branch=z9hG4bK1\r\nFrom: <sip:a@x>;tag=1\r\nTo: <sip:b@x>\r\nCall-ID: a@x\r\nCSeq: 1 OPTIONS\r\n"
        + $"X-Padding: {new string('x', padding)}\r\nContent-Length: 0\r\n\r\n");

    static Document Document((IPAddress Source, IPAddress Destination, int SourcePort, int DestinationPort, long Time, string Agent, int Padding) packet) =>
        new Sample(DocumentKind.Sip)
        {
            [Fields.Timestamp] = new Instant(packet.Time),
            [Fields.Sequence] = 8L,
            [Fields.SourceIp] = packet.Source,
            [Fields.DestinationIp] = packet.Destination,
            [Fields.SourcePort] = (long)packet.SourcePort,
            [Fields.DestinationPort] = (long)packet.DestinationPort,
            [Fields.AgentName] = packet.Agent,
            [Fields.NetworkTransport] = "tls",
        }.AsDocument(7);
}
