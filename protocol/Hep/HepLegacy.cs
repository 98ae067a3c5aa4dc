using System.Buffers.Binary;
using Homer.Search.Protocol.Sip;

namespace Homer.Search.Protocol.Hep;

/// <summary>
/// HEPv1 and HEPv2: a C structure as it lay in the sender's memory, then SIP to the end of the datagram. Octet 1, the header's length, is not used:
/// senders disagree about what it counts.
/// </summary>
static class HepLegacy
{
    internal const int FixedLength = 8;
    internal const int TimeLength = 12;
    internal const byte Ipv4Family = 2;
    internal const byte Ipv6Family = 10;

    internal static HepRejection Read(ReadOnlySpan<byte> bytes, ref HepPacket packet)
    {
        int address = bytes[2] switch
        {
            Ipv4Family => 4,
            // Of Windows, FreeBSD and macOS behind that of Linux.
            Ipv6Family or 23 or 28 or 30 => 16,
            _ => 0,
        };
        if (address == 0)
            return HepRejection.BadAddressFamily;
        int header = FixedLength + (2 * address);
        if (bytes.Length < header)
            return HepRejection.TruncatedHeader;

        packet.Version = bytes[0];
        packet.ProtocolType = HepProtocolType.Sip;
        packet.Transport = (TransportProtocol)bytes[3];
        packet.SourcePort = BinaryPrimitives.ReadUInt16BigEndian(bytes[4..]);
        packet.DestinationPort = BinaryPrimitives.ReadUInt16BigEndian(bytes[6..]);
        packet.SourceAddress = bytes.Slice(FixedLength, address);
        packet.DestinationAddress = bytes.Slice(FixedLength + address, address);
        ReadOnlySpan<byte> rest = bytes[header..];
        if (packet.Version == 2)
        {
            if (rest.Length < TimeLength - 2)
                return HepRejection.TruncatedHeader;
            ReadTime(rest, ref packet);
            rest = rest[LengthOfTime(rest)..];
        }

        // OpenSIPS allocates more than it fills.
        packet.Payload = rest.TrimEnd((byte)0);
        return packet.Payload.IsEmpty ? HepRejection.NoPayload : HepRejection.None;
    }

    /// <summary>
    /// {u32 seconds, u32 microseconds, u16 id} in the sender's order of octets: little-endian, unless only the other way round the microseconds
    /// are below a million, which by chance holds once in four thousand.
    /// </summary>
    static void ReadTime(ReadOnlySpan<byte> time, ref HepPacket packet)
    {
        uint seconds = BinaryPrimitives.ReadUInt32LittleEndian(time);
        uint microseconds = BinaryPrimitives.ReadUInt32LittleEndian(time[4..]);
        ushort id = BinaryPrimitives.ReadUInt16LittleEndian(time[8..]);
        uint swapped = BinaryPrimitives.ReverseEndianness(microseconds);
        bool isBigEndian = swapped < 1_000_000 && (microseconds >= 1_000_000 || (microseconds == 0 && seconds < CaptureTime.Year2000));
        packet.Seconds = isBigEndian ? BinaryPrimitives.ReverseEndianness(seconds) : seconds;
        packet.Microseconds = isBigEndian ? swapped : microseconds;
        packet.CaptureAgentId = isBigEndian ? BinaryPrimitives.ReverseEndianness(id) : id;
    }

    /// <summary>12 with the structure's padding, whose content is chance; 10 where a sender packed it and SIP begins there.</summary>
    static int LengthOfTime(ReadOnlySpan<byte> rest) =>
        rest.Length < TimeLength || (!SipStartLine.BeginsAsKnown(rest[TimeLength..]) && SipStartLine.BeginsAsKnown(rest[(TimeLength - 2)..]))
            ? TimeLength - 2
            : TimeLength;
}
