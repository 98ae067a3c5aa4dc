using System.Buffers;
using System.Runtime.CompilerServices;

namespace Homer.Search.Protocol.Sip;

/// <summary>The few rules of RFC 3261 §25.1 that several readers share.</summary>
static class SipGrammar
{
    /// <summary>Token characters: methods, header and parameter names.</summary>
    internal static readonly SearchValues<byte> Token =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-.!%*_+`'~"u8);

    /// <summary>Parts the values of a header field.</summary>
    internal static readonly SearchValues<byte> Comma = SearchValues.Create(",\"<"u8);

    /// <summary>Parts parameters.</summary>
    internal static readonly SearchValues<byte> CommaOrSemicolon = SearchValues.Create(",;\"<"u8);

    /// <summary>Without the linear white space around it, line breaks of folded values included.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> text) =>
        text is [> (byte)' ', .., > (byte)' '] ? text : TrimSpace(text);

    static ReadOnlySpan<byte> TrimSpace(ReadOnlySpan<byte> text)
    {
        int start = 0;
        int end = text.Length;
        while (start < end && IsSpace(text[start]))
            start++;
        while (end > start && IsSpace(text[end - 1]))
            end--;
        return text[start..end];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool IsSpace(byte octet) => octet is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n';

    internal static bool IsToken(ReadOnlySpan<byte> text) => !text.IsEmpty && !text.ContainsAnyExcept(Token);

    /// <summary>Index of the quote that closes a quoted string which begins at 0; -1 when none does.</summary>
    internal static int IndexOfClosingQuote(ReadOnlySpan<byte> text)
    {
        int index = 1;
        while (index < text.Length)
        {
            int next = text[index..].IndexOfAny((byte)'"', (byte)'\\');
            if (next < 0)
                return -1;
            index += next;
            if (text[index] == '"')
                return index;
            index += 2;
        }

        return -1;
    }

    /// <summary>
    /// Index of the first of <paramref name="separators"/> (<see cref="Comma"/> or <see cref="CommaOrSemicolon"/>) outside quoted strings and angle brackets; the
    /// text's length when there is none. What is opened and never closed opens nothing.
    /// </summary>
    internal static int IndexOfSeparator(ReadOnlySpan<byte> text, SearchValues<byte> separators)
    {
        // Once one stays open to the end so does every later one; not to look again keeps hostile text linear.
        bool mayQuote = true;
        bool mayBracket = true;
        int index = 0;
        while (index < text.Length)
        {
            int next = text[index..].IndexOfAny(separators);
            if (next < 0)
                break;
            index += next;
            int close = 0;
            switch (text[index])
            {
                case (byte)'"':
                    close = mayQuote ? IndexOfClosingQuote(text[index..]) : -1;
                    mayQuote = close >= 0;
                    break;
                case (byte)'<':
                    close = mayBracket ? text[index..].IndexOf((byte)'>') : -1;
                    mayBracket = close >= 0;
                    break;
                default:
                    return index;
            }

            index += Math.Max(close, 0) + 1;
        }

        return text.Length;
    }

    /// <summary>Digits alone, as a number; false beyond 2⁶³.</summary>
    internal static bool TryReadNumber(ReadOnlySpan<byte> digits, out long number)
    {
        number = 0;
        foreach (byte digit in digits)
        {
            int value = digit - '0';
            if ((uint)value > 9 || number > (long.MaxValue - value) / 10)
                return false;
            number = (number * 10) + value;
        }

        return !digits.IsEmpty;
    }

    /// <summary>The leading digits as a number; null when there are none or it is beyond 2³¹.</summary>
    internal static int? LeadingNumber(ReadOnlySpan<byte> text)
    {
        int end = text.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        return TryReadNumber(end < 0 ? text : text[..end], out long number) && number <= int.MaxValue ? (int)number : null;
    }
}
