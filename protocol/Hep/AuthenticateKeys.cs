using System.Buffers.Binary;

namespace Homer.Search.Protocol.Hep;

/// <summary>Takes the shared secrets of agents (chunk 0x0e) out of packets that are kept.</summary>
public static class AuthenticateKeys
{
    const uint Chunk = 0x0000_000e;
    const int HeaderLength = 6;

    /// <summary>
    /// Overwrites every authenticate key of a HEPv3 packet, or of one in protobuf, with <c>x</c>, in place and at the same length; nothing else changes.
    /// Versions 1 and 2 have none.
    /// </summary>
    public static void Blank(Span<byte> packet)
    {
        if (packet is [HepProtobuf.FirstOctet, ..])
        {
            BlankProtobuf(packet);
            return;
        }

        if (packet.Length < HeaderLength || !(packet.StartsWith("HEP3"u8) || packet.StartsWith("EEP3"u8) || packet.StartsWith("EEP1"u8)))
            return;
        Span<byte> rest = packet[HeaderLength..Math.Clamp(BinaryPrimitives.ReadUInt16BigEndian(packet[4..]), HeaderLength, packet.Length)];
        while (rest.Length >= HeaderLength)
        {
            int length = BinaryPrimitives.ReadUInt16BigEndian(rest[4..]);
            bool isKey = BinaryPrimitives.ReadUInt32BigEndian(rest) == Chunk;
            if (length < HeaderLength || length > rest.Length)
            {
                // A key cut off is a key all the same.
                if (isKey)
                    rest[HeaderLength..].Fill((byte)'x');
                return;
            }

            if (isKey)
                rest[HeaderLength..length].Fill((byte)'x');
            rest = rest[length..];
        }
    }

    static void BlankProtobuf(Span<byte> packet)
    {
        HepPacket read = default;
        if (HepProtobuf.TryRead(packet, ref read) && read.AuthenticateKey.Length > 0 && packet.Overlaps(read.AuthenticateKey, out int offset))
            packet.Slice(offset, read.AuthenticateKey.Length).Fill((byte)'x');
    }
}
