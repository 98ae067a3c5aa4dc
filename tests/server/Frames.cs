using System.Buffers.Binary;
using System.Net;
using System.Text;

namespace Homer.Search.Tests.Server;

/// <summary>Builds frames and capture files octet by octet, by another hand than the readers'.</summary>
static class Frames
{
    public static byte[] Sip(string callId, int body = 0) => Encoding.ASCII.GetBytes(
        $"OPTIONS sip:b@198.51.100.2 SIP/2.0\r\nVia: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1\r\nFrom: <sip:a@x>;tag=1\r\nTo: <sip:b@x>\r\n"
        + $"Call-ID: {callId}\r\nCSeq: 1 OPTIONS\r\nContent-Length: {body}\r\n\r\n{new string('b', body)}");

    public static byte[] Ethernet(ushort type, byte[] rest, params ushort[] vlans)
    {
        byte[] head = [2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2];
        foreach (ushort vlan in vlans)
            head = [.. head, 0x81, 0x00, .. Big16(vlan)];
        return [.. head, .. Big16(type), .. rest];
    }

    public static byte[] Ipv4(byte protocol, byte[] payload, int id = 7, int offset = 0, bool more = false) =>
        [0x45, 0, .. Big16(20 + payload.Length), .. Big16(id), .. Big16((more ? 0x2000 : 0) | (offset / 8)), 64, protocol, 0, 0, 192, 0, 2,
            1, 198, 51, 100, 2, .. payload];

    public static byte[] Ipv6(byte next, byte[] payload) =>
        [0x60, 0, 0, 0, .. Big16(payload.Length), next, 64, .. IPAddress.Parse("2001:db8::1").GetAddressBytes(),
            .. IPAddress.Parse("2001:db8::2").GetAddressBytes(), .. payload];

    public static byte[] Ipv6Fragment(byte protocol, byte[] payload, int offset, bool more, uint id = 9) =>
        Ipv6(44, [protocol, 0, .. Big16(offset | (more ? 1 : 0)), .. Big32(id), .. payload]);

    public static byte[] Udp(byte[] payload, int from = 5060, int to = 5070) =>
        [.. Big16(from), .. Big16(to), .. Big16(8 + payload.Length), 0, 0, .. payload];

    public static byte[] Tcp(byte[] payload, uint sequence, byte flags = 0x18, int from = 40_000, int to = 5060) =>
        [.. Big16(from), .. Big16(to), .. Big32(sequence), 0, 0, 0, 0, 0x50, flags, 0xFF, 0xFF, 0, 0, 0, 0, .. payload];

    /// <summary>A pcap file; the first frame at this second, each further one a second and one unit later.</summary>
    public static byte[] Pcap(
        IEnumerable<byte[]> frames, int linkType = 1, bool bigEndian = false, bool nanoseconds = false, uint second = 1_700_000_000)
    {
        byte[] N(uint number) => bigEndian ? Big32(number) : Little32(number);
        byte[] version = bigEndian ? [0, 2, 0, 4] : [2, 0, 4, 0];
        List<byte> file = [.. N(nanoseconds ? 0xA1B23C4D : 0xA1B2C3D4), .. version, .. N(0), .. N(0), .. N(262_144), .. N((uint)linkType)];
        uint index = 0;
        foreach (byte[] frame in frames)
        {
            file.AddRange([.. N(second + index), .. N(1 + index), .. N((uint)frame.Length), .. N((uint)frame.Length), .. frame]);
            index++;
        }

        return [.. file];
    }

    /// <summary>A pcapng block with its two lengths.</summary>
    public static byte[] Block(uint type, byte[] body, bool bigEndian = false)
    {
        byte[] N(uint number) => bigEndian ? Big32(number) : Little32(number);
        byte[] padded = [.. body, .. new byte[(4 - (body.Length % 4)) % 4]];
        uint length = (uint)(12 + padded.Length);
        return [.. N(type), .. N(length), .. padded, .. N(length)];
    }

    public static byte[] Big16(int number) => [(byte)(number >> 8), (byte)number];

    public static byte[] Big32(uint number)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, number);
        return bytes;
    }

    public static byte[] Little32(uint number)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, number);
        return bytes;
    }
}
