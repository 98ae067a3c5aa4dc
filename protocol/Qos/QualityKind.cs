namespace Homer.Search.Protocol.Qos;

/// <summary>What kind of report says it. Names reach disk in kebab case: append only.</summary>
public enum QualityKind
{
    /// <summary>RTCP sender report (RFC 3550 §6.4.1).</summary>
    SenderReport,

    /// <summary>RTCP receiver report (RFC 3550 §6.4.2).</summary>
    ReceiverReport,

    /// <summary>VoIP metrics block of RTCP XR (RFC 3611 §4.7).</summary>
    ExtendedReport,

    /// <summary>RTP statistics of an agent that sees the media (HEP types 34 and 35).</summary>
    RtpReport,

    /// <summary>One side of a media session (HEP type 38, Horaclifix).</summary>
    MediaSession,

    /// <summary>End of a session as a phone reports it (RFC 6035).</summary>
    VqSession,

    /// <summary>During a session (RFC 6035).</summary>
    VqInterval,

    /// <summary>A threshold was passed (RFC 6035).</summary>
    VqAlert,

    /// <summary>Header of a BYE or its answer: X-RTP-Stat and its kin.</summary>
    RtpStat,

    /// <summary>A mean opinion score alone (HEP chunk 0x20).</summary>
    Score,

    /// <summary>RTCP that measures nothing: SDES or BYE alone.</summary>
    OtherRtcp,
}
