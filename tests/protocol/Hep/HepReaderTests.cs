using Homer.Search.Protocol;
using Homer.Search.Protocol.Hep;

namespace Homer.Search.Tests.Protocol.Hep;

public class HepReaderTests
{
    const string Sip = "OPTIONS sip:a SIP/2.0\r\n\r\n";

    [Theory]
    [InlineData("", HepRejection.TooShort)]
    [InlineData("HEP3", HepRejection.TooShort)]
    [InlineData("HEP3\u0000", HepRejection.TooShort)]
    [InlineData("HEP3\u0000\u0005", HepRejection.BadTotalLength)]
    [InlineData("HEP3\u0000\u0000", HepRejection.BadTotalLength)]
    [InlineData("HEP3\u0000\u0006", HepRejection.NoPayload)]
    [InlineData("HEP4\u0000\u0006", HepRejection.NotHep)]
    [InlineData("E\u0000\u0005\u00dc\u0000\u0001", HepRejection.NotHep)]
    [InlineData("\u0016\u0003\u0001\u0002\u0000\u0001", HepRejection.LooksLikeTls)]
    [InlineData("GET / HTTP/1.1\r\nHost: a\r\n\r\n", HepRejection.LooksLikeHttp)]
    [InlineData("POST /hep", HepRejection.LooksLikeHttp)]
    [InlineData("OPTIONS * HTTP/1.1\r\n\r\n", HepRejection.LooksLikeHttp)]
    [InlineData("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", HepRejection.LooksLikeHttp)]
    [InlineData("INVITE sip:bob@example.net SIP/2.0\r\nVia: x\r\n\r\n", HepRejection.LooksLikeSip)]
    [InlineData("INVITE sip:bob@example.ne", HepRejection.LooksLikeSip)]
    [InlineData("SIP/2.0 200 OK\r\n", HepRejection.LooksLikeSip)]
    [InlineData("\u001f\u008b\u0008\u0000\u0000\u0000", HepRejection.CompressedFrame)]
    public void What_is_no_packet_is_refused_with_its_reason(string octets, HepRejection expected) =>
        Assert.Equal(expected, HepReader.Read(Octets.Of(octets), out _));

    [Theory]
    [InlineData("HEP3")]
    [InlineData("EEP3")]
    [InlineData("EEP1")]
    public void Every_magic_of_version_3_is_read(string magic)
    {
        byte[] bytes = Packet(magic, Chunk(0x0b, "01"), Chunk(0x0f, Sip));
        Assert.Equal(HepRejection.None, HepReader.Read(bytes, out HepPacket packet));
        Assert.Equal(Sip, packet.Payload.Text());
    }

    [Fact]
    public void In_the_draft_chunk_0x10_is_a_correlation_id_and_0x11_an_SS7_type()
    {
        byte[] bytes = Packet("EEP1", Chunk(0x10, "00012345"), Chunk(0x11, "0001"), Chunk(0x0f, Sip));
        Assert.Equal(HepRejection.None, HepReader.Read(bytes, out HepPacket packet));
        Assert.Equal("00012345", packet.CorrelationId.Hex());
        Assert.False(packet.IsCompressed);
        Assert.Equal(Sip, packet.Payload.Text());
    }

    [Fact]
    public void The_last_of_repeated_chunks_counts()
    {
        byte[] bytes = Packet("HEP3", Chunk(0x07, "1111"), Chunk(0x0f, "first"u8), Chunk(0x07, "2222"), Chunk(0x0f, "second"u8));
        Assert.Equal(HepRejection.None, HepReader.Read(bytes, out HepPacket packet));
        Assert.Equal(0x2222, packet.SourcePort);
        Assert.Equal("second", packet.Payload.Text());
    }

    [Fact]
    public void The_plain_payload_goes_before_the_compressed_one()
    {
        byte[] bytes = Packet("HEP3", Chunk(0x0f, Sip), Chunk(0x10, "789c"));
        Assert.Equal(HepRejection.None, HepReader.Read(bytes, out HepPacket packet));
        Assert.False(packet.IsCompressed);
        Assert.Equal(Sip, packet.Payload.Text());
        bytes = Packet("HEP3", Chunk(0x10, "789c"), Chunk(0x0f, Sip));
        Assert.Equal(HepRejection.None, HepReader.Read(bytes, out packet));
        Assert.False(packet.IsCompressed);
    }

    [Fact]
    public void Chunks_of_vendors_and_unknown_ones_are_passed_over()
    {
        byte[] bytes = Packet("HEP3", Chunk(0x0f, "not the payload"u8, vendor: 9), Chunk(0x77, "x"u8), Chunk(0x0f, Sip), Chunk(0x0c, "00000007", vendor: 2));
        Assert.Equal(HepRejection.None, HepReader.Read(bytes, out HepPacket packet));
        Assert.Equal(Sip, packet.Payload.Text());
        Assert.Equal(0u, packet.CaptureAgentId);
    }

    [Fact]
    public void Numbers_count_in_whatever_width_they_come()
    {
        byte[] bytes = Packet(
            "HEP3", Chunk(0x02, "00000006"), Chunk(0x07, "000013c4"), Chunk(0x08, "50"), Chunk(0x09, "6553"), Chunk(0x0b, "0064"), Chunk(0x0c, "07"),
            Chunk(0x12, "0000000a"), Chunk(0x20, "019a"), Chunk(0x0f, "text"u8));
        Assert.Equal(HepRejection.None, HepReader.Read(bytes, out HepPacket packet));
        Assert.Equal(TransportProtocol.Tcp, packet.Transport);
        Assert.Equal(5060, packet.SourcePort);
        Assert.Equal(0x50, packet.DestinationPort);
        Assert.Equal(0x6553u, packet.Seconds);
        Assert.Equal(HepProtocolType.Log, packet.ProtocolType);
        Assert.Equal(7u, packet.CaptureAgentId);
        Assert.Equal((ushort)10, packet.VlanId);
        Assert.Equal((ushort)410, packet.Mos);
    }

    [Fact]
    public void A_fixed_chunk_of_a_wrong_size_is_passed_over()
    {
        byte[] bytes = Packet("HEP3", Chunk(0x03, "c00002"), Chunk(0x07, "112233"), Chunk(0x08, "00012345"), Chunk(0x0f, Sip));
        Assert.Equal(HepRejection.None, HepReader.Read(bytes, out HepPacket packet));
        Assert.True(packet.SourceAddress.IsEmpty);
        Assert.Equal(0, packet.SourcePort);
        Assert.Equal(0, packet.DestinationPort);
    }

    [Fact]
    public void Address_families_may_be_mixed()
    {
        byte[] bytes = Packet("HEP3", Chunk(0x03, "c0000201"), Chunk(0x06, "20010db8000000000000000000000001"), Chunk(0x0f, Sip));
        Assert.Equal(HepRejection.None, HepReader.Read(bytes, out HepPacket packet));
        Assert.Equal(4, packet.SourceAddress.Length);
        Assert.Equal(16, packet.DestinationAddress.Length);
    }

    [Fact]
    public void Without_a_type_SIP_is_told_by_its_first_line_and_other_things_have_none()
    {
        Assert.Equal(HepRejection.None, HepReader.Read(Packet("HEP3", Chunk(0x0f, Sip)), out HepPacket packet));
        Assert.Equal(HepProtocolType.Sip, packet.ProtocolType);
        Assert.Equal(HepRejection.None, HepReader.Read(Packet("HEP3", Chunk(0x0f, "{\"a\":1}"u8)), out packet));
        Assert.Equal(HepProtocolType.Unnamed, packet.ProtocolType);
    }

    [Fact]
    public void Correlation_id_and_name_are_trimmed()
    {
        byte[] bytes = Packet("HEP3", Chunk(0x11, " a b \0\0"u8), Chunk(0x13, "node\0"u8), Chunk(0x0f, Sip));
        Assert.Equal(HepRejection.None, HepReader.Read(bytes, out HepPacket packet));
        Assert.Equal("a b", packet.CorrelationId.Text());
        Assert.Equal("node", packet.CaptureAgentName.Text());
    }

    [Fact]
    public void A_score_without_payload_is_a_measurement()
    {
        Assert.Equal(HepRejection.None, HepReader.Read(Packet("HEP3", Chunk(0x0b, "23"), Chunk(0x20, "019a")), out HepPacket packet));
        Assert.Equal((ushort)410, packet.Mos);
        Assert.Equal(HepRejection.NoPayload, HepReader.Read(Packet("HEP3", Chunk(0x0b, "01"), Chunk(0x0f, "")), out _));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(0xffff)]
    public void Behind_the_payload_damage_costs_only_the_rest(int length)
    {
        byte[] damage = [0, 0, 0, 0x0c, (byte)(length >> 8), (byte)length, 1, 2, 3, 4];
        Assert.Equal(HepRejection.None, HepReader.Read(Packet("HEP3", Chunk(0x0f, Sip), damage), out HepPacket packet));
        Assert.True(packet.IsDamaged);
        Assert.Equal(Sip, packet.Payload.Text());
        Assert.Equal(HepRejection.BadChunk, HepReader.Read(Packet("HEP3", damage, Chunk(0x0f, Sip)), out _));
    }

    [Fact]
    public void A_datagram_longer_than_its_packet_is_read_to_the_packet_s_end()
    {
        byte[] bytes = [.. Packet("HEP3", Chunk(0x0f, Sip)), 1, 2, 3];
        Assert.Equal(HepRejection.None, HepReader.Read(bytes, out HepPacket packet));
        Assert.Equal(3, packet.ExcessLength);
        Assert.False(packet.IsDamaged);
        Assert.Equal(Sip, packet.Payload.Text());
    }

    [Fact]
    public void A_cut_datagram_is_read_as_far_as_its_payload_is_whole()
    {
        byte[] whole = Packet("HEP3", Chunk(0x07, "13c4"), Chunk(0x0f, Sip), Chunk(0x13, "node"u8));
        Assert.Equal(HepRejection.None, HepReader.Read(whole.AsSpan(..^2), out HepPacket packet));
        Assert.True(packet.IsDamaged);
        Assert.Equal(Sip, packet.Payload.Text());
        Assert.Equal(5060, packet.SourcePort);
        Assert.Equal(HepRejection.BadChunk, HepReader.Read(whole.AsSpan(..^12), out _));
    }

    [Fact]
    public void A_flood_of_chunks_is_refused()
    {
        byte[][] chunks = [.. Enumerable.Repeat(Chunk(0x77, ""), 1023), Chunk(0x0f, Sip)];
        Assert.Equal(HepRejection.None, HepReader.Read(Packet("HEP3", chunks), out _));
        Assert.Equal(HepRejection.TooManyChunks, HepReader.Read(Packet("HEP3", [Chunk(0x77, ""), .. chunks]), out _));
    }

    static byte[] Packet(string magic, params byte[][] chunks)
    {
        byte[] body = [.. chunks.SelectMany(chunk => chunk)];
        int total = 6 + body.Length;
        return [.. Octets.Of(magic), (byte)(total >> 8), (byte)total, .. body];
    }

    static byte[] Chunk(int type, string value) => Chunk(type, value == Sip ? Octets.Of(value) : Octets.FromHex(value));

    static byte[] Chunk(int type, string hex, int vendor) => Chunk(type, Octets.FromHex(hex), vendor);

    static byte[] Chunk(int type, ReadOnlySpan<byte> value, int vendor = 0)
    {
        int length = 6 + value.Length;
        return [(byte)(vendor >> 8), (byte)vendor, (byte)(type >> 8), (byte)type, (byte)(length >> 8), (byte)length, .. value];
    }
}
