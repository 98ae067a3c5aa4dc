using System.Text;
using Homer.Search.Protocol.Sip;

namespace Homer.Search.Protocol.Sdp;

/// <summary>One media line of an offer or answer with what its session says for it.</summary>
public ref struct SdpMedia
{
    // More than any agent offers; each is looked up among the attributes.
    const int MaximumFormats = 64;

    /// <summary>audio, video, image, application …</summary>
    public ReadOnlySpan<byte> Kind { get; internal set; }

    /// <summary>Of its own <c>c=</c> line, else that of the session: an IP address or host name, without brackets and TTL; may be empty.</summary>
    public ReadOnlySpan<byte> Address { get; internal set; }

    /// <summary>0 when the media line is refused.</summary>
    public int Port { get; internal set; }

    /// <summary>RTP/AVP, RTP/SAVPF, udptl …</summary>
    public ReadOnlySpan<byte> Profile { get; internal set; }

    /// <summary>sendrecv, sendonly, recvonly or inactive: its own, else the session's, else sendrecv (RFC 8866 §6.7).</summary>
    public ReadOnlySpan<byte> Direction { get; internal set; }

    /// <summary>Payload types or format names as written, parted by spaces.</summary>
    public ReadOnlySpan<byte> Formats { get; internal set; }

    /// <summary>Its <c>a=</c> and other lines.</summary>
    public ReadOnlySpan<byte> Lines { get; internal set; }

    /// <summary>
    /// Writes the names of its codecs in order of preference, each once, parted by <c>\n</c>: from <c>a=rtpmap</c>, else the static payload types of RFC 3551, else
    /// the format as written. Returns the octets written; names that find no more room are left out whole.
    /// </summary>
    public readonly int WriteCodecs(Span<byte> destination)
    {
        bool isRtp = Profile.IndexOf("RTP/"u8) >= 0;
        ReadOnlySpan<byte> formats = Formats;
        int written = 0;
        for (int count = 0; count < MaximumFormats; count++)
        {
            ReadOnlySpan<byte> format = SdpLines.TakeWord(ref formats);
            if (format.IsEmpty)
                break;
            ReadOnlySpan<byte> name = isRtp ? NameOf(format) : format;
            int length = name.Length + (written > 0 ? 1 : 0);
            if (length > destination.Length - written || (written > 0 && Contains(destination[..written], name)))
                continue;
            if (written > 0)
                destination[written++] = (byte)'\n';
            name.CopyTo(destination[written..]);
            written += name.Length;
        }

        return written;
    }

    /// <summary>The first format in order of preference that has neither of two names, which are no voice.</summary>
    public readonly SdpCodec FirstCodec(ReadOnlySpan<byte> except, ReadOnlySpan<byte> orExcept)
    {
        ReadOnlySpan<byte> formats = Formats;
        for (int count = 0; count < MaximumFormats; count++)
        {
            ReadOnlySpan<byte> format = SdpLines.TakeWord(ref formats);
            ReadOnlySpan<byte> name = format.IsEmpty ? [] : NameOf(format);
            if (name.IsEmpty || !(Ascii.EqualsIgnoreCase(name, except) || Ascii.EqualsIgnoreCase(name, orExcept)))
                return new SdpCodec { Name = name, ClockRate = ClockRateOf(format, name) };
        }

        return default;
    }

    readonly int? ClockRateOf(ReadOnlySpan<byte> payloadType, ReadOnlySpan<byte> name)
    {
        ReadOnlySpan<byte> encoding = EncodingOf(payloadType);
        int slash = encoding.IndexOf((byte)'/');
        if (slash >= 0)
            return SipGrammar.LeadingNumber(encoding[(slash + 1)..]) is > 0 and < 1_000_000 and var rate ? (int)rate : null;
        return !name.IsEmpty && PayloadType.NameOf(payloadType).SequenceEqual(name) ? PayloadType.ClockRateOf(payloadType) : null;
    }

    readonly ReadOnlySpan<byte> NameOf(ReadOnlySpan<byte> payloadType)
    {
        ReadOnlySpan<byte> encoding = EncodingOf(payloadType);
        int slash = encoding.IndexOf((byte)'/');
        ReadOnlySpan<byte> name = slash < 0 ? encoding : encoding[..slash];
        if (!name.IsEmpty)
            return name;
        ReadOnlySpan<byte> known = PayloadType.NameOf(payloadType);
        return known.IsEmpty ? payloadType : known;
    }

    /// <summary>What <c>a=rtpmap</c> says of a payload type: <c>PCMA/8000</c>; empty when it says nothing.</summary>
    readonly ReadOnlySpan<byte> EncodingOf(ReadOnlySpan<byte> payloadType)
    {
        var lines = new SdpLines(Lines);
        while (lines.MoveNext())
        {
            if (lines.Type != 'a' || !lines.Value.StartsWith("rtpmap:"u8))
                continue;
            ReadOnlySpan<byte> encoding = lines.Value[7..];
            if (!SdpLines.TakeWord(ref encoding).SequenceEqual(payloadType))
                continue;
            encoding = SdpLines.TakeWord(ref encoding);
            if (!encoding.IsEmpty && encoding[0] != '/')
                return encoding;
        }

        return [];
    }

    static bool Contains(ReadOnlySpan<byte> names, ReadOnlySpan<byte> name)
    {
        foreach (Range range in names.Split((byte)'\n'))
            // Octets beyond ASCII are equal to nothing in any case.
            if (names[range].SequenceEqual(name) || Ascii.EqualsIgnoreCase(names[range], name))
                return true;
        return false;
    }
}
