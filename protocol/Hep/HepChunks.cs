using System.Buffers.Binary;

namespace Homer.Search.Protocol.Hep;

/// <summary>
/// Walks the chunks of a HEPv3 packet that <see cref="HepPacket"/> has no property for: those of a vendor, and generic ones that few agents send
/// (geography, group, tags …).
/// </summary>
public ref struct HepChunks
{
    ReadOnlySpan<byte> _rest;

    /// <param name="bytes">A packet that <see cref="HepReader"/> has read.</param>
    public HepChunks(ReadOnlySpan<byte> bytes)
    {
        int total = Math.Min(BinaryPrimitives.ReadUInt16BigEndian(bytes[4..]), bytes.Length);
        _rest = bytes[Math.Min(HepReader.EnvelopeLength, total)..total];
    }

    public ushort VendorId { get; private set; }

    public ushort Type { get; private set; }

    public ReadOnlySpan<byte> Value { get; private set; }

    public bool MoveNext()
    {
        while (_rest.Length >= HepReader.ChunkHeaderLength)
        {
            int length = BinaryPrimitives.ReadUInt16BigEndian(_rest[4..]);
            if (length < HepReader.ChunkHeaderLength || length > _rest.Length)
                break;
            VendorId = BinaryPrimitives.ReadUInt16BigEndian(_rest);
            Type = BinaryPrimitives.ReadUInt16BigEndian(_rest[2..]);
            Value = _rest[HepReader.ChunkHeaderLength..length];
            _rest = _rest[length..];
            if (VendorId != 0 || (Type > (ushort)HepChunkType.CaptureAgentName && Type != (ushort)HepChunkType.Mos))
                return true;
        }

        return false;
    }
}
