using System.Text;

namespace Homer.Search.Protocol.Sip;

/// <summary>Request lines and status lines (RFC 3261 §7.1, §7.2), with any version, in any case, with spaces to spare.</summary>
static class SipStartLine
{
    /// <summary>Reads a line without its line break into the message; false when it is neither.</summary>
    internal static bool TryRead(ReadOnlySpan<byte> line, ref SipMessage message)
    {
        if (LengthOfVersion(line) is var version and > 0)
            return TryReadStatus(line[version..], ref message);
        if (!TrySplitRequest(line, out ReadOnlySpan<byte> method, out ReadOnlySpan<byte> uri))
            return false;
        message.IsRequest = true;
        message.Method = method;
        message.RequestUri = uri;
        return true;
    }

    /// <summary>The first line of <paramref name="bytes"/> is a start line.</summary>
    internal static bool Begins(ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<byte> line = FirstLine(bytes);
        if (LengthOfVersion(line) is var version and > 0)
            return line.Length > version && IsDigit(line[version..].TrimStart((byte)' '), 0);
        return TrySplitRequest(line, out _, out _);
    }

    /// <summary>The octets begin with a status line's version or a method of the RFCs, whatever follows.</summary>
    internal static bool BeginsAsKnown(ReadOnlySpan<byte> bytes)
    {
        if (LengthOfVersion(bytes) > 0)
            return true;
        int space = bytes.IndexOf((byte)' ');
        return space > 0 && IsKnownMethod(bytes[..space]);
    }

    /// <summary>A start line with a header line behind it: the status line alone in a <c>message/sipfrag</c> body is none.</summary>
    internal static bool BeginsMessage(ReadOnlySpan<byte> bytes)
    {
        if (!Begins(bytes))
            return false;
        int end = bytes.IndexOf((byte)'\n');
        if (end < 0)
            return false;
        ReadOnlySpan<byte> next = FirstLine(bytes[(end + 1)..]);
        int colon = next.IndexOf((byte)':');
        return colon > 0 && SipGrammar.IsToken(next[..colon].TrimEnd(" \t"u8));
    }

    static bool TryReadStatus(ReadOnlySpan<byte> rest, ref SipMessage message)
    {
        ReadOnlySpan<byte> status = rest.TrimStart((byte)' ');
        if (status.Length == rest.Length || !IsDigit(status, 0) || !IsDigit(status, 1) || !IsDigit(status, 2) || IsDigit(status, 3))
            return false;
        int code = ((status[0] - '0') * 100) + ((status[1] - '0') * 10) + status[2] - '0';
        if (code is < 100 or > 699)
            return false;
        message.StatusCode = code;
        message.ReasonPhrase = SipGrammar.Trim(status[3..]);
        return true;
    }

    static bool TrySplitRequest(ReadOnlySpan<byte> line, out ReadOnlySpan<byte> method, out ReadOnlySpan<byte> uri)
    {
        method = uri = default;
        line = SipGrammar.Trim(line);
        int lastSpace = line.LastIndexOf((byte)' ');
        if (lastSpace < 0 || LengthOfVersion(line[(lastSpace + 1)..]) != line.Length - lastSpace - 1)
            return false;
        int space = line.IndexOf((byte)' ');
        method = line[..space];
        uri = SipGrammar.Trim(line[space..lastSpace]);
        return !uri.IsEmpty && SipGrammar.IsToken(method);
    }

    /// <summary>Length of <c>SIP/2.0</c> or another version at the beginning; 0 when none stands there.</summary>
    static int LengthOfVersion(ReadOnlySpan<byte> text)
    {
        if (text.StartsWith("SIP/2.0"u8))
            return 7;
        return text.Length >= 7 && Ascii.EqualsIgnoreCase(text[..4], "SIP/"u8) && IsDigit(text, 4) && text[5] == '.' && IsDigit(text, 6) ? 7 : 0;
    }

    static bool IsDigit(ReadOnlySpan<byte> text, int index) => index < text.Length && text[index] is >= (byte)'0' and <= (byte)'9';

    static ReadOnlySpan<byte> FirstLine(ReadOnlySpan<byte> bytes)
    {
        int end = bytes.IndexOf((byte)'\n');
        return end < 0 ? bytes : bytes[..end].TrimEnd((byte)'\r');
    }

    static bool IsKnownMethod(ReadOnlySpan<byte> token) =>
        token.SequenceEqual("INVITE"u8) || token.SequenceEqual("ACK"u8) || token.SequenceEqual("BYE"u8) || token.SequenceEqual("CANCEL"u8)
        || token.SequenceEqual("OPTIONS"u8) || token.SequenceEqual("REGISTER"u8) || token.SequenceEqual("PRACK"u8) || token.SequenceEqual("SUBSCRIBE"u8)
        || token.SequenceEqual("NOTIFY"u8) || token.SequenceEqual("PUBLISH"u8) || token.SequenceEqual("INFO"u8) || token.SequenceEqual("REFER"u8)
        || token.SequenceEqual("MESSAGE"u8) || token.SequenceEqual("UPDATE"u8);
}
