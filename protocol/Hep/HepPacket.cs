namespace Homer.Search.Protocol.Hep;

/// <summary>
/// What one HEP packet of any version says, as spans into the caller's buffer. Absent chunks are empty spans, zero or null.
/// </summary>
public ref struct HepPacket
{
    /// <summary>1, 2 or 3.</summary>
    public byte Version { get; internal set; }

    /// <summary>Chunk 0x0b; always <see cref="HepProtocolType.Sip"/> in versions 1 and 2.</summary>
    public HepProtocolType ProtocolType { get; internal set; }

    /// <summary>Chunk 0x02: IP protocol number of the captured message.</summary>
    public TransportProtocol Transport { get; internal set; }

    /// <summary>4 or 16 octets in network order; empty when the packet names none.</summary>
    public ReadOnlySpan<byte> SourceAddress { get; internal set; }

    /// <summary>4 or 16 octets in network order; empty when the packet names none.</summary>
    public ReadOnlySpan<byte> DestinationAddress { get; internal set; }

    public ushort SourcePort { get; internal set; }
    public ushort DestinationPort { get; internal set; }

    /// <summary>Chunks 0x09 and 0x0a as sent; zero when there is none (version 1). Plausibility is the receiver's business.</summary>
    public uint Seconds { get; internal set; }

    /// <summary>Chunk 0x0a as sent: may exceed 999,999.</summary>
    public uint Microseconds { get; internal set; }

    /// <summary>Chunk 0x0c.</summary>
    public uint CaptureAgentId { get; internal set; }

    /// <summary>Chunk 0x13.</summary>
    public ReadOnlySpan<byte> CaptureAgentName { get; internal set; }

    /// <summary>Chunk 0x0e; never stored, never logged.</summary>
    public ReadOnlySpan<byte> AuthenticateKey { get; internal set; }

    /// <summary>Chunk 0x11, trimmed of NULs and spaces.</summary>
    public ReadOnlySpan<byte> CorrelationId { get; internal set; }

    /// <summary>Chunk 0x12.</summary>
    public ushort? VlanId { get; internal set; }

    /// <summary>Chunk 0x0f, or 0x10 when <see cref="IsCompressed"/>: the captured bytes.</summary>
    public ReadOnlySpan<byte> Payload { get; internal set; }

    /// <summary>The payload came in chunk 0x10 and has to be inflated (zlib, gzip or raw deflate, by its first bytes).</summary>
    public bool IsCompressed { get; internal set; }

    /// <summary>The walk over the chunks ended early: what was read before stands.</summary>
    public bool IsDamaged { get; internal set; }
}
