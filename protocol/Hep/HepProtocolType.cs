namespace Homer.Search.Protocol.Hep;

/// <summary>HEP chunk 0x0b: what was captured. Types without a name here are valid and stored by their number.</summary>
public enum HepProtocolType : byte
{
    /// <summary>0x00: keep-alive of heplify; never stored.</summary>
    Reserved = 0,

    /// <summary>0x01: SIP text.</summary>
    Sip = 1,

    /// <summary>0x05: RTCP as JSON.</summary>
    Rtcp = 5,

    /// <summary>0x20: quality report of hep-js.</summary>
    Quality = 32,

    /// <summary>0x22: RTP report, full.</summary>
    RtpReport = 34,

    /// <summary>0x23: RTP report, short, or RTCP-XR.</summary>
    RtcpXr = 35,

    /// <summary>0x26: Horaclifix media report.</summary>
    Horaclifix = 38,

    /// <summary>0x35: DNS as JSON.</summary>
    Dns = 53,

    /// <summary>0x3a: RTCP as Pion writes it.</summary>
    PionRtcp = 58,

    /// <summary>0x56: xlog of OpenSIPS up to 3.0, a log line.</summary>
    LegacyLog = 86,

    /// <summary>0x63: report of captagent: SIP PUBLISH with vq-rtcpxr.</summary>
    Report = 99,

    /// <summary>0x64: log line.</summary>
    Log = 100,

    /// <summary>0x65: call detail record.</summary>
    Cdr = 101,

    /// <summary>Not of the wire: the packet names no type and its payload is not SIP.</summary>
    Unnamed = 255,
}
