using Homer.Search.Protocol.Hep;

namespace Homer.Search.Tests.Protocol.Hep;

public class HepLegacyTests
{
    const string Addresses = "13c413c6 c0000201 c0000202";
    const string LittleEndianTime = "00f15365 40e20100 3412 0000";
    const string BigEndianTime = "6553f100 0001e240 1234 0000";

    static readonly byte[] Sip = Octets.Of("OPTIONS sip:a SIP/2.0\r\n\r\n");

    [Theory]
    [InlineData("00")]
    [InlineData("01")]
    [InlineData("10")]
    [InlineData("1c")]
    [InlineData("ff")]
    public void The_header_length_is_not_believed(string length)
    {
        byte[] bytes = [.. Octets.FromHex($"02{length}0211 {Addresses} {LittleEndianTime}"), .. Sip];
        Assert.Equal(HepRejection.None, HepReader.Read(bytes, out HepPacket packet));
        Assert.Equal(1700000000u, packet.Seconds);
        Assert.Equal(Sip, packet.Payload);
    }

    [Theory]
    [InlineData(LittleEndianTime)]
    [InlineData(BigEndianTime)]
    // The padding of the structure is whatever lay in memory.
    [InlineData("00f15365 40e20100 3412 067b")]
    // Packed: no padding at all.
    [InlineData("00f15365 40e20100 3412")]
    [InlineData("6553f100 0001e240 1234")]
    public void The_time_header_is_read_as_its_sender_meant_it(string time)
    {
        byte[] bytes = [.. Octets.FromHex($"02100211 {Addresses} {time}"), .. Sip];
        Assert.Equal(HepRejection.None, HepReader.Read(bytes, out HepPacket packet));
        Assert.Equal(1700000000u, packet.Seconds);
        Assert.Equal(123456u, packet.Microseconds);
        Assert.Equal(0x1234u, packet.CaptureAgentId);
        Assert.Equal(Sip, packet.Payload);
    }

    [Fact]
    public void A_status_line_behind_a_packed_header_is_found_too()
    {
        byte[] bytes = [.. Octets.FromHex($"02100211 {Addresses} 00f15365 40e20100 3412"), .. "SIP/2.0 200 OK\r\n\r\n"u8];
        Assert.Equal(HepRejection.None, HepReader.Read(bytes, out HepPacket packet));
        Assert.Equal("SIP/2.0 200 OK\r\n\r\n", packet.Payload.Text());
    }

    [Theory]
    [InlineData(10)]
    [InlineData(23)]
    [InlineData(28)]
    [InlineData(30)]
    public void IPv6_is_known_by_the_number_of_every_system(int family)
    {
        byte[] bytes = Fixtures.Read("hep/vectors/v2-ipv6.bin");
        bytes[2] = (byte)family;
        Assert.Equal(HepRejection.None, HepReader.Read(bytes, out HepPacket packet));
        Assert.Equal(16, packet.SourceAddress.Length);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(255)]
    public void Another_family_is_refused(int family)
    {
        byte[] bytes = Fixtures.Read("hep/vectors/v1-ipv4.bin");
        bytes[2] = (byte)family;
        Assert.Equal(HepRejection.BadAddressFamily, HepReader.Read(bytes, out _));
    }

    [Theory]
    [InlineData("v1-ipv4", 16)]
    [InlineData("v2-ipv4", 28)]
    [InlineData("v2-ipv6", 52)]
    public void A_datagram_that_ends_in_its_header_is_refused(string vector, int header)
    {
        byte[] bytes = Fixtures.Read($"hep/vectors/{vector}.bin");
        for (int length = 6; length < header; length++)
            Assert.NotEqual(HepRejection.None, HepReader.Read(bytes.AsSpan(..length), out _));
        Assert.Equal(HepRejection.NoPayload, HepReader.Read(bytes.AsSpan(..header), out _));
        Assert.Equal(HepRejection.None, HepReader.Read(bytes.AsSpan(..(header + 1)), out _));
    }

    [Fact]
    public void Padding_behind_the_message_is_trimmed()
    {
        byte[] bytes = [.. Fixtures.Read("hep/vectors/v1-ipv4.bin"), 0, 0, 0, 0, 0, 0, 0, 0];
        Assert.Equal(HepRejection.None, HepReader.Read(bytes, out HepPacket packet));
        Assert.Equal(Sip, packet.Payload);
    }
}
