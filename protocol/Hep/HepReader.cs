using System.Buffers.Binary;
using Homer.Search.Protocol.Sip;

namespace Homer.Search.Protocol.Hep;

/// <summary>
/// Reads one HEP packet of any version in place (HEP rev. 37; the EEP draft has the same grammar under another magic). Chunks may come in any order and
/// any subset; those of a vendor and unknown ones are passed over, of a repeated one the last counts.
/// </summary>
public static class HepReader
{
    internal const int EnvelopeLength = 6;
    internal const int ChunkHeaderLength = 6;

    // Real packets have a dozen; a flood of empty chunks would cost more time than it is worth.
    const int MaximumChunks = 1024;

    /// <summary>
    /// Reads one UDP datagram or one stream frame. Allocates nothing; the packet's spans live as long as <paramref name="bytes"/>.
    /// </summary>
    public static HepRejection Read(ReadOnlySpan<byte> bytes, out HepPacket packet)
    {
        packet = default;
        if (bytes.Length < EnvelopeLength)
            return HepRejection.TooShort;
        switch (HepMagic.Of(bytes))
        {
            case HepMagic.Kind.Hep3:
                return ReadChunks(bytes, isDraft: false, ref packet);
            case HepMagic.Kind.Draft:
                return ReadChunks(bytes, isDraft: true, ref packet);
            case HepMagic.Kind.Legacy:
                return HepLegacy.Read(bytes, ref packet);
            case HepMagic.Kind.Gzip:
                return HepRejection.CompressedFrame;
            case HepMagic.Kind.Protobuf when HepProtobuf.TryRead(bytes, ref packet):
                return packet.Payload.IsEmpty ? HepRejection.NoPayload : HepRejection.None;
            default:
                return HepMagic.Diagnose(bytes);
        }
    }

    static HepRejection ReadChunks(ReadOnlySpan<byte> bytes, bool isDraft, ref HepPacket packet)
    {
        int total = BinaryPrimitives.ReadUInt16BigEndian(bytes[4..]);
        if (total < EnvelopeLength)
            return HepRejection.BadTotalLength;
        packet.Version = 3;
        packet.ProtocolType = HepProtocolType.Unnamed;
        packet.ExcessLength = Math.Max(0, bytes.Length - total);
        packet.IsDamaged = bytes.Length < total;

        ReadOnlySpan<byte> rest = bytes[EnvelopeLength..Math.Min(total, bytes.Length)];
        for (int count = 0; !rest.IsEmpty; count++)
        {
            if (count == MaximumChunks)
                return HepRejection.TooManyChunks;
            int length = rest.Length < ChunkHeaderLength ? 0 : BinaryPrimitives.ReadUInt16BigEndian(rest[4..]);
            if (length < ChunkHeaderLength || length > rest.Length)
            {
                packet.IsDamaged = true;
                break;
            }

            // Vendor and type in one: a vendor's chunk 15 is not the payload.
            uint chunk = BinaryPrimitives.ReadUInt32BigEndian(rest);
            if (chunk <= ushort.MaxValue)
                Take((HepChunkType)chunk, rest[ChunkHeaderLength..length], isDraft, ref packet);
            else
                packet.HasOtherChunks = true;
            rest = rest[length..];
        }

        if (packet.Payload.IsEmpty && packet.Mos is null)
            return packet.IsDamaged ? HepRejection.BadChunk : HepRejection.NoPayload;
        if (packet.ProtocolType == HepProtocolType.Unnamed && !packet.IsCompressed && SipStartLine.Begins(packet.Payload))
            packet.ProtocolType = HepProtocolType.Sip;
        return HepRejection.None;
    }

    /// <summary>Keeps one generic chunk; of a size that its type cannot have, it is passed over.</summary>
    static void Take(HepChunkType type, ReadOnlySpan<byte> value, bool isDraft, ref HepPacket packet)
    {
        switch (type)
        {
            case HepChunkType.IpProtocol when TryReadNumber(value, byte.MaxValue, out uint number):
                packet.Transport = (TransportProtocol)number;
                break;
            case HepChunkType.SourceIpv4 when value.Length == 4:
            case HepChunkType.SourceIpv6 when value.Length == 16:
                packet.SourceAddress = value;
                break;
            case HepChunkType.DestinationIpv4 when value.Length == 4:
            case HepChunkType.DestinationIpv6 when value.Length == 16:
                packet.DestinationAddress = value;
                break;
            case HepChunkType.SourcePort when TryReadNumber(value, ushort.MaxValue, out uint number):
                packet.SourcePort = (ushort)number;
                break;
            case HepChunkType.DestinationPort when TryReadNumber(value, ushort.MaxValue, out uint number):
                packet.DestinationPort = (ushort)number;
                break;
            case HepChunkType.Seconds when TryReadNumber(value, uint.MaxValue, out uint number):
                packet.Seconds = number;
                break;
            case HepChunkType.Microseconds when TryReadNumber(value, uint.MaxValue, out uint number):
                packet.Microseconds = number;
                break;
            case HepChunkType.ProtocolType when TryReadNumber(value, byte.MaxValue, out uint number):
                packet.ProtocolType = (HepProtocolType)number;
                break;
            case HepChunkType.CaptureAgentId when TryReadNumber(value, uint.MaxValue, out uint number):
                packet.CaptureAgentId = number;
                break;
            case HepChunkType.AuthenticateKey:
                packet.AuthenticateKey = value;
                break;
            case HepChunkType.Payload when !value.IsEmpty:
                packet.Payload = value;
                packet.IsCompressed = false;
                break;
            case HepChunkType.CompressedPayload when isDraft && value.Length == 4:
                // In the EEP draft this number is a 32-bit correlation id, and 0x11 the type of an SS7 message.
                packet.CorrelationId = value;
                break;
            case HepChunkType.CompressedPayload when !value.IsEmpty && (packet.Payload.IsEmpty || packet.IsCompressed):
                packet.Payload = value;
                packet.IsCompressed = true;
                break;
            case HepChunkType.CorrelationId when !(isDraft && value.Length == 2):
                packet.CorrelationId = Trim(value);
                break;
            case HepChunkType.VlanId when TryReadNumber(value, ushort.MaxValue, out uint number):
                packet.VlanId = number == 0 ? null : (ushort)number;
                break;
            case HepChunkType.CaptureAgentName:
                packet.CaptureAgentName = Trim(value);
                break;
            case HepChunkType.Mos when TryReadNumber(value, ushort.MaxValue, out uint number):
                packet.Mos = (ushort)number;
                break;
            case > HepChunkType.CaptureAgentName and not HepChunkType.Mos:
                packet.HasOtherChunks = true;
                break;
        }
    }

    static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> text) => text.Trim(" \0\t\r\n"u8);

    /// <summary>Agents disagree about the width of a number; its value is what counts.</summary>
    static bool TryReadNumber(ReadOnlySpan<byte> value, uint maximum, out uint number)
    {
        switch (value.Length)
        {
            case 1:
                number = value[0];
                break;
            case 2:
                number = BinaryPrimitives.ReadUInt16BigEndian(value);
                break;
            case 4:
                number = BinaryPrimitives.ReadUInt32BigEndian(value);
                break;
            default:
                number = 0;
                return false;
        }

        return number <= maximum;
    }
}
