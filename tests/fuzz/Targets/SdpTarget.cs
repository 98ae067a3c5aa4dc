using Homer.Search.Protocol;
using Homer.Search.Protocol.Sdp;

namespace Homer.Search.Tests.Fuzz;

/// <summary>A body with its type: the first line is the Content-Type, the rest the body.</summary>
sealed class SdpTarget : FuzzTarget
{
    const string Audio = "v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\na=sendonly\r\nm=audio 4000 RTP/AVP 8 0 96 101\r\n"
        + "a=rtpmap:96 opus/48000/2\r\na=rtpmap:101 telephone-event/8000\r\na=recvonly\r\nm=video 0 RTP/AVP 34\r\nc=IN IP6 [2001:db8::1]/127\r\nm=image 5000/2 udptl t38\r\n";

    internal override string Name => "sdp";

    internal override IEnumerable<byte[]> Seeds =>
    [
        Octets("application/sdp\n" + Audio),
        Octets("\n" + Audio),
        Octets("multipart/mixed;boundary=\"b 1\"\n--b 1\r\nContent-Type: application/isup\r\n\r\nx\r\n--b 1\r\nContent-Type: application/sdp\r\n\r\n" + Audio + "\r\n--b 1--\r\n"),
        Octets("multipart/alternative\n--b\nContent-Type: multipart/mixed;boundary=c\n\n--c\nc: APPLICATION/SDP;x\n\n" + Audio + "\n--c--\n--b--\n"),
    ];

    internal override IReadOnlyList<string> Words { get; } =
    [
        "application/sdp", "multipart/", ";boundary=", "Content-Type: ", "--", "\r\n--b\r\n", "--b--", "\r\n\r\n", "\r\n", "\n", "v=", "m=", "m=audio 1 RTP/AVP 0\r\n", "m=AUDIO ", "c=IN IP4 ",
        "a=", "a=rtpmap:", "a=sendrecv\r\n", "a=inactive\r\n", "a=RECVONLY\r\n", "=", "/", " ", "RTP/", "[", "]", "L16/", "telephone-event", "CN", "0", "96", "65536", "t=0",
    ];

    internal override Facts Read(byte[] input)
    {
        int line = input.IndexOf((byte)'\n');
        ReadOnlySpan<byte> body = input.AsSpan(line + 1);
        ReadOnlySpan<byte> sdp = SdpReader.Find(input.AsSpan(..Math.Max(line, 0)), body);
        Facts facts = new Facts().Add("sdp", sdp);
        Span<byte> octets = stackalloc byte[400];
        foreach (SdpMedia media in new SdpMediaLines(sdp))
        {
            Add(facts, media);
            facts.Add("codecs", octets[..media.WriteCodecs(octets)]);
            facts.Add("octets", octets[..IpOctets.Read(media.Address, octets)]);
        }

        if (SdpReader.TryReadFirst(sdp, out SdpMedia first))
            facts.Add("first", first.Kind).Add("first port", first.Port);
        return facts;
    }

    internal override Facts? Reread(byte[] input)
    {
        int line = input.IndexOf((byte)'\n');
        return SlowSdp.Read(Text(input.AsSpan(..Math.Max(line, 0))), Text(input.AsSpan(line + 1)));
    }

    static void Add(Facts facts, in SdpMedia media)
    {
        SdpCodec voice = media.FirstCodec("telephone-event"u8, "CN"u8);
        facts.Add("kind", media.Kind).Add("port", media.Port).Add("profile", media.Profile).Add("address", media.Address).Add("direction", media.Direction)
            .Add("formats", media.Formats).Add("lines", media.Lines).Add("codec", voice.Name).Add("clock", voice.ClockRate);
    }
}
