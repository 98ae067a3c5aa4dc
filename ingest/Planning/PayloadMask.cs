using System.Buffers;
using System.Text;
using Homer.Search.Protocol.Sip;

namespace Homer.Search.Ingest;

/// <summary>What a rule makes unreadable in a payload: octets become <c>x</c>, length for length, so that all else stays where it was and still decodes.</summary>
/// <param name="Digits">The last so many digits of each number; 0 for none.</param>
/// <param name="Headers">Names of headers whose values go.</param>
/// <param name="Body">The body of a message, or the whole of a log line.</param>
public sealed record PayloadMask(int Digits, IReadOnlyList<string> Headers, bool Body)
{
    /// <summary>A run of digits in a log line counts as a number from here on.</summary>
    const int ShortestNumber = 6;

    static readonly SearchValues<byte> EndOfUser = SearchValues.Create("@;>\" \t\r\n"u8);

    readonly byte[][] _headers = [.. Headers.Select(Encoding.ASCII.GetBytes)];

    /// <summary>Masks a SIP message: numbers are the users of its SIP and tel URIs, its display names and the user of its credentials.</summary>
    public void ApplyToMessage(Span<byte> bytes)
    {
        if (SipReader.Read(bytes, out SipMessage message) != SipRejection.None)
        {
            ApplyToText(bytes);
            return;
        }

        if (Digits > 0)
        {
            int body = !message.Body.IsEmpty && ((ReadOnlySpan<byte>)bytes).Overlaps(message.Body, out int start) ? start : bytes.Length;
            MaskUsers(bytes[..body]);
            Within(bytes, SipCredentials.Read(message.Authentication).Username, MaskDigits);
        }

        foreach (SipHeader header in new SipHeaders(message.HeaderLines))
        {
            if (Digits > 0 && header.Value.Contains((byte)'<'))
                Within(bytes, SipAddress.Read(header.Value).DisplayName, MaskDigits);
            foreach (byte[] name in _headers)
            {
                if (Ascii.EqualsIgnoreCase(header.Name, name))
                    Within(bytes, header.Value, Hide);
            }
        }

        if (Body)
            Within(bytes, message.Body, static octets => octets.Fill((byte)'x'));
    }

    /// <summary>Masks a log line.</summary>
    public void ApplyToText(Span<byte> text)
    {
        if (Body)
            text.Fill((byte)'x');
        for (int at = 0; Digits > 0 && at < text.Length; at++)
        {
            int end = at;
            while (end < text.Length && IsDigit(text[end]))
                end++;
            if (end - at >= ShortestNumber)
                MaskDigits(text[at..end]);
            at = end;
        }
    }

    void MaskUsers(Span<byte> head)
    {
        for (int at = 0; head[at..].IndexOf((byte)':') is var found and >= 0;)
        {
            int colon = at + found;
            at = colon + 1;
            bool isNumber = Ends(head[..colon], "tel"u8);
            if (!isNumber && !Ends(head[..colon], "sip"u8) && !Ends(head[..colon], "sips"u8))
                continue;
            int length = head[at..].IndexOfAny(EndOfUser);
            // A SIP URI without user names a host only.
            int user = length < 0 ? head.Length - at : length;
            if (isNumber || HasHost(head[(at + user)..]))
                MaskDigits(head.Slice(at, user));
        }
    }

    /// <summary>Parameters of a user part stand before its <c>@</c>.</summary>
    static bool HasHost(ReadOnlySpan<byte> rest)
    {
        int end = rest.IndexOfAny("@>\r "u8);
        return end >= 0 && rest[end] == '@';
    }

    static bool Ends(ReadOnlySpan<byte> text, ReadOnlySpan<byte> scheme) =>
        text.Length >= scheme.Length && Ascii.EqualsIgnoreCase(text[^scheme.Length..], scheme)
        && (text.Length == scheme.Length || !char.IsAsciiLetterOrDigit((char)text[^(scheme.Length + 1)]));

    void MaskDigits(Span<byte> number)
    {
        int left = Digits;
        for (int at = number.Length - 1; at >= 0 && left > 0; at--)
        {
            if (!IsDigit(number[at]))
                continue;
            number[at] = (byte)'x';
            left--;
        }
    }

    /// <summary>White space stays: a folded value remains one.</summary>
    static void Hide(Span<byte> value)
    {
        foreach (ref byte octet in value)
        {
            if (octet > ' ')
                octet = (byte)'x';
        }
    }

    static void Within(Span<byte> bytes, ReadOnlySpan<byte> part, SpanAction change)
    {
        if (!part.IsEmpty && ((ReadOnlySpan<byte>)bytes).Overlaps(part, out int start))
            change(bytes.Slice(start, part.Length));
    }

    delegate void SpanAction(Span<byte> octets);

    static bool IsDigit(byte octet) => octet is >= (byte)'0' and <= (byte)'9';
}
