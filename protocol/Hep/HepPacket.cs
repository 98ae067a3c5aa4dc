namespace Homer.Search.Protocol.Hep;

/// <summary>
/// What one HEP packet of any version says, as spans into the caller's buffer: filled by <see cref="HepReader"/>, or by the caller of
/// <see cref="HepWriter"/>. Absent chunks are empty spans, zero or null.
/// </summary>
public ref struct HepPacket
{
    /// <summary>1, 2 or 3.</summary>
    public byte Version { get; set; }

    /// <summary>Chunk 0x0b; always <see cref="HepProtocolType.Sip"/> in versions 1 and 2.</summary>
    public HepProtocolType ProtocolType { get; set; }

    /// <summary>Chunk 0x02: IP protocol number of the captured message.</summary>
    public TransportProtocol Transport { get; set; }

    /// <summary>4 or 16 octets in network order; empty when the packet names none.</summary>
    public ReadOnlySpan<byte> SourceAddress { get; set; }

    /// <summary>4 or 16 octets in network order; empty when the packet names none.</summary>
    public ReadOnlySpan<byte> DestinationAddress { get; set; }

    public ushort SourcePort { get; set; }
    public ushort DestinationPort { get; set; }

    /// <summary>Chunks 0x09 and 0x0a as sent; zero when there is none (version 1). Plausibility is the receiver's business.</summary>
    public uint Seconds { get; set; }

    /// <summary>Chunk 0x0a as sent: may exceed 999,999.</summary>
    public uint Microseconds { get; set; }

    /// <summary>Chunk 0x0c.</summary>
    public uint CaptureAgentId { get; set; }

    /// <summary>Chunk 0x13, trimmed as the correlation id.</summary>
    public ReadOnlySpan<byte> CaptureAgentName { get; set; }

    /// <summary>Chunk 0x0e; never stored, never logged.</summary>
    public ReadOnlySpan<byte> AuthenticateKey { get; set; }

    /// <summary>Chunk 0x11, trimmed of NULs and spaces.</summary>
    public ReadOnlySpan<byte> CorrelationId { get; set; }

    /// <summary>Chunk 0x12; null when the frame had none, which some agents send as 0.</summary>
    public ushort? VlanId { get; set; }

    /// <summary>Chunk 0x20: mean opinion score × 100, which some agents send without a payload.</summary>
    public ushort? Mos { get; set; }

    /// <summary>Chunk 0x0f, or 0x10 when <see cref="IsCompressed"/>: the captured bytes.</summary>
    public ReadOnlySpan<byte> Payload { get; set; }

    /// <summary>The payload came in chunk 0x10 and has to be inflated with <see cref="CompressedPayload"/>.</summary>
    public bool IsCompressed { get; set; }

    /// <summary>The walk over the chunks ended early: what was read before stands.</summary>
    public bool IsDamaged { get; set; }

    /// <summary>There are chunks of a vendor or of a type without a property here: <see cref="HepChunks"/> walks them.</summary>
    public bool HasOtherChunks { get; set; }

    /// <summary>Octets behind the packet's total length, ignored: its sender's length overflowed or it was padded.</summary>
    public int ExcessLength { get; set; }
}
