using System.Text;

namespace Homer.Search.Protocol.Sip;

/// <summary>Recognises header names: by length, then by their letters in any case (RFC 3261 §7.3.1, compact forms §7.3.3).</summary>
static class SipHeaderNames
{
    internal static SipHeaderName Recognise(ReadOnlySpan<byte> name) => name.Length switch
    {
        1 => OfCompact(name[0]),
        2 => Is(name, "To"u8, SipHeaderName.To),
        3 => Is(name, "Via"u8, SipHeaderName.Via),
        4 => (name[0] | 0x20) == 'f' ? Is(name, "From"u8, SipHeaderName.From) : Is(name, "CSeq"u8, SipHeaderName.CSeq),
        6 => (name[0] | 0x20) == 'r' ? Is(name, "Reason"u8, SipHeaderName.Reason) : Is(name, "Server"u8, SipHeaderName.Server),
        7 => (name[1] | 0x20) switch
        {
            'a' => Is(name, "Call-ID"u8, SipHeaderName.CallId),
            'o' => Is(name, "Contact"u8, SipHeaderName.Contact),
            _ => Is(name, "Expires"u8, SipHeaderName.Expires),
        },
        8 => Is(name, "Identity"u8, SipHeaderName.Identity),
        9 => Is(name, "Diversion"u8, SipHeaderName.Diversion),
        10 => Is(name, "User-Agent"u8, SipHeaderName.UserAgent),
        12 => (name[0] | 0x20) == 'm' ? Is(name, "Max-Forwards"u8, SipHeaderName.MaxForwards) : Is(name, "Content-Type"u8, SipHeaderName.ContentType),
        13 => Is(name, "Authorization"u8, SipHeaderName.Authorization),
        14 => Is(name, "Content-Length"u8, SipHeaderName.ContentLength),
        15 => Is(name, "Remote-Party-ID"u8, SipHeaderName.RemotePartyId),
        16 => Is(name, "WWW-Authenticate"u8, SipHeaderName.WwwAuthenticate),
        18 => Is(name, "Proxy-Authenticate"u8, SipHeaderName.ProxyAuthenticate),
        19 => name[1] == '-' ? Is(name, "P-Asserted-Identity"u8, SipHeaderName.PAssertedIdentity) : Is(name, "Proxy-Authorization"u8, SipHeaderName.ProxyAuthorization),
        20 => Is(name, "P-Preferred-Identity"u8, SipHeaderName.PPreferredIdentity),
        _ => SipHeaderName.Other,
    };

    /// <summary>The full name of a compact form, a single letter; of another letter itself.</summary>
    internal static ReadOnlySpan<byte> InFull(ReadOnlySpan<byte> name) => (name[0] | 0x20) switch
    {
        'a' => "Accept-Contact"u8,
        'b' => "Referred-By"u8,
        'c' => "Content-Type"u8,
        'd' => "Request-Disposition"u8,
        'e' => "Content-Encoding"u8,
        'f' => "From"u8,
        'i' => "Call-ID"u8,
        'j' => "Reject-Contact"u8,
        'k' => "Supported"u8,
        'l' => "Content-Length"u8,
        'm' => "Contact"u8,
        'n' => "Identity-Info"u8,
        'o' => "Event"u8,
        'r' => "Refer-To"u8,
        's' => "Subject"u8,
        't' => "To"u8,
        'u' => "Allow-Events"u8,
        'v' => "Via"u8,
        'x' => "Session-Expires"u8,
        'y' => "Identity"u8,
        _ => name,
    };

    static SipHeaderName OfCompact(byte letter) => (letter | 0x20) switch
    {
        'c' => SipHeaderName.ContentType,
        'f' => SipHeaderName.From,
        'i' => SipHeaderName.CallId,
        'l' => SipHeaderName.ContentLength,
        'm' => SipHeaderName.Contact,
        't' => SipHeaderName.To,
        'v' => SipHeaderName.Via,
        'y' => SipHeaderName.Identity,
        _ => SipHeaderName.Other,
    };

    // Nearly every agent writes the name as the RFC does, and that comparison is the cheaper one.
    static SipHeaderName Is(ReadOnlySpan<byte> name, ReadOnlySpan<byte> expected, SipHeaderName id) =>
        name.SequenceEqual(expected) || Ascii.EqualsIgnoreCase(name, expected) ? id : SipHeaderName.Other;
}
