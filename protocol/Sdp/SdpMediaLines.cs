using System.Text;
using Homer.Search.Protocol.Sip;

namespace Homer.Search.Protocol.Sdp;

/// <summary>Walks the media lines of a session description: <c>foreach (SdpMedia media in new SdpMediaLines(sdp))</c>.</summary>
public ref struct SdpMediaLines
{
    readonly SdpMedia _session;
    ReadOnlySpan<byte> _rest;

    public SdpMediaLines(ReadOnlySpan<byte> sdp)
    {
        _session.Direction = "sendrecv"u8;
        _rest = sdp[ReadLines(sdp, ref _session)..];
    }

    public SdpMedia Current { get; private set; }

    public readonly SdpMediaLines GetEnumerator() => this;

    public bool MoveNext()
    {
        var lines = new SdpLines(_rest);
        if (!lines.MoveNext())
            return false;
        SdpMedia media = _session;
        ReadOnlySpan<byte> value = lines.Value;
        media.Kind = SdpLines.TakeWord(ref value);
        // Some write the number of ports behind a slash.
        media.Port = SipGrammar.LeadingNumber(SdpLines.TakeWord(ref value)) is { } port and <= ushort.MaxValue ? port : 0;
        media.Profile = SdpLines.TakeWord(ref value);
        media.Formats = value.TrimStart((byte)' ');

        int first = _rest[lines.Start..].IndexOf((byte)'\n');
        ReadOnlySpan<byte> behind = first < 0 ? [] : _rest[(lines.Start + first + 1)..];
        int end = ReadLines(behind, ref media);
        media.Lines = behind[..end];
        _rest = behind[end..];
        Current = media;
        return true;
    }

    /// <summary>Reads the lines up to the next media line into <paramref name="media"/>; returns where that line begins.</summary>
    static int ReadLines(ReadOnlySpan<byte> text, ref SdpMedia media)
    {
        var lines = new SdpLines(text);
        while (lines.MoveNext())
        {
            if (lines.Type == 'm')
                return lines.Start;
            if (lines.Type == 'c')
                media.Address = AddressOf(lines.Value);
            else if (lines.Type == 'a' && DirectionOf(lines.Value) is { IsEmpty: false } direction)
                media.Direction = direction;
        }

        return text.Length;
    }

    /// <summary><c>IN IP4 224.2.1.1/127/3</c>: the third word without TTL, brackets and what a lost line break has joined to it (<c>192.0.2.1t=0</c>).</summary>
    static ReadOnlySpan<byte> AddressOf(ReadOnlySpan<byte> connection)
    {
        SdpLines.TakeWord(ref connection);
        SdpLines.TakeWord(ref connection);
        ReadOnlySpan<byte> address = SdpLines.TakeWord(ref connection);
        int end = address.IndexOf((byte)'/');
        if (end >= 0)
            address = address[..end];
        int equals = address.IndexOf((byte)'=');
        if (equals > 0)
            address = address[..(equals - 1)];
        return address is [(byte)'[', .., (byte)']'] ? address[1..^1] : address;
    }

    static ReadOnlySpan<byte> DirectionOf(ReadOnlySpan<byte> attribute)
    {
        // All four are as long.
        if (attribute.Length != 8)
            return [];
        if (Ascii.EqualsIgnoreCase(attribute, "sendrecv"u8))
            return "sendrecv"u8;
        if (Ascii.EqualsIgnoreCase(attribute, "sendonly"u8))
            return "sendonly"u8;
        if (Ascii.EqualsIgnoreCase(attribute, "recvonly"u8))
            return "recvonly"u8;
        return Ascii.EqualsIgnoreCase(attribute, "inactive"u8) ? "inactive"u8 : [];
    }
}
