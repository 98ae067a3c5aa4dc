using Homer.Search.Protocol.Sip;

namespace Homer.Search.Protocol.Sdp;

/// <summary>The static RTP payload types (RFC 3551 §6).</summary>
static class PayloadType
{
    /// <summary>Encoding name of a payload type in decimal; empty when it is dynamic, unassigned or no number.</summary>
    internal static ReadOnlySpan<byte> NameOf(ReadOnlySpan<byte> payloadType)
    {
        if (!SipGrammar.TryReadNumber(payloadType, out long number))
            return [];
        return number switch
        {
            0 => "PCMU"u8,
            3 => "GSM"u8,
            4 => "G723"u8,
            5 or 6 or 16 or 17 => "DVI4"u8,
            7 => "LPC"u8,
            8 => "PCMA"u8,
            9 => "G722"u8,
            10 or 11 => "L16"u8,
            12 => "QCELP"u8,
            13 => "CN"u8,
            14 => "MPA"u8,
            15 => "G728"u8,
            18 => "G729"u8,
            25 => "CelB"u8,
            26 => "JPEG"u8,
            28 => "nv"u8,
            31 => "H261"u8,
            32 => "MPV"u8,
            33 => "MP2T"u8,
            34 => "H263"u8,
            _ => [],
        };
    }

    /// <summary>Of RTP timestamps, Hz, by the tables 4 and 5; null when the payload type has no name here.</summary>
    internal static int? ClockRateOf(ReadOnlySpan<byte> payloadType)
    {
        if (NameOf(payloadType).IsEmpty || !SipGrammar.TryReadNumber(payloadType, out long number))
            return null;
        return number switch
        {
            6 => 16_000,
            10 or 11 => 44_100,
            14 or >= 25 => 90_000,
            16 => 11_025,
            17 => 22_050,
            _ => 8000,
        };
    }
}
