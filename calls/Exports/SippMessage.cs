using System.Text;
using Homer.Search.Protocol.Sip;

namespace Homer.Search.Calls;

/// <summary>
/// A captured message as SIPp writes it anew: what belongs to the one call (Via, tags, Call-ID, addresses, credentials) becomes a keyword, all else stays.
/// </summary>
static class SippMessage
{
    static readonly string[] OfTheCall = ["Via", "Max-Forwards", "From", "To", "Call-ID", "CSeq", "Contact", "Route", "Record-Route", "Content-Length", "Authorization", "Proxy-Authorization"];

    /// <param name="isInviteRefused">The last final answer to an INVITE was a failure: an ACK belongs to that.</param>
    public static IEnumerable<string> Request(in SipMessage sip, bool isInviteRefused)
    {
        string method = Text(sip.Method);
        bool belongsToInvite = method == "CANCEL" || (method == "ACK" && isInviteRefused);
        bool isInDialog = !belongsToInvite && !SipAddress.Read(sip.To).Tag.IsEmpty;
        string user = Escaped(SipAddress.ReadUri(sip.RequestUri).User);
        string target = isInDialog ? "[next_url]" : $"sip:{user}{(user.Length > 0 ? "@" : "")}[remote_ip]:[remote_port]";
        string contact = SipAddress.Read(sip.Contact).User is { IsEmpty: false } name ? Escaped(name) : "sipp";
        List<string> lines =
        [
            $"{method} {target} SIP/2.0",
            belongsToInvite ? "[last_Via:]" : "Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]",
            "Max-Forwards: 70",
            $"From: {WithoutTag(sip.From)};tag=[pid]SIPpTag[call_number]",
            $"To: {WithoutTag(sip.To)}{(SipAddress.Read(sip.To).Tag.IsEmpty ? "" : "[peer_tag_param]")}",
            "Call-ID: [call_id]",
            $"CSeq: {sip.CSeqNumber} {method}",
        ];
        if (isInDialog)
            lines.Insert(2, "[routes]");
        if (!sip.Contact.IsEmpty)
            lines.Add($"Contact: <sip:{contact}@[local_ip]:[local_port];transport=[transport]>");
        var credentials = SipCredentials.Read(sip.Authentication);
        if (!credentials.Username.IsEmpty)
            lines.Add($"[authentication username={Escaped(credentials.Username)} password=secret]");
        AddRest(lines, sip);
        return lines;
    }

    public static IEnumerable<string> Response(in SipMessage sip)
    {
        List<string> lines =
        [
            $"SIP/2.0 {sip.StatusCode} {Escaped(sip.ReasonPhrase)}",
            "[last_Via:]", "[last_From:]", "[last_To:]", "[last_Call-ID:]", "[last_CSeq:]", "Contact: <sip:[local_ip]:[local_port];transport=[transport]>",
        ];
        AddRest(lines, sip);
        return lines;
    }

    static void AddRest(List<string> lines, in SipMessage sip)
    {
        foreach (SipHeader header in new SipHeaders(sip.HeaderLines))
        {
            string name = Text(header.Name);
            if (!OfTheCall.Contains(name, StringComparer.OrdinalIgnoreCase))
                lines.Add($"{name}: {Unfolded(Escaped(header.Value))}");
        }

        lines.Add("Content-Length: [len]");
        lines.Add("");
        foreach (string line in Escaped(sip.Body).ReplaceLineEndings("\n").TrimEnd('\n').Split('\n'))
            lines.Add(line);
    }

    /// <summary>The address as it was written, in the form with brackets, without its parameters.</summary>
    static string WithoutTag(ReadOnlySpan<byte> value)
    {
        int end = value.LastIndexOf((byte)'>');
        if (end < 0)
            end = value.IndexOf((byte)';') is var parameters && parameters < 0 ? value.Length - 1 : parameters - 1;
        string address = Escaped(value[..(end + 1)]);
        return address.Contains('<', StringComparison.Ordinal) ? address : $"<{address.Trim()}>";
    }

    static string Unfolded(string value) => string.Join(' ', value.ReplaceLineEndings("\n").Split('\n', StringSplitOptions.TrimEntries));

    static string Text(ReadOnlySpan<byte> octets) => Encoding.Latin1.GetString(octets);

    /// <summary>SIPp reads brackets as keywords and a backslash as an escape.</summary>
    static string Escaped(ReadOnlySpan<byte> octets) => Text(octets)
        .Replace("\\", "\\x5c", StringComparison.Ordinal).Replace("[", "\\x5b", StringComparison.Ordinal).Replace("]", "\\x5d", StringComparison.Ordinal);
}
