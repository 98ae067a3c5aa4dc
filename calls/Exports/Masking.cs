using System.Buffers;
using System.Text;
using Homer.Search.Protocol.Sip;
using Homer.Search.Store;

namespace Homer.Search.Calls;

/// <summary>
/// Makes a message one may hand on: what names a person becomes x, length for length, so that everything else stays where it was and still decodes.
/// Addresses of machines, Call-IDs and tags stay, else nothing could be followed.
/// </summary>
public static class Masking
{
    /// <summary>What shows of a number: enough for country and operator.</summary>
    const int Shown = 4;

    static readonly Field[] Named =
    [
        Fields.UriUser, Fields.FromUser, Fields.ToUser, Fields.PaiUser, Fields.DiversionUser, Fields.ContactUser, Fields.AuthUser, Fields.FromDisplay, Fields.ToDisplay,
    ];

    /// <summary>What it looks at of a message.</summary>
    internal static IReadOnlyCollection<Field> Read => [.. Named, Fields.ContentType];

    static readonly SearchValues<byte> EndOfUser = SearchValues.Create("@;> \r\n"u8);

    static readonly byte[][] Schemes = ["sip:"u8.ToArray(), "sips:"u8.ToArray(), "tel:"u8.ToArray()];

    /// <summary>A copy without the users and names the message is known by, the users of all its SIP and tel URIs, credentials, and any body but a session description.</summary>
    public static byte[] Mask(Document message, ReadOnlySpan<byte> raw)
    {
        byte[] masked = raw.ToArray();
        int body = masked.AsSpan().IndexOf("\r\n\r\n"u8) is var end && end >= 0 ? end + 4 : masked.Length;
        Span<byte> head = masked.AsSpan(0, body);
        foreach (byte[] scheme in Schemes)
            MaskUris(head, scheme);
        foreach (Field field in Named)
        {
            if (message.Text(field) is not { Length: > 1 } name)
                continue;
            MaskName(head, Encoding.UTF8.GetBytes(name));
            // What is not UTF-8 was read as Latin-1.
            MaskName(head, Encoding.Latin1.GetBytes(name));
        }

        MaskCredentials(head);
        if (message.Text(Fields.ContentType) is { } type && type != "application/sdp")
            masked.AsSpan(body).Fill((byte)'x');
        return masked;
    }

    static void MaskName(Span<byte> text, ReadOnlySpan<byte> name)
    {
        for (int at; (at = text.IndexOf(name)) >= 0; text = text[(at + name.Length)..])
            Hide(text.Slice(at, name.Length));
    }

    static void MaskUris(Span<byte> text, ReadOnlySpan<byte> scheme)
    {
        bool hasHost = scheme[0] != 't';
        for (int at; (at = text.IndexOf(scheme)) >= 0;)
        {
            text = text[(at + scheme.Length)..];
            int end = text.IndexOfAny(EndOfUser);
            // Without an @ the URI names a host only.
            if (end > 0 && (!hasHost || text[end] == '@'))
                Hide(text[..end]);
        }
    }

    /// <summary>A digest response lets a password be guessed.</summary>
    static void MaskCredentials(Span<byte> head)
    {
        foreach (SipHeader header in new SipHeaders(head))
        {
            if (!Is(header.Name, "Authorization"u8) && !Is(header.Name, "Proxy-Authorization"u8))
                continue;
            int scheme = header.Value.IndexOf((byte)' ');
            if (scheme >= 0 && head.Overlaps(header.Value, out int start))
                head.Slice(start + scheme + 1, header.Value.Length - scheme - 1).Fill((byte)'x');
        }
    }

    static bool Is(ReadOnlySpan<byte> name, ReadOnlySpan<byte> expected) => Ascii.EqualsIgnoreCase(name, expected);

    static void Hide(Span<byte> name)
    {
        int from = name.Length > Shown + 2 && name.ContainsAnyInRange((byte)'0', (byte)'9') && !name.ContainsAnyInRange((byte)'a', (byte)'z') ? Shown : 0;
        name[from..].Fill((byte)'x');
    }
}
