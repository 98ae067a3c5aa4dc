using System.Net;
using System.Text;
using Homer.Search.Protocol.Sip;

namespace Homer.Search.Protocol.Hep;

/// <summary>
/// Reads the protobuf encapsulation that heplify and Horaclifix send over UDP when asked to: one message of fourteen fields, no length before it. Allocates the
/// addresses, which come as text.
/// </summary>
static class HepProtobuf
{
    /// <summary>Tag of field 1, the version, as a varint.</summary>
    public const byte FirstOctet = 0x08;

    const int Varint = 0;
    const int Delimited = 2;

    /// <summary>False unless every octet belongs to a field, and the version is 2 to 10: anything may begin with its first octet.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, ref HepPacket packet)
    {
        HepPacket read = default;
        read.ProtocolType = HepProtocolType.Unnamed;
        ulong version = 0;
        while (!bytes.IsEmpty)
        {
            if (!TryReadVarint(ref bytes, out ulong tag) || !TryReadVarint(ref bytes, out ulong value))
                return false;
            switch (tag & 7)
            {
                case Varint when tag >> 3 == 1:
                    version = value;
                    break;
                case Varint:
                    Take(tag >> 3, value, ref read);
                    break;
                case Delimited when value <= (ulong)bytes.Length:
                    Take(tag >> 3, bytes[..(int)value], ref read);
                    bytes = bytes[(int)value..];
                    break;
                default:
                    return false;
            }
        }

        if (version is < 2 or > 10)
            return false;
        read.Version = 3;
        if (read.ProtocolType == HepProtocolType.Unnamed && SipStartLine.Begins(read.Payload))
            read.ProtocolType = HepProtocolType.Sip;
        packet = read;
        return true;
    }

    static void Take(ulong field, ulong value, ref HepPacket packet)
    {
        switch (field)
        {
            case 2 when value <= byte.MaxValue:
                packet.Transport = (TransportProtocol)value;
                break;
            case 5 when value <= ushort.MaxValue:
                packet.SourcePort = (ushort)value;
                break;
            case 6 when value <= ushort.MaxValue:
                packet.DestinationPort = (ushort)value;
                break;
            case 7 when value <= uint.MaxValue:
                packet.Seconds = (uint)value;
                break;
            case 8 when value <= uint.MaxValue:
                packet.Microseconds = (uint)value;
                break;
            case 9 when value < byte.MaxValue:
                packet.ProtocolType = (HepProtocolType)value;
                break;
            case 10 when value <= uint.MaxValue:
                packet.CaptureAgentId = (uint)value;
                break;
            case 14 when value <= ushort.MaxValue:
                packet.VlanId = value == 0 ? null : (ushort)value;
                break;
        }
    }

    static void Take(ulong field, ReadOnlySpan<byte> octets, ref HepPacket packet)
    {
        switch (field)
        {
            case 3:
                packet.SourceAddress = Address(octets);
                break;
            case 4:
                packet.DestinationAddress = Address(octets);
                break;
            case 11:
                packet.AuthenticateKey = octets;
                break;
            case 12:
                packet.Payload = octets;
                break;
            case 13:
                packet.CorrelationId = octets.Trim(" \0\t\r\n"u8);
                break;
        }
    }

    static byte[] Address(ReadOnlySpan<byte> text) =>
        IPAddress.TryParse(Encoding.Latin1.GetString(text), out IPAddress? address) ? address.GetAddressBytes() : [];

    /// <summary>Seven bits an octet, the lowest first, at most ten octets.</summary>
    static bool TryReadVarint(ref ReadOnlySpan<byte> bytes, out ulong value)
    {
        value = 0;
        for (int index = 0; index < Math.Min(bytes.Length, 10); index++)
        {
            value |= (ulong)(bytes[index] & 0x7f) << (7 * index);
            if (bytes[index] < 0x80)
            {
                bytes = bytes[(index + 1)..];
                return true;
            }
        }

        return false;
    }
}
