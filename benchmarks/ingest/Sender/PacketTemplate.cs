using System.Buffers.Binary;
using System.Text;
using Homer.Search.Protocol;
using Homer.Search.Protocol.Hep;

namespace Homer.Search.Benchmarks.Ingest;

/// <summary>
/// A HEP packet with the places that differ from call to call marked, so that making one is a copy and a few numbers: the sender shares the
/// machine with what it measures.
/// </summary>
sealed class PacketTemplate
{
    static readonly string[] UserAgents =
        ["Yealink SIP-T46U 108.86.0.20", "snom D785/10.1.127.10", "PolyEdge E350/8.2.0", "FRITZ!OS 7.57",
            "Grandstream GXP2170 1.0.11.64", "Zoiper v5.6.4", "Asterisk PBX 20.5.0", "3CXPhone"];

    readonly byte[] _packet;
    readonly List<(int Offset, int Length, Part Part)> _places = [];
    readonly int _seconds;
    readonly int _microseconds;

    public PacketTemplate(ScriptStep step, int variant)
    {
        byte[] payload = Encoding.UTF8.GetBytes(Mark(Text(step, UserAgents[variant % UserAgents.Length])));
        byte[] proxy = [192, 0, 2, 10], caller = [198, 51, 100, (byte)(10 + variant)], callee = [192, 0, 2, 20];
        (byte[] near, byte[] far) = step.Hop == 0 ? (caller, proxy) : (proxy, callee);
        var packet = new HepPacket
        {
            Version = 3,
            ProtocolType = HepProtocolType.Sip,
            Transport = TransportProtocol.Udp,
            SourceAddress = step.FromCaller ? near : far,
            DestinationAddress = step.FromCaller ? far : near,
            SourcePort = 5060,
            DestinationPort = 5060,
            Seconds = 0x5eed5eed,
            Microseconds = 0x000a11ce,
            CaptureAgentId = 2001,
            Payload = payload,
        };
        _packet = new byte[HepWriter.Measure(packet)];
        HepWriter.Write(packet, _packet);
        _seconds = _packet.AsSpan().IndexOf((ReadOnlySpan<byte>)[0x5e, 0xed, 0x5e, 0xed]);
        _microseconds = _packet.AsSpan().IndexOf((ReadOnlySpan<byte>)[0x00, 0x0a, 0x11, 0xce]);
        FindPlaces();
    }

    public int Length => _packet.Length;

    /// <summary>Writes the packet of one call, captured at <paramref name="time"/>.</summary>
    public void Write(Span<byte> destination, ulong call, Instant time)
    {
        _packet.CopyTo(destination);
        BinaryPrimitives.WriteUInt32BigEndian(destination[_seconds..], (uint)(time.Nanoseconds / Instant.NanosecondsPerSecond));
        BinaryPrimitives.WriteUInt32BigEndian(destination[_microseconds..], (uint)(time.Nanoseconds % Instant.NanosecondsPerSecond / 1000));
        foreach ((int offset, int length, Part part) in _places)
        {
            ulong value = Scramble(call + ((ulong)part * 0x9e3779b97f4a7c15));
            Span<byte> place = destination.Slice(offset, length);
            if (part is Part.Caller or Part.Callee)
                WriteNumber(place, value);
            else
                WriteHex(place, value);
        }
    }

    static string Text(ScriptStep step, string userAgent)
    {
        bool isRequest = !step.StartLine.StartsWith("SIP/2.0", StringComparison.Ordinal);
        string sdp = step.HasSdp
            ? $"v=0\r\no=- 3871 3871 IN IP4 198.51.100.10\r\ns=-\r\nc=IN IP4 198.51.100.10\r\nt=0 0\r\nm=audio 1{step.Branch}384 RTP/AVP 8 0 101\r\n"
                + "a=rtpmap:8 PCMA/8000\r\na=rtpmap:0 PCMU/8000\r\na=rtpmap:101 telephone-event/8000\r\na=sendrecv\r\n"
            : "";
        var text = new StringBuilder(step.StartLine).Append("\r\n");
        if (step.Hop == 1)
            text.Append("Via: SIP/2.0/UDP 192.0.2.10:5060;branch=z9hG4bK@branch5@\r\n");
        text.Append($"Via: SIP/2.0/UDP 198.51.100.10:5060;branch=z9hG4bK@branch{step.Branch}@;rport\r\n");
        if (isRequest)
            text.Append("Max-Forwards: 70\r\n");
        text.Append("From: \"@caller@\" <sip:@caller@@example.net>;tag=@fromtag@\r\n")
            .Append("To: <sip:@callee@@example.net>").Append(step.HasToTag ? ";tag=@totag@" : "").Append("\r\n")
            .Append("Call-ID: @callid@@198.51.100.10\r\n")
            .Append($"CSeq: {step.CSeq}\r\n")
            .Append(step.FromCaller ? "Contact: <sip:@caller@@198.51.100.10:5060>\r\n" : "Contact: <sip:@callee@@192.0.2.20:5060>\r\n")
            .Append(step.Extra)
            .Append(isRequest ? "User-Agent: " : "Server: ").Append(userAgent).Append("\r\n")
            .Append("Allow: INVITE, ACK, CANCEL, OPTIONS, BYE, REFER, NOTIFY, INFO, UPDATE\r\n");
        if (step.HasSdp)
            text.Append("Content-Type: application/sdp\r\n");
        return text.Append($"Content-Length: {sdp.Length}\r\n\r\n").Append(sdp).ToString();
    }

    /// <summary>Each part by runs of an octet that SIP text has not, as long as the part.</summary>
    static string Mark(string text)
    {
        foreach (Part part in Enum.GetValues<Part>())
            text = text.Replace($"@{part.ToString().ToLowerInvariant()}@", new string((char)(1 + (int)part), LengthOf(part)), StringComparison.Ordinal);
        return text;
    }

    void FindPlaces()
    {
        foreach (Part part in Enum.GetValues<Part>())
        {
            byte[] mark = [.. Enumerable.Repeat((byte)(1 + (int)part), LengthOf(part))];
            for (int at = 0; _packet.AsSpan(at).IndexOf(mark) is >= 0 and int found; at += found + mark.Length)
                _places.Add((at + found, mark.Length, part));
        }
    }

    static int LengthOf(Part part) => part switch
    {
        Part.Caller or Part.Callee => 12,
        Part.CallId or Part.Nonce or Part.Digest => 32,
        _ => 14,
    };

    /// <summary>A number of one of 64 exchanges with 100,000 subscribers each.</summary>
    static void WriteNumber(Span<byte> place, ulong value)
    {
        "4930"u8.CopyTo(place);
        uint number = (uint)(2_000_0000 + (value % 64 * 100_000) + (value >> 8) % 100_000);
        for (int digit = place.Length - 1; digit >= 4; digit--, number /= 10)
            place[digit] = (byte)('0' + (number % 10));
    }

    static void WriteHex(Span<byte> place, ulong value)
    {
        for (int digit = 0; digit < place.Length; digit++, value >>= 4)
        {
            if (digit == 16)
                value = Scramble(value + (ulong)digit + place[0] + ((ulong)place[1] << 8) + ((ulong)place[2] << 16) + ((ulong)place[3] << 24));
            place[digit] = "0123456789abcdef"u8[(int)(value & 15)];
        }
    }

    /// <summary>SplitMix64: every call's parts look random and are the same in each of its messages.</summary>
    static ulong Scramble(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9;
        value = (value ^ (value >> 27)) * 0x94d049bb133111eb;
        return value ^ (value >> 31);
    }

    enum Part
    {
        Caller,
        Callee,
        CallId,
        FromTag,
        ToTag,
        Nonce,
        Digest,
        // The others are below the horizontal tab, which a SIP message may have.
        Branch0 = 13,
        Branch1,
        Branch2,
        Branch3,
        Branch4,
        Branch5,
    }
}
