using System.Globalization;
using System.Net;
using System.Text;

namespace Homer.Search.Server.Scenario;

/// <summary>Writes the text of one SIP message (RFC 3261 §7).</summary>
sealed class SipWriter
{
    readonly StringBuilder _text = new(900);

    public static SipWriter Request(string method, string uri) => new SipWriter().Line($"{method} {uri} SIP/2.0");

    public static SipWriter Response(int code, string reason) => new SipWriter().Line($"SIP/2.0 {code} {reason}");

    public SipWriter Header(string name, string? value) => value is null ? this : Line($"{name}: {value}");

    public SipWriter Via(IPEndPoint sentBy, string branch) => Line($"Via: SIP/2.0/UDP {sentBy};rport;branch=z9hG4bK{branch}");

    /// <summary>Ends the message; a body is SDP.</summary>
    public byte[] End(string body = "")
    {
        if (body.Length > 0)
            Line($"Content-Type: application/sdp");
        Line($"Content-Length: {Encoding.UTF8.GetByteCount(body)}").Line($"");
        return Encoding.UTF8.GetBytes(_text.Append(body).ToString());
    }

    /// <summary>An offer, or an answer with one codec (RFC 8866).</summary>
    public static string Sdp(IPEndPoint host, int port, bool answer)
    {
        string family = host.Address.GetAddressBytes().Length == 16 ? "IP6" : "IP4";
        (string formats, string maps) = answer
            ? ("8 101", "a=rtpmap:8 PCMA/8000\r\n")
            : ("9 8 0 101", "a=rtpmap:9 G722/8000\r\na=rtpmap:8 PCMA/8000\r\na=rtpmap:0 PCMU/8000\r\n");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"v=0\r\no=- {port} 1 IN {family} {host.Address}\r\ns=-\r\nc=IN {family} {host.Address}\r\nt=0 0\r\nm=audio {port} RTP/AVP {formats}\r\n{maps}")
            + "a=rtpmap:101 telephone-event/8000\r\na=ptime:20\r\na=sendrecv\r\n";
    }

    SipWriter Line(FormattableString line)
    {
        _text.Append(line.ToString(CultureInfo.InvariantCulture)).Append("\r\n");
        return this;
    }
}
