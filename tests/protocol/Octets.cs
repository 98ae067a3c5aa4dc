using System.Text;

namespace Homer.Search.Tests.Protocol;

/// <summary>Octets as text and back, one character an octet.</summary>
static class Octets
{
    internal static string Text(this ReadOnlySpan<byte> octets) => Encoding.Latin1.GetString(octets);

    internal static byte[] Of(string text) => Encoding.Latin1.GetBytes(text);

    internal static string Hex(this ReadOnlySpan<byte> octets) => Convert.ToHexStringLower(octets);

    /// <summary>From hexadecimal digits with white space and <c>|</c> between them.</summary>
    internal static byte[] FromHex(string digits) => Convert.FromHexString(string.Concat(digits.Where(char.IsAsciiHexDigit)));
}
