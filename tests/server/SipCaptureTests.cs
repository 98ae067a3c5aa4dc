using System.Text;
using CsCheck;
using Homer.Search.Protocol;
using Homer.Search.Protocol.Hep;
using Homer.Search.Server.Pcap;

namespace Homer.Search.Tests.Server;

public sealed class SipCaptureTests
{
    const byte Syn = 0x02;
    const byte Fin = 0x11;

    static readonly byte[] Options = Frames.Sip("one");

    public static TheoryData<string, int, byte[]> Layers => new()
    {
        { "Ethernet", 1, Frames.Ethernet(0x0800, Frames.Ipv4(17, Frames.Udp(Options))) },
        { "one VLAN tag", 1, Frames.Ethernet(0x0800, Frames.Ipv4(17, Frames.Udp(Options)), 42) },
        { "two VLAN tags", 1, Frames.Ethernet(0x0800, Frames.Ipv4(17, Frames.Udp(Options)), 7, 42) },
        { "PPPoE", 1, Frames.Ethernet(0x8864, [0x11, 0, 0, 1, 0, 0, 0, 0x21, .. Frames.Ipv4(17, Frames.Udp(Options))]) },
        { "IPv6", 1, Frames.Ethernet(0x86DD, Frames.Ipv6(17, Frames.Udp(Options))) },
        { "IPv6 with an extension header", 1, Frames.Ethernet(0x86DD, Frames.Ipv6(0, [17, 0, 1, 4, 0, 0, 0, 0, .. Frames.Udp(Options)])) },
        { "Ethernet with padding", 1, [.. Frames.Ethernet(0x0800, Frames.Ipv4(17, Frames.Udp(Options))), 0, 0, 0] },
        { "raw IP", 101, Frames.Ipv4(17, Frames.Udp(Options)) },
        { "loopback", 0, [2, 0, 0, 0, .. Frames.Ipv4(17, Frames.Udp(Options))] },
        { "Linux cooked", 113, [0, 0, 0, 1, 0, 6, 2, 0, 0, 0, 0, 1, 0, 0, 0x08, 0x00, .. Frames.Ipv4(17, Frames.Udp(Options))] },
        { "Linux cooked 2", 276,
            [0x08, 0x00, 0, 0, 0, 0, 0, 1, 0, 1, 0, 6, 2, 0, 0, 0, 0, 1, 0, 0, .. Frames.Ipv4(17, Frames.Udp(Options))] },
    };

    [Theory]
    [MemberData(nameof(Layers))]
    public void SIP_is_found_whatever_lies_around_it(string layers, int linkType, byte[] frame)
    {
        CapturedSip sip = Assert.Single(Messages(linkType, frame));
        Assert.Equal(Options, sip.Payload);
        Assert.Equal(TransportProtocol.Udp, sip.Transport);
        Assert.Equal((5060, 5070), (sip.Flow.SourcePort, sip.Flow.DestinationPort));
        Assert.Equal(layers.Contains("VLAN", StringComparison.Ordinal) ? 42 : null, (int?)sip.VlanId);
    }

    [Fact]
    public void A_captured_message_becomes_the_HEP_packet_of_an_agent()
    {
        foreach ((byte[] ip, int length) in new[] { (Frames.Ipv4(17, Frames.Udp(Options)), 4), (Frames.Ipv6(17, Frames.Udp(Options)), 16) })
        {
            byte[] hep = Assert.Single(Messages(101, ip)).ToHep(12, "x.pcap"u8);
            Assert.Equal(HepRejection.None, HepReader.Read(hep, out HepPacket packet));
            Assert.Equal(Options, packet.Payload);
            Assert.Equal(length, packet.SourceAddress.Length);
            Assert.Equal(length, packet.DestinationAddress.Length);
            Assert.Equal((1_700_000_000u, 5u), (packet.Seconds, packet.Microseconds));
            Assert.Equal(12u, packet.CaptureAgentId);
            Assert.Equal("x.pcap", Encoding.ASCII.GetString(packet.CaptureAgentName));
            Assert.Equal((5060, 5070), (packet.SourcePort, packet.DestinationPort));
        }
    }

    [Theory]
    [InlineData("vectors/v3-min")]
    [InlineData("kamailio-v3-01")]
    [InlineData("kamailio-v2-01")]
    [InlineData("kamailio-v1-01")]
    [InlineData("rtpengine-udp-01")]
    public void A_captured_HEP_packet_is_what_its_agent_sent(string name)
    {
        byte[] sent = Fixtures.Read($"hep/{name}.bin");

        Assert.Equal(sent, Assert.Single(Messages(101, Frames.Ipv4(17, Frames.Udp(sent, to: 9060)))).ToHep(12, "x.pcap"u8));
    }

    [Fact]
    public void Fragments_are_put_together_in_any_order() => Gen.Shuffle(new[] { 0, 1, 2, 3 }).Sample(order =>
    {
        byte[] datagram = Frames.Udp(Frames.Sip("long", body: 3000));
        byte[][] v4 = [.. Pieces(datagram, 1000).Select(piece => Frames.Ipv4(17, piece.Bytes, 7, piece.Offset, piece.More))];
        byte[][] v6 = [.. Pieces(datagram, 1000).Select(piece => Frames.Ipv6Fragment(17, piece.Bytes, piece.Offset, piece.More))];
        Assert.Equal(datagram[8..], Assert.Single(Messages(101, [.. order.Select(number => v4[number])])).Payload);
        Assert.Equal(datagram[8..], Assert.Single(Messages(101, [.. order.Select(number => v6[number])])).Payload);
    });

    [Fact]
    public void Fragments_of_other_datagrams_do_not_mix_and_what_is_not_complete_is_counted()
    {
        byte[] datagram = Frames.Udp(Frames.Sip("long", body: 3000));
        byte[][] frames = [.. Pieces(datagram, 1000)
            .Select((piece, number) => Frames.Ipv4(17, piece.Bytes, number == 1 ? 8 : 7, piece.Offset, piece.More))];
        var capture = new SipCapture();
        Assert.Empty(capture.Read(frames.Select(Frame(101))));
        Assert.Equal(2, capture.IncompleteDatagrams);
        Assert.Contains("2 fragmented datagrams are not complete", capture.Problems());
    }

    [Fact]
    public void Memory_for_fragments_is_bounded()
    {
        var capture = new SipCapture();
        IEnumerable<byte[]> flood = Enumerable.Range(0, 5000).Select(id => Frames.Ipv4(17, new byte[8], id, 0, more: true));
        Assert.Empty(capture.Read(flood.Select(Frame(101))));
        Assert.Equal(5000, capture.IncompleteDatagrams);
    }

    [Fact]
    public void A_TCP_stream_gives_the_same_messages_however_it_is_cut_ordered_and_repeated()
    {
        byte[][] sent = [Frames.Sip("a"), Frames.Sip("b", body: 700), [.. "\r\n\r\n"u8, .. Frames.Sip("c")]];
        byte[] stream = [.. sent.SelectMany(bytes => bytes)];
        // At most 256 segments wait for one before them.
        Gen.Int[8, 400].List[1, 40].Select(Gen.Int[0, int.MaxValue]).Sample((sizes, seed) =>
        {
            uint first = uint.MaxValue - 300;
            List<byte[]> segments = [];
            for (int at = 0, number = 0; at < stream.Length; number++)
            {
                int length = Math.Min(sizes[number % sizes.Count], stream.Length - at);
                segments.Add(Segment(stream[at..(at + length)], unchecked(first + 1 + (uint)at)));
                at += length;
            }

            var random = new Random(seed);
            segments.AddRange(segments.Where(_ => random.Next(4) == 0).ToArray());
            byte[][] disorder = [.. segments];
            random.Shuffle(disorder);
            byte[][] frames = [Segment([], first, Syn), .. disorder];
            Assert.Equal([sent[0], sent[1], Frames.Sip("c")], Messages(101, frames).Select(sip => sip.Payload));
        });
    }

    [Fact]
    public void A_connection_whose_beginning_was_not_captured_is_followed_from_its_first_message()
    {
        byte[] message = Frames.Sip("late");
        byte[][] frames = [Segment("tail of something\r\n\r\n"u8.ToArray(), 100), Segment(message[..50], 5000),
            Segment(message[50..], 5050)];
        CapturedSip sip = Assert.Single(Messages(101, frames));
        Assert.Equal(message, sip.Payload);
        Assert.Equal(TransportProtocol.Tcp, sip.Transport);
    }

    [Fact]
    public void A_gap_costs_the_message_it_is_in_and_is_counted()
    {
        byte[] lost = Frames.Sip("lost");
        byte[] kept = Frames.Sip("kept");
        byte[][] frames =
        [
            Segment([], 0, Syn), Segment(lost[..40], 1), Segment(kept, (uint)(1 + lost.Length)),
                Segment([], (uint)(1 + lost.Length + kept.Length), Fin),
        ];
        var capture = new SipCapture();
        Assert.Equal(kept, Assert.Single(capture.Read(frames.Select(Frame(101)))).Payload);
        Assert.Equal(1, capture.StreamGaps);
    }

    [Fact]
    public void What_is_no_SIP_is_left_out()
    {
        byte[][] frames =
        [
            Frames.Ipv4(17, Frames.Udp("GET / HTTP/1.1\r\n\r\n"u8.ToArray())), Segment([], 0, Syn), Segment([0x16, 3, 1, 0, 5, 1, 2, 3], 1),
            Frames.Ipv4(1, [8, 0, 0, 0]), Frames.Ipv4(17, [1, 2, 3]),
        ];
        Assert.Empty(Messages(101, frames));
    }

    [Fact]
    public void No_frame_however_damaged_ends_the_reading() =>
        Gen.Select(Gen.Int[0, Hostile.Length - 1].Select(number => Hostile[number]), Gen.Int[0, 200], Gen.Byte.Array[0, 8])
            .Sample((frame, at, noise) =>
            {
                byte[] bytes = [.. frame.Bytes];
                noise.AsSpan(0, Math.Min(noise.Length, Math.Max(0, bytes.Length - at))).CopyTo(bytes.AsSpan(Math.Min(at, bytes.Length)));
                Assert.InRange(Messages(frame.Link, bytes).Count, 0, 1);
                Assert.InRange(Messages(frame.Link, bytes[..Math.Min(at, bytes.Length)]).Count, 0, 1);
            });

    static (int Link, byte[] Bytes)[] Hostile => [.. Layers.Select(row => (row.Data.Item2, row.Data.Item3)), (101, Segment(Options, 1))];

    static byte[] Segment(byte[] payload, uint sequence, byte flags = 0x18) => Frames.Ipv4(6, Frames.Tcp(payload, sequence, flags));

    static IEnumerable<(byte[] Bytes, int Offset, bool More)> Pieces(byte[] whole, int length)
    {
        for (int at = 0; at < whole.Length; at += length)
            yield return (whole[at..Math.Min(whole.Length, at + length)], at, at + length < whole.Length);
    }

    static Func<byte[], CapturedFrame> Frame(int linkType) => bytes =>
        new CapturedFrame(new Instant(1_700_000_000_000_005_000), linkType, bytes);

    static List<CapturedSip> Messages(int linkType, params byte[][] frames) => [.. new SipCapture().Read(frames.Select(Frame(linkType)))];
}
