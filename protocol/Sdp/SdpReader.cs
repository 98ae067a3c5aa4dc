using System.Text;
using Homer.Search.Protocol.Sip;

namespace Homer.Search.Protocol.Sdp;

/// <summary>Finds the session description (RFC 8866) in a SIP body and the media line that stands for the call.</summary>
public static class SdpReader
{
    // Mixed around alternative around signed is as deep as agents nest.
    const int MaximumDepth = 4;

    /// <summary>
    /// The SDP in a body: the body itself when its type is <c>application/sdp</c>, or when there is no type and it begins as SDP does; of a multipart body the
    /// first such part; else empty.
    /// </summary>
    public static ReadOnlySpan<byte> Find(ReadOnlySpan<byte> contentType, ReadOnlySpan<byte> body) => Find(contentType, body, MaximumDepth);

    /// <summary>The first active audio line, else the first active media line (port not 0); false when there is none.</summary>
    public static bool TryReadFirst(ReadOnlySpan<byte> sdp, out SdpMedia media)
    {
        media = default;
        bool found = false;
        var lines = new SdpMediaLines(sdp);
        while (lines.MoveNext())
        {
            if (lines.Current.Port == 0)
                continue;
            bool isAudio = Ascii.EqualsIgnoreCase(lines.Current.Kind, "audio"u8);
            if (!found || isAudio)
                media = lines.Current;
            found = true;
            if (isAudio)
                break;
        }

        return found;
    }

    static ReadOnlySpan<byte> Find(ReadOnlySpan<byte> contentType, ReadOnlySpan<byte> body, int depth)
    {
        int end = contentType.IndexOf((byte)';');
        ReadOnlySpan<byte> type = SipGrammar.Trim(end < 0 ? contentType : contentType[..end]);
        if (type.IsEmpty ? body.StartsWith("v="u8) : Ascii.EqualsIgnoreCase(type, "application/sdp"u8))
            return body;
        if (depth == 0 || type.Length < 10 || !Ascii.EqualsIgnoreCase(type[..10], "multipart/"u8))
            return [];
        foreach (ReadOnlySpan<byte> part in new MultipartBody(body, SipParameter.Find(contentType, "boundary"u8)))
        {
            ReadOnlySpan<byte> content = MultipartBody.Split(part, out ReadOnlySpan<byte> partType);
            ReadOnlySpan<byte> sdp = Find(partType, content, depth - 1);
            if (!sdp.IsEmpty)
                return sdp;
        }

        return [];
    }
}
