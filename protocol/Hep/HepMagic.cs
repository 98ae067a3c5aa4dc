using Homer.Search.Protocol.Sip;

namespace Homer.Search.Protocol.Hep;

/// <summary>Tells by the first octets what has arrived on a HEP port.</summary>
static class HepMagic
{
    internal enum Kind
    {
        None = 0,

        /// <summary>HEP3, or EEP3 as the specification's prose and a vendor write it.</summary>
        Hep3,

        /// <summary>EEP1, the draft of 2013.</summary>
        Draft,

        /// <summary>Version 1 or 2: a packed C structure.</summary>
        Legacy,

        /// <summary>A gzip member around a whole packet.</summary>
        Gzip,

        /// <summary>May be the protobuf encapsulation of heplify: only reading it tells.</summary>
        Protobuf,
    }

    internal static Kind Of(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith("HEP3"u8) || bytes.StartsWith("EEP3"u8))
            return Kind.Hep3;
        if (bytes.StartsWith("EEP1"u8))
            return Kind.Draft;
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0x1f, 0x8b]))
            return Kind.Gzip;
        return bytes switch { [1 or 2, ..] => Kind.Legacy, [HepProtobuf.FirstOctet, ..] => Kind.Protobuf, _ => Kind.None };
    }

    /// <summary>More octets may still make this a magic of version 3.</summary>
    internal static bool MayBecomeHep3(ReadOnlySpan<byte> bytes) =>
        bytes.Length < 4 && ("HEP3"u8.StartsWith(bytes) || "EEP3"u8.StartsWith(bytes) || "EEP1"u8.StartsWith(bytes));

    /// <summary>What a person most likely has to mend when it is no HEP.</summary>
    internal static HepRejection Diagnose(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0x16, 0x03]))
            return HepRejection.LooksLikeTls;
        int end = bytes.IndexOf((byte)'\n');
        ReadOnlySpan<byte> line = end < 0 ? bytes : bytes[..end];
        if (line.IndexOf(" HTTP/"u8) >= 0 || StartsAsHttp(line))
            return HepRejection.LooksLikeHttp;
        return SipStartLine.Begins(bytes) || line.IndexOf(" sip:"u8) >= 0 ? HepRejection.LooksLikeSip : HepRejection.NotHep;
    }

    static bool StartsAsHttp(ReadOnlySpan<byte> line) =>
        line.StartsWith("GET "u8) || line.StartsWith("POST "u8) || line.StartsWith("HEAD "u8) || line.StartsWith("PUT "u8) || line.StartsWith("CONNECT "u8)
        || line.StartsWith("PRI * "u8);
}
