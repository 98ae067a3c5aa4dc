using System.Buffers.Text;

namespace Homer.Search.Protocol.Sip;

/// <summary>What the originating provider attests of the caller (SHAKEN, RFC 8588): decoded out of the Identity header, its signature not verified.</summary>
public static class Attestation
{
    // A SHAKEN payload has two hundred octets.
    const int MaximumLength = 3072;

    /// <summary>The letter <c>A</c>, <c>B</c> or <c>C</c>; null when the value holds no attestation.</summary>
    public static char? Read(ReadOnlySpan<byte> identity)
    {
        // header.payload.signature;info=<…>, each part base64url (RFC 8224 §4).
        int header = identity.IndexOf((byte)'.');
        ReadOnlySpan<byte> payload = header < 0 ? [] : identity[(header + 1)..];
        int end = payload.IndexOf((byte)'.');
        if (end <= 0)
            return null;
        payload = payload[..Math.Min(end, MaximumLength / 3 * 4)];
        Span<byte> json = stackalloc byte[MaximumLength];
        Base64Url.DecodeFromUtf8(payload, json, out _, out int length, isFinalBlock: true);
        return Find(json[..length]);
    }

    /// <summary>The value of the member <c>attest</c>. A name inside a string cannot be taken for it: there its quotes would be escaped.</summary>
    static char? Find(ReadOnlySpan<byte> json)
    {
        ReadOnlySpan<byte> name = "\"attest\""u8;
        for (int index = json.IndexOf(name); index >= 0; index = json.IndexOf(name))
        {
            json = json[(index + name.Length)..];
            ReadOnlySpan<byte> rest = SipGrammar.Trim(json);
            if (rest is not [(byte)':', ..])
                continue;
            rest = SipGrammar.Trim(rest[1..]);
            return rest is [(byte)'"', >= (byte)'A' and <= (byte)'C', (byte)'"', ..] ? (char)rest[1] : null;
        }

        return null;
    }
}
