namespace Homer.Search.Protocol.Hep;

/// <summary>The generic chunks (vendor 0) the product reads or writes (HEP rev. 37).</summary>
enum HepChunkType : ushort
{
    /// <summary>0x01: 2 for IPv4, 10 for IPv6. Written but not read: the address chunks themselves tell.</summary>
    IpFamily = 0x01,

    /// <summary>0x02: 17 UDP, 6 TCP, 132 SCTP, 22 for TLS.</summary>
    IpProtocol = 0x02,

    /// <summary>0x03: 4 octets.</summary>
    SourceIpv4 = 0x03,

    /// <summary>0x04: 4 octets.</summary>
    DestinationIpv4 = 0x04,

    /// <summary>0x05: 16 octets.</summary>
    SourceIpv6 = 0x05,

    /// <summary>0x06: 16 octets.</summary>
    DestinationIpv6 = 0x06,

    /// <summary>0x07: 16 bits.</summary>
    SourcePort = 0x07,

    /// <summary>0x08: 16 bits.</summary>
    DestinationPort = 0x08,

    /// <summary>0x09: seconds since 1970, 32 bits.</summary>
    Seconds = 0x09,

    /// <summary>0x0a: microseconds behind the seconds, 32 bits.</summary>
    Microseconds = 0x0a,

    /// <summary>0x0b: 8 bits, see <see cref="HepProtocolType"/>.</summary>
    ProtocolType = 0x0b,

    /// <summary>0x0c: 32 bits.</summary>
    CaptureAgentId = 0x0c,

    /// <summary>0x0e: plain text, may be empty.</summary>
    AuthenticateKey = 0x0e,

    /// <summary>0x0f: the captured octets.</summary>
    Payload = 0x0f,

    /// <summary>0x10: the captured octets, compressed.</summary>
    CompressedPayload = 0x10,

    /// <summary>0x11: text, may be empty.</summary>
    CorrelationId = 0x11,

    /// <summary>0x12: 16 bits.</summary>
    VlanId = 0x12,

    /// <summary>0x13: text.</summary>
    CaptureAgentName = 0x13,

    /// <summary>0x20: mean opinion score × 100, 16 bits.</summary>
    Mos = 0x20,
}
