using System.Text;

namespace Homer.Search.Protocol.Sip;

/// <summary>Parameters of a header value: <c>;branch=z9hG4bK1;rport</c> or <c>realm="example.net", nonce="…"</c>.</summary>
public static class SipParameter
{
    /// <summary>The parameter's value without its quotes; empty when absent or without value. Names in any case.</summary>
    public static ReadOnlySpan<byte> Find(ReadOnlySpan<byte> value, ReadOnlySpan<byte> name)
    {
        while (!value.IsEmpty)
        {
            int end = SipGrammar.IndexOfSeparator(value, SipGrammar.CommaOrSemicolon);
            ReadOnlySpan<byte> piece = SipGrammar.Trim(value[..end]);
            value = end < value.Length ? value[(end + 1)..] : [];
            int equals = piece.IndexOf((byte)'=');
            if (equals >= name.Length && IsName(piece[..equals], name))
                return Unquote(SipGrammar.Trim(piece[(equals + 1)..]));
        }

        return [];
    }

    /// <summary>Without the quotes around it, and what follows them; escapes inside stay as they are.</summary>
    internal static ReadOnlySpan<byte> Unquote(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty || text[0] != '"')
            return text;
        int close = SipGrammar.IndexOfClosingQuote(text);
        return close < 0 ? text[1..] : text[1..close];
    }

    /// <summary>The scheme of credentials stands before their first parameter: <c>Digest username=…</c>.</summary>
    static bool IsName(ReadOnlySpan<byte> written, ReadOnlySpan<byte> name)
    {
        if (written.Length > name.Length)
            written = SipGrammar.Trim(written);
        int before = written.Length - name.Length;
        return before >= 0 && Ascii.EqualsIgnoreCase(written[before..], name) && (before == 0 || SipGrammar.IsSpace(written[before - 1]));
    }
}
