using System.Buffers;
using System.Text;
using Homer.Search.Protocol.Sip;

namespace Homer.Search.Calls;

/// <summary>
/// Identifiers that tie a call to the one its transfer led to. An attended transfer names the Call-ID that is to be replaced inside Refer-To (RFC 3891 §4);
/// any transfer names its target, and the call that comes of it says Referred-By (RFC 3892): the two are known by who is sent to whom, since many callers may
/// be sent to one number. So an attended one is told even where the call that is replaced was not captured.
/// </summary>
static class ReferralIdentifiers
{
    const int MaximumTarget = 180;

    /// <param name="transferee">User who is asked to call, out of the To of the REFER.</param>
    /// <param name="value">Of Refer-To: <c>&lt;sip:carol@example.net?Replaces=1234%40192.0.2.1%3Bto-tag%3Da&gt;</c>.</param>
    public static void AddTarget(ReadOnlySpan<byte> value, ReadOnlySpan<byte> transferee, MessageNotes notes)
    {
        ReadOnlySpan<byte> uri = SipAddress.Read(value).Uri;
        int question = uri.IndexOf((byte)'?');
        AddReferred(question < 0 ? uri : uri[..question], transferee, notes);
        ReadOnlySpan<byte> headers = question < 0 ? [] : uri[(question + 1)..];
        ReadOnlySpan<byte> name = "Replaces="u8;
        int replaces = headers.IndexOf(name);
        if (replaces < 0)
            return;

        headers = headers[(replaces + name.Length)..];
        int end = headers.IndexOf((byte)'&');
        Span<byte> callId = stackalloc byte[MaximumTarget];
        int length = Decode(end < 0 ? headers : headers[..end], callId);
        IdentifierHeaders.Add("replaces="u8, callId[..length], notes);
    }

    /// <param name="uri">Who is called because of a transfer.</param>
    /// <param name="transferee">User who calls; one without a name is nobody to be known by.</param>
    public static void AddReferred(ReadOnlySpan<byte> uri, ReadOnlySpan<byte> transferee, MessageNotes notes)
    {
        SipAddress target = SipAddress.ReadUri(uri);
        if (target.User.IsEmpty || transferee.IsEmpty || Ascii.EqualsIgnoreCase(transferee, "anonymous"u8))
            return;
        ReadOnlySpan<byte> between = " to "u8;
        int length = transferee.Length + between.Length + target.User.Length + 1 + target.Host.Length;
        if (length > MaximumTarget)
            return;
        Span<byte> text = stackalloc byte[MaximumTarget];
        transferee.CopyTo(text);
        between.CopyTo(text[transferee.Length..]);
        Span<byte> rest = text[(transferee.Length + between.Length)..];
        target.User.CopyTo(rest);
        rest[target.User.Length] = (byte)'@';
        target.Host.CopyTo(rest[(target.User.Length + 1)..]);
        IdentifierHeaders.Add("referred="u8, text[..length], notes);
    }

    /// <summary>Without its escapes, up to the first parameter.</summary>
    static int Decode(ReadOnlySpan<byte> escaped, Span<byte> text)
    {
        int length = 0;
        for (int index = 0; index < escaped.Length && length < text.Length; index++)
        {
            byte octet = escaped[index];
            if (octet == '%' && index + 2 < escaped.Length
                && Convert.FromHexString(escaped.Slice(index + 1, 2), text[length..], out _, out _) == OperationStatus.Done)
            {
                octet = text[length];
                index += 2;
            }

            if (octet == ';')
                return length;
            text[length++] = octet;
        }

        return length;
    }
}
