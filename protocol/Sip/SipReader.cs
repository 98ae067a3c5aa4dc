using System.Buffers.Binary;

namespace Homer.Search.Protocol.Sip;

/// <summary>Reads one SIP message in one pass over its bytes (RFC 3261 §7 and §25, compact forms, folded lines).</summary>
public static class SipReader
{
    // The magic cookie of RFC 8489 §5.
    const uint StunCookie = 0x2112a442;

    // Where a proprietary framing puts its mark; further on it is content.
    const int MarkerReach = 128;

    /// <summary>
    /// Reads what is there: a header that cannot be read is left empty, never a reason to refuse. Allocates nothing; spans live as long as
    /// <paramref name="bytes"/>.
    /// </summary>
    public static SipRejection Read(ReadOnlySpan<byte> bytes, out SipMessage message) => Read(bytes, out message, out _);

    /// <summary>As above; <paramref name="length"/> is how far the message reaches by its own Content-Length, else all of it.</summary>
    internal static SipRejection Read(ReadOnlySpan<byte> bytes, out SipMessage message, out int length)
    {
        message = default;
        length = bytes.Length;
        int start = LengthOfBlank(bytes);
        if (start > 0 || !TryReadStartLine(bytes, ref message, ref start))
        {
            if (Refuse(bytes, start) is var rejection and not SipRejection.None)
                return rejection;
            if (!TryReadStartLine(bytes, ref message, ref start) && !TryReadBehindMarker(bytes, ref message, ref start))
                return SipRejection.NoStartLine;
        }

        length = start + ReadFields(bytes[start..], ref message);
        return SipRejection.None;
    }

    /// <summary>Leading line breaks, spaces and NULs: keep-alives that were coalesced with the message.</summary>
    static int LengthOfBlank(ReadOnlySpan<byte> bytes)
    {
        int length = 0;
        while (length < bytes.Length && bytes[length] is (byte)'\r' or (byte)'\n' or (byte)' ' or 0)
            length++;
        return length;
    }

    /// <summary>Tells what comes over a SIP port and is not meant to be SIP.</summary>
    static SipRejection Refuse(ReadOnlySpan<byte> bytes, int blank)
    {
        if (bytes.IsEmpty)
            return SipRejection.Empty;
        if (bytes.Length >= 20 && bytes[0] <= 3 && BinaryPrimitives.ReadUInt32BigEndian(bytes[4..]) == StunCookie)
            return SipRejection.Stun;
        if (blank == bytes.Length || bytes[blank..].TrimEnd((byte)0).SequenceEqual("jaK"u8))
            return SipRejection.KeepAlive;
        return bytes is [0x16, 0x03, ..] ? SipRejection.Tls : SipRejection.None;
    }

    /// <summary>Reads the line at <paramref name="start"/> and moves behind it.</summary>
    static bool TryReadStartLine(ReadOnlySpan<byte> bytes, ref SipMessage message, ref int start)
    {
        ReadOnlySpan<byte> rest = bytes[start..];
        int feed = rest.IndexOf((byte)'\n');
        ReadOnlySpan<byte> line = feed < 0 ? rest : rest[..feed];
        if (!line.IsEmpty && line[^1] == '\r')
            line = line[..^1];
        if (!SipStartLine.TryRead(line, ref message))
            return false;
        start += feed < 0 ? rest.Length : feed + 1;
        return true;
    }

    static bool TryReadBehindMarker(ReadOnlySpan<byte> bytes, ref SipMessage message, ref int start)
    {
        int marker = bytes[..Math.Min(bytes.Length, MarkerReach)].IndexOf("Sip0"u8);
        if (marker < 0)
            return false;
        start = marker + 4;
        start += LengthOfBlank(bytes[start..]);
        return TryReadStartLine(bytes, ref message, ref start);
    }

    /// <summary>Reads header fields and body; returns where the message ends.</summary>
    static int ReadFields(ReadOnlySpan<byte> bytes, ref SipMessage message)
    {
        var headers = new SipHeaders(bytes);
        var fields = new SipFields();
        while (headers.TryTake(out SipHeaderName id, out _, out ReadOnlySpan<byte> value))
            fields.Take(id, value, ref message);
        fields.Settle(ref message);
        message.HeaderLines = bytes[..headers.End];
        message.IsTruncated = !headers.FoundEmptyLine;

        ReadOnlySpan<byte> body = bytes[headers.Position..];
        if (message.ContentLength is not { } length)
        {
            // OpenSIPS pads with NULs.
            message.Body = body.TrimEnd((byte)0);
            return message.ContentType.IsEmpty ? headers.Position : bytes.Length;
        }

        message.IsTruncated |= length > body.Length;
        message.Body = body[..Math.Min(length, body.Length)];
        return headers.Position + message.Body.Length;
    }
}
