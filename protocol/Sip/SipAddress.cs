using System.Buffers;
using System.Text;

namespace Homer.Search.Protocol.Sip;

/// <summary>A name-addr or addr-spec with its parameters (RFC 3261 §20.10): <c>"Bob" &lt;sip:bob@host;lr&gt;;tag=1</c>.</summary>
public ref struct SipAddress
{
    static readonly SearchValues<byte> TagEnd = SearchValues.Create(";,\" \t\r\n"u8);

    /// <summary>Display name without its quotes.</summary>
    public ReadOnlySpan<byte> DisplayName { get; private set; }

    /// <summary>The URI without angle brackets.</summary>
    public ReadOnlySpan<byte> Uri { get; private set; }

    /// <summary>sip, sips or tel; of another URI its own.</summary>
    public ReadOnlySpan<byte> Scheme { get; private set; }

    /// <summary>User part as written, without password; for a tel URI the number.</summary>
    public ReadOnlySpan<byte> User { get; private set; }

    /// <summary>Host without port, an IPv6 address without brackets; empty for a tel URI.</summary>
    public ReadOnlySpan<byte> Host { get; private set; }

    public ReadOnlySpan<byte> Tag { get; private set; }

    /// <summary>Header parameters behind the address, from the first semicolon on.</summary>
    public ReadOnlySpan<byte> Parameters { get; private set; }

    /// <summary>Reads a request URI: what follows its semicolons belongs to the URI, not to a header.</summary>
    public static SipAddress ReadUri(ReadOnlySpan<byte> uri)
    {
        var address = new SipAddress { Uri = uri };
        if (uri is [(byte)'<', ..])
            address.Uri = uri[1..].TrimEnd((byte)'>');
        address.SplitUri();
        return address;
    }

    /// <summary>Reads a header value; what cannot be read stays empty.</summary>
    public static SipAddress Read(ReadOnlySpan<byte> value)
    {
        var address = default(SipAddress);
        int quoted = value is [(byte)'"', ..] ? SipGrammar.IndexOfClosingQuote(value) : -1;
        if (quoted > 0)
        {
            address.DisplayName = value[1..quoted];
            value = value[(quoted + 1)..];
        }

        int open = value.IndexOf((byte)'<');
        if (open >= 0)
        {
            if (open > 0 && quoted < 0)
                address.DisplayName = SipGrammar.Trim(value[..open]).Trim((byte)'"');
            value = value[(open + 1)..];
        }

        // Without brackets around it, or with the closing one missing, a semicolon ends the URI.
        int close = open < 0 ? -1 : value.IndexOf((byte)'>');
        int end = close >= 0 ? close : value.IndexOf((byte)';');
        if (end < 0)
        {
            address.Uri = SipGrammar.Trim(value);
        }
        else
        {
            address.Uri = SipGrammar.Trim(value[..end]);
            address.TakeParameters(value[end..]);
        }

        address.SplitUri();
        return address;
    }

    void TakeParameters(ReadOnlySpan<byte> rest)
    {
        int semicolon = rest.IndexOf((byte)';');
        if (semicolon < 0)
            return;
        Parameters = rest[semicolon..];
        // Nearly always the tag stands alone.
        ReadOnlySpan<byte> first = ";tag="u8;
        Tag = Parameters.StartsWith(first) && !Parameters[first.Length..].ContainsAny(TagEnd)
            ? Parameters[first.Length..]
            : SipParameter.Find(Parameters, "tag"u8);
    }

    void SplitUri()
    {
        if (Uri.StartsWith("sip:"u8))
        {
            Scheme = Uri[..3];
            SplitUserAndHost(Uri[4..]);
            return;
        }

        int colon = Uri.IndexOf((byte)':');
        if (colon <= 0)
            return;
        Scheme = Uri[..colon];
        ReadOnlySpan<byte> rest = Uri[(colon + 1)..];
        if (Ascii.EqualsIgnoreCase(Scheme, "sip"u8) || Ascii.EqualsIgnoreCase(Scheme, "sips"u8))
        {
            SplitUserAndHost(rest);
        }
        else if (Ascii.EqualsIgnoreCase(Scheme, "tel"u8))
        {
            int end = rest.IndexOfAny((byte)';', (byte)'?');
            User = SipGrammar.Trim(end < 0 ? rest : rest[..end]);
        }
    }

    void SplitUserAndHost(ReadOnlySpan<byte> rest)
    {
        // The last one: users of some services are mail addresses.
        int at = rest.LastIndexOf((byte)'@');
        if (at > 0)
        {
            int password = rest[..at].IndexOf((byte)':');
            User = rest[..(password < 0 ? at : password)];
        }

        Host = HostOf(rest[(at + 1)..]);
    }

    static ReadOnlySpan<byte> HostOf(ReadOnlySpan<byte> text)
    {
        int end;
        if (text is [(byte)'[', ..])
        {
            text = text[1..];
            end = text.IndexOf((byte)']');
        }
        else
        {
            end = text.IndexOfAny((byte)':', (byte)';', (byte)'?');
        }

        return SipGrammar.Trim(end < 0 ? text : text[..end]);
    }
}
