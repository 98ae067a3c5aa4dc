namespace Homer.Search.Tests.Fuzz;

/// <summary>A name-addr or addr-spec (RFC 3261 §20.10) and the URI in it (§19.1, RFC 3966).</summary>
sealed record SlowAddress(string DisplayName, string Uri, string Scheme, string User, string Host, string Parameters)
{
    internal static SlowAddress Of(string value)
    {
        string display = "";
        int quote = value.StartsWith('"') ? SlowValue.ClosingQuote(value, 0) : -1;
        if (quote > 0)
            (display, value) = (value[1..quote], value[(quote + 1)..]);
        int open = value.IndexOf('<', StringComparison.Ordinal);
        string inside = open < 0 ? value : value[(open + 1)..];
        if (open > 0 && quote < 0)
            display = value[..open].Trim(SlowSip.Blank).Trim('"');
        int end = open >= 0 && inside.Contains('>', StringComparison.Ordinal) ? inside.IndexOf('>', StringComparison.Ordinal) : inside.IndexOf(';', StringComparison.Ordinal);
        string behind = end < 0 ? "" : inside[end..];
        int semicolon = behind.IndexOf(';', StringComparison.Ordinal);
        return OfUri((end < 0 ? inside : inside[..end]).Trim(SlowSip.Blank)) with { DisplayName = display, Parameters = semicolon < 0 ? "" : behind[semicolon..] };
    }

    internal static SlowAddress OfUri(string uri)
    {
        int colon = uri.IndexOf(':', StringComparison.Ordinal);
        string scheme = colon > 0 ? uri[..colon] : "";
        string rest = uri[(colon + 1)..];
        return scheme.ToLowerInvariant() switch
        {
            "sip" or "sips" => new SlowAddress("", uri, scheme, UserOf(rest), HostOf(rest), ""),
            "tel" => new SlowAddress("", uri, scheme, rest.Split(';', '?')[0].Trim(SlowSip.Blank), "", ""),
            _ => new SlowAddress("", uri, scheme, "", "", ""),
        };
    }

    static string UserOf(string rest)
    {
        int at = rest.LastIndexOf('@');
        return at > 0 ? rest[..at].Split(':')[0] : "";
    }

    static string HostOf(string rest)
    {
        string host = rest[(rest.LastIndexOf('@') + 1)..];
        return (host.StartsWith('[') ? host[1..].Split(']')[0] : host.Split(':', ';', '?')[0]).Trim(SlowSip.Blank);
    }
}
