namespace Homer.Search.Protocol.Rtcp;

/// <summary>RTCP packet types (RFC 3550 §12.1, RFC 3611 §2).</summary>
enum RtcpPacketType : byte
{
    SenderReport = 200,
    ReceiverReport = 201,
    SourceDescription = 202,
    Goodbye = 203,
    ExtendedReport = 207,
}
