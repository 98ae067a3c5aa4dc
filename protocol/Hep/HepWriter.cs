using System.Buffers;
using System.Buffers.Binary;

namespace Homer.Search.Protocol.Hep;

/// <summary>
/// Writes a packet in the layout of its <see cref="HepPacket.Version"/>; what <see cref="HepReader"/> reads back is the same packet. Versions 1 and 2
/// carry SIP between two addresses of one family and drop what they have no room for.
/// </summary>
public static class HepWriter
{
    const int NumberChunks = (6 + 1) + (6 + 1) + (2 * (6 + 2)) + (3 * (6 + 4));

    /// <summary>Octets the packet takes.</summary>
    public static int Measure(in HepPacket packet)
    {
        if (packet.Version is 1 or 2)
        {
            int header = HepLegacy.FixedLength + packet.SourceAddress.Length + packet.DestinationAddress.Length;
            return header + (packet.Version == 2 ? HepLegacy.TimeLength : 0) + packet.Payload.Length;
        }

        return HepReader.EnvelopeLength + NumberChunks
            + Measure(packet.SourceAddress) + Measure(packet.DestinationAddress) + (packet.ProtocolType == HepProtocolType.Unnamed ? 0 : 6 + 1)
            + Measure(packet.CorrelationId) + (packet.VlanId is null ? 0 : 6 + 2) + Measure(packet.CaptureAgentName) + Measure(packet.AuthenticateKey)
            + (packet.Mos is null ? 0 : 6 + 2) + Measure(packet.Payload);
    }

    /// <summary>Writes the packet to the head of <paramref name="destination"/> and returns its length.</summary>
    /// <exception cref="ArgumentException">It does not fit, is longer than 65,535 octets, or its version cannot say it.</exception>
    public static int Write(in HepPacket packet, Span<byte> destination)
    {
        int length = Measure(packet);
        if (length > HepFramer.MaximumLength)
            throw new ArgumentException($"A HEP packet holds 65,535 octets at most; this one would have {length}.", nameof(packet));
        if (length > destination.Length)
            throw new ArgumentException($"The packet takes {length} octets; there is room for {destination.Length}.", nameof(destination));
        switch (packet.Version)
        {
            case 1 or 2:
                WriteLegacy(packet, destination);
                break;
            case 3:
                WriteChunks(packet, destination, length);
                break;
            default:
                throw new ArgumentException($"There is no HEP version {packet.Version}.", nameof(packet));
        }

        return length;
    }

    /// <summary>Writes the packet into a pipe or buffer and returns its length.</summary>
    /// <inheritdoc cref="Write(in HepPacket, Span{byte})" path="/exception"/>
    public static int Write(in HepPacket packet, IBufferWriter<byte> destination)
    {
        int length = Write(packet, destination.GetSpan(Measure(packet)));
        destination.Advance(length);
        return length;
    }

    static void WriteLegacy(in HepPacket packet, Span<byte> destination)
    {
        int address = packet.SourceAddress.Length;
        if (address is not (4 or 16) || packet.DestinationAddress.Length != address)
            throw new ArgumentException($"HEPv{packet.Version} needs two addresses of one family.", nameof(packet));
        int header = HepLegacy.FixedLength + (2 * address);
        destination[0] = packet.Version;
        destination[1] = (byte)header;
        destination[2] = address == 4 ? HepLegacy.Ipv4Family : HepLegacy.Ipv6Family;
        destination[3] = (byte)packet.Transport;
        BinaryPrimitives.WriteUInt16BigEndian(destination[4..], packet.SourcePort);
        BinaryPrimitives.WriteUInt16BigEndian(destination[6..], packet.DestinationPort);
        packet.SourceAddress.CopyTo(destination[HepLegacy.FixedLength..]);
        packet.DestinationAddress.CopyTo(destination[(HepLegacy.FixedLength + address)..]);
        Span<byte> rest = destination[header..];
        if (packet.Version == 2)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(rest, packet.Seconds);
            BinaryPrimitives.WriteUInt32LittleEndian(rest[4..], packet.Microseconds);
            BinaryPrimitives.WriteUInt32LittleEndian(rest[8..], (ushort)packet.CaptureAgentId);
            rest = rest[HepLegacy.TimeLength..];
        }

        packet.Payload.CopyTo(rest);
    }

    static void WriteChunks(in HepPacket packet, Span<byte> destination, int length)
    {
        "HEP3"u8.CopyTo(destination);
        BinaryPrimitives.WriteUInt16BigEndian(destination[4..], (ushort)length);
        bool isIpv6 = packet.SourceAddress.Length == 16 || packet.DestinationAddress.Length == 16;
        var chunks = new ChunkWriter(destination[HepReader.EnvelopeLength..]);
        chunks.Add(HepChunkType.IpFamily, isIpv6 ? HepLegacy.Ipv6Family : HepLegacy.Ipv4Family);
        chunks.Add(HepChunkType.IpProtocol, (byte)packet.Transport);
        chunks.Add(packet.SourceAddress.Length == 16 ? HepChunkType.SourceIpv6 : HepChunkType.SourceIpv4, packet.SourceAddress);
        chunks.Add(packet.DestinationAddress.Length == 16 ? HepChunkType.DestinationIpv6 : HepChunkType.DestinationIpv4, packet.DestinationAddress);
        chunks.Add(HepChunkType.SourcePort, packet.SourcePort);
        chunks.Add(HepChunkType.DestinationPort, packet.DestinationPort);
        chunks.Add(HepChunkType.Seconds, packet.Seconds);
        chunks.Add(HepChunkType.Microseconds, packet.Microseconds);
        if (packet.ProtocolType != HepProtocolType.Unnamed)
            chunks.Add(HepChunkType.ProtocolType, (byte)packet.ProtocolType);
        chunks.Add(HepChunkType.CaptureAgentId, packet.CaptureAgentId);
        chunks.Add(HepChunkType.AuthenticateKey, packet.AuthenticateKey);
        chunks.Add(HepChunkType.CorrelationId, packet.CorrelationId);
        if (packet.VlanId is { } vlan)
            chunks.Add(HepChunkType.VlanId, vlan);
        chunks.Add(HepChunkType.CaptureAgentName, packet.CaptureAgentName);
        if (packet.Mos is { } mos)
            chunks.Add(HepChunkType.Mos, mos);
        chunks.Add(packet.IsCompressed ? HepChunkType.CompressedPayload : HepChunkType.Payload, packet.Payload);
    }

    static int Measure(ReadOnlySpan<byte> value) => value.IsEmpty ? 0 : HepReader.ChunkHeaderLength + value.Length;

    /// <summary>Appends generic chunks; an empty value is an absent chunk.</summary>
    ref struct ChunkWriter(Span<byte> destination)
    {
        Span<byte> _rest = destination;

        internal void Add(HepChunkType type, byte number) => Begin(type, 1)[0] = number;

        internal void Add(HepChunkType type, ushort number) => BinaryPrimitives.WriteUInt16BigEndian(Begin(type, 2), number);

        internal void Add(HepChunkType type, uint number) => BinaryPrimitives.WriteUInt32BigEndian(Begin(type, 4), number);

        internal void Add(HepChunkType type, ReadOnlySpan<byte> value)
        {
            if (!value.IsEmpty)
                value.CopyTo(Begin(type, value.Length));
        }

        Span<byte> Begin(HepChunkType type, int length)
        {
            BinaryPrimitives.WriteUInt32BigEndian(_rest, (uint)type);
            BinaryPrimitives.WriteUInt16BigEndian(_rest[4..], (ushort)(HepReader.ChunkHeaderLength + length));
            Span<byte> value = _rest.Slice(HepReader.ChunkHeaderLength, length);
            _rest = _rest[(HepReader.ChunkHeaderLength + length)..];
            return value;
        }
    }
}
