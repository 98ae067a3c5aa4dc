using Homer.Search.Protocol.Sip;

namespace Homer.Search.Tests.Fuzz;

/// <summary>A captured payload with SIP messages, read as the indexer does: pieces, headers, addresses.</summary>
sealed class SipTarget : FuzzTarget
{
    internal override string Name => "sip";

    internal override IEnumerable<byte[]> Seeds =>
        Fixtures.Named("rfc4475", "*.dat").Concat(Fixtures.Named("rfc5118", "*.dat")).Select(Fixtures.Read).Append(Octets(
            "INVITE sip:bob@b.example SIP/2.0\r\nv: SIP/2.0/UDP a;branch=z9hG4bK1, SIP/2.0/TCP c\r\nf: \"A, B\" <sip:a@x>;tag=1\r\nt: <sip:b@y>\r\ni: 1\r\nCSeq: 1 INVITE\r\n"
            + "P-Asserted-Identity: <tel:+1>, <sip:1@x>\r\nReason: SIP;cause=200, Q.850;cause=16;text=\"x\"\r\nDiversion: <sip:d@x>;reason=busy\r\nServer: s\r\n"
            + "Proxy-Authorization: Digest username=\"u\", realm=\"r\"\r\nl: 0\r\n\r\nSIP/2.0 200 OK\r\nTo: b\r\n\r\n"));

    internal override IReadOnlyList<string> Words { get; } =
    [
        "\r\n", "\r\n\r\n", "\n", "\r\n ", "\r\n\t", ":", ";", ",", "<", ">", "\"", "\\", "\\\"", "@", "sip:", "tel:", "SIP/2.0 ", " SIP/2.0\r\n", "SIP/2.0 200 OK\r\n",
        "INVITE ", "INVITE sip:a SIP/2.0\r\nTo: b\r\n\r\n", "Via: ", "v: ", "From: ", "f:", "To: ", "Call-ID: ", "i: ", "CSeq: ", "Contact: ", "m: ", "*", "Content-Length: ", "l: ",
        "Content-Type: ", "c: ", "User-Agent: ", "Server: ", "Max-Forwards: ", "Expires: ", "Authorization: ", "Proxy-Authorization: ", "WWW-Authenticate: ",
        "Proxy-Authenticate: ", "P-Asserted-Identity: ", "P-Preferred-Identity: ", "Remote-Party-ID: ", "Diversion: ", "Reason: ", "Identity: ", ";tag=", ";branch=",
        ";cause=", "Q.850", "q850", "realm=\"", "username=\"", "[::1]", "Sip0", "\0", "jaK", "\x16\x03", "\0\x01\0\0\x21\x12\xa4\x42",
    ];

    internal override Facts Read(byte[] input)
    {
        var facts = new Facts();
        var payload = new SipPayload(input);
        while (payload.MoveNext())
        {
            facts.Add("piece", payload.Offset).Add("length", payload.Length).Add("rejection", payload.Rejection.ToString());
            if (payload.Rejection == SipRejection.None)
                Add(facts, payload.Message);
        }

        return facts;
    }

    internal override Facts? Reread(byte[] input) => SlowSip.ReadPayload(Text(input));

    static void Add(Facts facts, in SipMessage message)
    {
        facts.Add("method", message.Method).Add("uri", message.RequestUri).Add("code", message.StatusCode).Add("phrase", message.ReasonPhrase)
            .Add("call-id", message.CallId).Add("cseq", message.CSeqNumber).Add("cseq method", message.CSeqMethod).Add("via", message.Via).Add("vias", message.ViaCount)
            .Add("agent", message.UserAgent).Add("content type", message.ContentType).Add("content length", message.ContentLength)
            .Add("expires", message.Expires).Add("max-forwards", message.MaxForwards).Add("identity", message.Identity).Add("diversion", message.Diversion)
            .Add("branch", SipParameter.Find(message.Via, "branch"u8))
            .Add("header lines", message.HeaderLines).Add("body", message.Body).Add("truncated", message.IsTruncated);
        Add(facts, "from", message.From);
        Add(facts, "to", message.To);
        Add(facts, "contact", message.Contact);
        Add(facts, "asserted", message.AssertedIdentity);
        var request = SipAddress.ReadUri(message.RequestUri);
        facts.Add("request user", request.User).Add("request host", request.Host);
        var reason = SipReason.Read(message.Reason);
        facts.Add("reason", reason.Protocol).Add("cause", reason.Cause).Add("reason text", reason.Text);
        var credentials = SipCredentials.Read(message.Authentication);
        facts.Add("scheme", credentials.Scheme).Add("username", credentials.Username).Add("realm", credentials.Realm);
        foreach (SipHeader header in new SipHeaders(message.HeaderLines))
            facts.Add("header", header.Name).Add("value", header.Value);
    }

    static void Add(Facts facts, string name, ReadOnlySpan<byte> value)
    {
        var address = SipAddress.Read(value);
        facts.Add(name, value).Add($"{name} display", address.DisplayName).Add($"{name} uri", address.Uri).Add($"{name} scheme", address.Scheme)
            .Add($"{name} user", address.User).Add($"{name} host", address.Host).Add($"{name} tag", address.Tag);
    }
}
