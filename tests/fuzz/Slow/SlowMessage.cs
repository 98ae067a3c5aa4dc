using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;

namespace Homer.Search.Tests.Fuzz;

/// <summary>One SIP message as a list of all its headers, asked afterwards.</summary>
sealed class SlowMessage
{
    static readonly Dictionary<string, string> Compact = new(StringComparer.OrdinalIgnoreCase)
    {
        ["a"] = "Accept-Contact",
        ["b"] = "Referred-By",
        ["c"] = "Content-Type",
        ["d"] = "Request-Disposition",
        ["e"] = "Content-Encoding",
        ["f"] = "From",
        ["i"] = "Call-ID",
        ["j"] = "Reject-Contact",
        ["k"] = "Supported",
        ["l"] = "Content-Length",
        ["m"] = "Contact",
        ["n"] = "Identity-Info",
        ["o"] = "Event",
        ["r"] = "Refer-To",
        ["s"] = "Subject",
        ["t"] = "To",
        ["u"] = "Allow-Events",
        ["v"] = "Via",
        ["x"] = "Session-Expires",
        ["y"] = "Identity",
    };

    readonly string _startLine;
    readonly string _text;
    readonly List<(string Name, string Value)> _headers = [];
    readonly bool _hasEmptyLine;
    readonly int _lengthOfHeaders;
    readonly int _behindHeaders;

    internal SlowMessage(string startLine, string text)
    {
        (_startLine, _text) = (startLine, text);
        int place = 0;
        while (place < text.Length)
        {
            int next = NextLine(place);
            if (text[place..next] is "\n" or "\r\n")
            {
                _hasEmptyLine = true;
                _lengthOfHeaders = place;
                _behindHeaders = next;
                return;
            }

            while (text[next - 1] == '\n' && next < text.Length && text[next] is ' ' or '\t')
                next = NextLine(next);
            string line = text[place..next];
            int colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0)
                _headers.Add((line[..colon].Trim(SlowSip.Blank), line[(colon + 1)..].Trim(SlowSip.Blank)));
            place = next;
        }

        _lengthOfHeaders = _behindHeaders = text.Length;
    }

    internal int? ContentLength => All("Content-Length").Select(Number).FirstOrDefault(static number => number is not null);

    internal string ContentType => First("Content-Type");

    /// <summary>Up to where the body begins.</summary>
    internal int LengthOfHead => _behindHeaders;

    /// <summary>How far the message reaches by what it says of itself.</summary>
    internal int End => _behindHeaders + (ContentLength is { } length ? Math.Min(length, _text.Length - _behindHeaders)
        : ContentType.Length == 0 ? 0 : _text.Length - _behindHeaders);

    internal void AddTo(Facts facts, bool hasBody)
    {
        Match status = SlowSip.StatusLine().Match(_startLine);
        Match request = SlowSip.RequestLine().Match(_startLine.Trim(SlowSip.Blank));
        bool isRequest = !status.Success;
        string method = isRequest ? request.Groups[1].Value : "";
        string uri = isRequest ? request.Groups[2].Value.Trim(SlowSip.Blank) : "";
        (string Number, string Method) cseq = All("CSeq").Select(SplitCSeq).FirstOrDefault(static cseq => cseq is not ("", ""), (Number: "", Method: ""));
        string[] vias = [.. All("Via").SelectMany(static value => SlowValue.Split(value, ","))];
        string via = vias.FirstOrDefault("");
        string body = hasBody ? Body() : "";
        facts.Add("method", method).Add("uri", uri)
            .Add("code", isRequest ? 0 : int.Parse(status.Groups[1].Value, CultureInfo.InvariantCulture))
            .Add("phrase", isRequest ? "" : status.Groups[2].Value.Trim(SlowSip.Blank))
            .Add("call-id", First("Call-ID")).Add("cseq", cseq.Number.Length > 0 ? cseq.Number : null)
            .Add("cseq method", cseq.Method.Length > 0 ? cseq.Method : method)
            .Add("via", via).Add("vias", vias.Length)
            .Add("agent", Or(First("User-Agent"), First("Server"))).Add("content type", ContentType).Add("content length", ContentLength)
            .Add("expires", All("Expires").Select(Number).FirstOrDefault(static number => number is not null))
            .Add("max-forwards", All("Max-Forwards").Select(Number).FirstOrDefault(static number => number is not null))
            .Add("identity", First("Identity")).Add("diversion", FirstValue("Diversion"))
            .Add("branch", SlowValue.Parameter(via, "branch"))
            .Add("header lines", _text[.._lengthOfHeaders]).Add("body", body)
            .Add("truncated", !_hasEmptyLine || ContentLength > _text.Length - _behindHeaders);
        AddAddress(facts, "from", First("From"));
        AddAddress(facts, "to", First("To"));
        AddAddress(facts, "contact", FirstValue("Contact"));
        AddAddress(facts, "asserted", AssertedIdentity());
        SlowAddress target = SlowAddress.OfUri(uri.StartsWith('<') ? uri[1..].TrimEnd('>') : uri);
        facts.Add("request user", target.User).Add("request host", target.Host);
        AddReason(facts);
        AddCredentials(facts);
        foreach ((string name, string value) in _headers)
            facts.Add("header", name.Length == 1 ? Compact.GetValueOrDefault(name, name) : name).Add("value", value);
    }

    string Body()
    {
        string all = _text[_behindHeaders..];
        return ContentLength is { } length ? all[..Math.Min(length, all.Length)] : all.TrimEnd('\0');
    }

    string AssertedIdentity()
    {
        foreach (string name in (string[])["P-Asserted-Identity", "P-Preferred-Identity", "Remote-Party-ID"])
        {
            string[] values = [.. All(name).SelectMany(static value => SlowValue.Split(value, ","))];
            if (values.Length > 0)
                return values.FirstOrDefault(static value => SlowAddress.Of(value).Scheme.ToLowerInvariant() is "sip" or "sips", values[0]);
        }

        return "";
    }

    void AddReason(Facts facts)
    {
        string[] values = [.. All("Reason").SelectMany(static value => SlowValue.Split(value, ","))];
        string reason = values.FirstOrDefault(static value => ProtocolOf(value).ToLowerInvariant() is "q.850" or "q850", values.FirstOrDefault(""));
        string protocol = ProtocolOf(reason);
        facts.Add("reason", protocol.ToLowerInvariant() switch { "q.850" or "q850" => "Q.850", "sip" => "SIP", _ => protocol })
            .Add("cause", Number(SlowValue.Parameter(reason, "cause"))).Add("reason text", SlowValue.Parameter(reason, "text"));
    }

    void AddCredentials(Facts facts)
    {
        string value = Or(Either("Authorization", "Proxy-Authorization"), Either("WWW-Authenticate", "Proxy-Authenticate"));
        Match match = Regex.Match(value, @"\A[A-Za-z0-9\-.!%*_+`'~]*");
        bool isAlone = match.Length == value.Length;
        string scheme = isAlone || SlowSip.Blank.Contains(value[match.Length]) ? match.Value : "";
        string parameters = isAlone ? "" : value[match.Length..];
        facts.Add("scheme", scheme).Add("username", SlowValue.Parameter(parameters, "username")).Add("realm", SlowValue.Parameter(parameters, "realm"));
    }

    static void AddAddress(Facts facts, string name, string value)
    {
        SlowAddress address = SlowAddress.Of(value);
        facts.Add(name, value).Add($"{name} display", address.DisplayName).Add($"{name} uri", address.Uri).Add($"{name} scheme", address.Scheme)
            .Add($"{name} user", address.User).Add($"{name} host", address.Host).Add($"{name} tag", SlowValue.Parameter(address.Parameters, "tag"));
    }

    IEnumerable<string> All(string name) => _headers
        .Where(header => string.Equals(header.Name.Length == 1 ? Compact.GetValueOrDefault(header.Name, "") : header.Name, name, StringComparison.OrdinalIgnoreCase))
        .Select(static header => header.Value);

    string First(string name) => All(name).FirstOrDefault(static value => value.Length > 0, "");

    string FirstValue(string name) => All(name).SelectMany(static value => SlowValue.Split(value, ",")).FirstOrDefault("");

    string Either(string one, string other) =>
        _headers.FirstOrDefault(header => header.Value.Length > 0 && (Is(header.Name, one) || Is(header.Name, other)), (Name: "", Value: "")).Value;

    static bool Is(string name, string other) => string.Equals(name, other, StringComparison.OrdinalIgnoreCase);

    static string Or(string one, string other) => one.Length > 0 ? one : other;

    static string ProtocolOf(string reason) => reason.Split(';')[0].Trim(SlowSip.Blank);

    static (string Number, string Method) SplitCSeq(string value)
    {
        string digits = Regex.Match(value, @"\A[0-9]*").Value;
        bool isNumber = digits.Length > 0 && BigInteger.Parse(digits, CultureInfo.InvariantCulture) <= long.MaxValue;
        return (isNumber ? BigInteger.Parse(digits, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture) : "", value[digits.Length..].Trim(SlowSip.Blank));
    }

    static int? Number(string value)
    {
        string digits = Regex.Match(value, @"\A[0-9]*").Value;
        return digits.Length > 0 && BigInteger.Parse(digits, CultureInfo.InvariantCulture) is var number && number <= int.MaxValue ? (int)number : null;
    }

    int NextLine(int place)
    {
        int feed = _text.IndexOf('\n', place);
        return feed < 0 ? _text.Length : feed + 1;
    }
}
