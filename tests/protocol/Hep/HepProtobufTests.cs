using System.Text;
using Homer.Search.Protocol;
using Homer.Search.Protocol.Hep;

namespace Homer.Search.Tests.Protocol.Hep;

/// <summary>The protobuf encapsulation of heplify, and chunks that have no property.</summary>
public class HepProtobufTests
{
    [Fact]
    public void A_packet_in_protobuf_is_read()
    {
        Assert.Equal(HepRejection.None, HepReader.Read(Packet(), out HepPacket packet));
        Assert.Equal((HepProtocolType.Sip, TransportProtocol.Udp), (packet.ProtocolType, packet.Transport));
        Assert.Equal([192, 0, 2, 1], packet.SourceAddress.ToArray());
        Assert.Equal(16, packet.DestinationAddress.Length);
        Assert.Equal((5060, 5062), (packet.SourcePort, packet.DestinationPort));
        Assert.Equal((1700000000u, 123456u, 2002u), (packet.Seconds, packet.Microseconds, packet.CaptureAgentId));
        Assert.Equal(("secret", "cid-1", (ushort?)7), (packet.AuthenticateKey.Text(), packet.CorrelationId.Text(), packet.VlanId));
        Assert.StartsWith("OPTIONS ", packet.Payload.Text(), StringComparison.Ordinal);
    }

    [Fact]
    public void One_cut_anywhere_is_refused_or_says_less()
    {
        byte[] whole = Packet();
        for (int length = 1; length < whole.Length; length++)
            _ = HepReader.Read(whole.AsSpan(..length), out _);
        Assert.NotEqual(HepRejection.None, HepReader.Read(whole.AsSpan(..^1), out _));
    }

    [Theory]
    [InlineData("08 02 ff ff ff ff ff ff ff ff ff ff ff")]
    [InlineData("08 0b 10 11 00 00 00")]
    [InlineData("08 02 62 ff ff ff ff 0f")]
    public void Other_octets_that_begin_so_are_no_packet(string digits) =>
        Assert.Equal(HepRejection.NotHep, HepReader.Read(Octets.FromHex(digits), out _));

    [Fact]
    public void A_field_of_another_wire_type_is_none_of_the_fourteen()
    {
        // Transport and agent id as text of two octets, the payload as a number, each behind its true form.
        byte[] packet = [.. Packet(), .. Octets.FromHex("12 02 61 61 | 52 02 61 61 | 60 05 | 0a 02 61 61")];
        Assert.Equal(HepRejection.None, HepReader.Read(packet, out HepPacket read));
        Assert.Equal((TransportProtocol.Udp, 2002u), (read.Transport, read.CaptureAgentId));
        Assert.StartsWith("OPTIONS ", read.Payload.Text(), StringComparison.Ordinal);
    }

    [Fact]
    public void Its_key_is_blanked_where_it_is_kept()
    {
        byte[] packet = Packet();
        AuthenticateKeys.Blank(packet);
        Assert.Equal(HepRejection.None, HepReader.Read(packet, out HepPacket read));
        Assert.Equal("xxxxxx", read.AuthenticateKey.Text());
        Assert.StartsWith("OPTIONS ", read.Payload.Text(), StringComparison.Ordinal);
    }

    [Fact]
    public void Chunks_of_a_vendor_are_walked_and_others_are_not()
    {
        byte[] bytes = Fixtures.Read("hep/vectors/v3-vendor.bin");
        Assert.Equal(HepRejection.None, HepReader.Read(bytes, out HepPacket packet));
        Assert.True(packet.HasOtherChunks);
        var found = new List<(int, int)>();
        var chunks = new HepChunks(bytes);
        while (chunks.MoveNext())
            found.Add((chunks.VendorId, chunks.Type));
        Assert.Equal([(2, 15), (8, 0x80)], found.Order());
    }

    [Fact]
    public void A_packet_of_generic_chunks_has_no_others()
    {
        byte[] bytes = Fixtures.Read("hep/kamailio-v3-01.bin");
        Assert.Equal(HepRejection.None, HepReader.Read(bytes, out HepPacket packet));
        Assert.False(packet.HasOtherChunks);
        // A score of three octets says nothing, yet it is a generic chunk.
        byte[] scored = [.. bytes, 0, 0, 0, 0x20, 0, 9, 1, 2, 3];
        (scored[4], scored[5]) = ((byte)(scored.Length >> 8), (byte)scored.Length);
        Assert.Equal(HepRejection.None, HepReader.Read(scored, out packet));
        Assert.False(packet.HasOtherChunks);
    }

    static byte[] Packet()
    {
        var bytes = new List<byte>();
        Number(bytes, 1, 2);
        Number(bytes, 2, 17);
        Text(bytes, 3, "192.0.2.1");
        Text(bytes, 4, "2001:db8::2");
        Number(bytes, 5, 5060);
        Number(bytes, 6, 5062);
        Number(bytes, 7, 1700000000);
        Number(bytes, 8, 123456);
        Number(bytes, 9, 1);
        Number(bytes, 10, 2002);
        Text(bytes, 11, "secret");
        Text(bytes, 12, "OPTIONS sip:a SIP/2.0\r\n\r\n");
        Text(bytes, 13, "cid-1");
        Number(bytes, 14, 7);
        return [.. bytes];
    }

    static void Number(List<byte> bytes, int field, uint value)
    {
        bytes.Add((byte)(field << 3));
        Varint(bytes, value);
    }

    static void Text(List<byte> bytes, int field, string value)
    {
        bytes.Add((byte)((field << 3) | 2));
        Varint(bytes, (uint)value.Length);
        bytes.AddRange(Encoding.UTF8.GetBytes(value));
    }

    static void Varint(List<byte> bytes, uint value)
    {
        for (; value >= 0x80; value >>= 7)
            bytes.Add((byte)(value | 0x80));
        bytes.Add((byte)value);
    }
}
