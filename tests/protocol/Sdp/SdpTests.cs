using System.Net;
using CsCheck;
using Homer.Search.Protocol;
using Homer.Search.Protocol.Sdp;

namespace Homer.Search.Tests.Protocol.Sdp;

public class SdpTests
{
    const string Offer = """
        v=0
        o=alice 1 1 IN IP4 192.0.2.1
        s=-
        c=IN IP4 192.0.2.1/127
        t=0 0
        a=sendonly
        m=audio 49170 RTP/AVP 96 8 0 18 101 13 127
        a=rtpmap:96 opus/48000/2
        a=rtpmap:101 telephone-event/8000
        m=video 0 RTP/AVP 31
        m=image 6000 udptl t38
        c=IN IP6 [2001:db8::1]
        a=inactive

        """;

    [Fact]
    public void Media_lines_take_what_is_their_own_and_else_the_session_s()
    {
        var lines = new SdpMediaLines(Octets.Of(Offer));
        Assert.True(lines.MoveNext());
        Assert.Equal("audio", lines.Current.Kind.Text());
        Assert.Equal("192.0.2.1", lines.Current.Address.Text());
        Assert.Equal(49170, lines.Current.Port);
        Assert.Equal("RTP/AVP", lines.Current.Profile.Text());
        Assert.Equal("sendonly", lines.Current.Direction.Text());
        Assert.Equal("opus|PCMA|PCMU|G729|telephone-event|CN|127", Codecs(lines.Current));
        Assert.True(lines.MoveNext());
        Assert.Equal("video", lines.Current.Kind.Text());
        Assert.Equal(0, lines.Current.Port);
        Assert.Equal("H261", Codecs(lines.Current));
        Assert.True(lines.MoveNext());
        Assert.Equal("image", lines.Current.Kind.Text());
        Assert.Equal("2001:db8::1", lines.Current.Address.Text());
        Assert.Equal("inactive", lines.Current.Direction.Text());
        Assert.Equal("t38", Codecs(lines.Current));
        Assert.False(lines.MoveNext());
    }

    [Theory]
    [InlineData("m=video 4000 RTP/AVP 31\nm=audio 0 RTP/AVP 0\nm=audio 4002 RTP/AVP 8", "audio", 4002)]
    [InlineData("m=audio 0 RTP/AVP 0\nm=image 4004 udptl t38", "image", 4004)]
    [InlineData("m=video 4000 RTP/AVP 31\nm=image 4004 udptl t38", "video", 4000)]
    [InlineData("m=AUDIO 4000/2 RTP/AVP 0", "AUDIO", 4000)]
    public void The_first_active_audio_line_stands_for_the_call(string sdp, string kind, int port)
    {
        Assert.True(SdpReader.TryReadFirst(Octets.Of(sdp), out SdpMedia media));
        Assert.Equal(kind, media.Kind.Text());
        Assert.Equal(port, media.Port);
        Assert.Equal("sendrecv", media.Direction.Text());
        Assert.Equal("", media.Address.Text());
    }

    [Theory]
    [InlineData("")]
    [InlineData("v=0\r\n")]
    [InlineData("m=audio 0 RTP/AVP 0")]
    [InlineData("m=audio 70000 RTP/AVP 0")]
    [InlineData("m=audio x RTP/AVP 0")]
    [InlineData("m=")]
    public void Without_an_active_line_there_is_none(string sdp) => Assert.False(SdpReader.TryReadFirst(Octets.Of(sdp), out _));

    [Theory]
    [InlineData("c=IN IP4 192.0.2.7", "192.0.2.7")]
    [InlineData("c=in ip4 192.0.2.7/127/3 ", "192.0.2.7")]
    [InlineData("c=IN IP6 ::1", "::1")]
    [InlineData("c=IN IP4 media.example.net", "media.example.net")]
    [InlineData("c=IN IP4 0.0.0.0", "0.0.0.0")]
    [InlineData("c=IN IP4 192.0.2.7t=0 0", "192.0.2.7")]
    [InlineData("c=IN IP4", "")]
    public void Connection_addresses(string line, string expected)
    {
        Assert.True(SdpReader.TryReadFirst(Octets.Of($"v=0\r\n{line}\r\nm=audio 4000 RTP/AVP 0\r\n"), out SdpMedia media));
        Assert.Equal(expected, media.Address.Text());
    }

    [Fact]
    public void Each_codec_is_named_once_and_only_whole()
    {
        SdpReader.TryReadFirst("m=audio 1 RTP/SAVPF 8 96 97 0\na=rtpmap:96 speex/8000\na=rtpmap:97 SPEEX/16000"u8, out SdpMedia media);
        Assert.Equal("PCMA|speex|PCMU", Codecs(media));
        Span<byte> small = stackalloc byte[9];
        Assert.Equal("PCMA\nPCMU", ((ReadOnlySpan<byte>)small[..media.WriteCodecs(small)]).Text());
        Assert.Equal(0, media.WriteCodecs([]));
    }

    [Fact]
    public void A_codec_of_other_octets_than_ASCII_is_named_once()
    {
        SdpReader.TryReadFirst(Octets.Of("m=audio 1 RTP/AVP 96 97\na=rtpmap:96 \u00e9/8000\na=rtpmap:97 \u00e9/8000"), out SdpMedia media);
        Assert.Equal("\u00e9", Codecs(media));
    }

    [Fact]
    public void A_media_line_without_formats_has_no_clock()
    {
        SdpReader.TryReadFirst("m=audio 1"u8, out SdpMedia media);
        Assert.Null(media.FirstCodec("telephone-event"u8, "CN"u8).ClockRate);
    }

    [Theory]
    [InlineData(8, 8000)]
    [InlineData(6, 16_000)]
    [InlineData(11, 44_100)]
    [InlineData(34, 90_000)]
    [InlineData(96, null)]
    public void A_static_payload_type_has_the_clock_of_RFC_3551(int payloadType, int? clock)
    {
        SdpReader.TryReadFirst(Octets.Of($"m=video 1 RTP/AVP {payloadType}"), out SdpMedia media);
        Assert.Equal(clock, media.FirstCodec("telephone-event"u8, "CN"u8).ClockRate);
    }

    [Fact]
    public void Of_a_part_with_two_types_the_first_that_says_something_counts() =>
        Assert.Equal("v=0\n", SdpReader.Find("multipart/mixed"u8, "--b\nContent-Type:\nContent-Type: application/sdp\nContent-Type: text/plain\n\nv=0\n\n--b--"u8).Text());

    [Theory]
    [InlineData("application/sdp")]
    [InlineData("Application/SDP; charset=utf-8")]
    [InlineData("")]
    public void A_body_may_be_SDP_itself(string type) =>
        Assert.Equal(Offer, SdpReader.Find(Octets.Of(type), Octets.Of(Offer)).Text());

    [Theory]
    [InlineData("application/isup")]
    [InlineData("multipart/mixed;boundary=other")]
    [InlineData("multipart/mixed")]
    public void Another_body_holds_none(string type) => Assert.True(SdpReader.Find(Octets.Of(type), Octets.Of("v=0\r\n")).IsEmpty);

    [Theory]
    [InlineData("multipart/mixed;boundary=b1")]
    [InlineData("Multipart/Mixed ; boundary=\"b1\"")]
    [InlineData("multipart/mixed")]
    public void SDP_is_found_among_the_parts(string type)
    {
        string body = $"--b1\r\nContent-Type: application/isup;version=nxv3\r\n\r\n\u0001\u0000\n--b\n\u00ff\r\n--b1\r\nc: application/sdp\r\n\r\n{Offer}\r\n--b1--\r\n";
        Assert.Equal(Offer, SdpReader.Find(Octets.Of(type), Octets.Of(body)).Text());
        string cut = body[..body.IndexOf("a=inactive", StringComparison.Ordinal)];
        Assert.StartsWith("v=0", SdpReader.Find(Octets.Of(type), Octets.Of(cut)).Text(), StringComparison.Ordinal);
    }

    [Fact]
    public void Parts_may_be_nested()
    {
        string inner = $"--i\nContent-Type: text/plain\n\nx\n--i\nContent-Type: application/sdp\n\n{Offer}\n--i--\n";
        string body = $"preamble\n--o\nContent-Type: multipart/alternative; boundary=i\n\n{inner}\n--o--\n";
        Assert.Equal(Offer, SdpReader.Find("multipart/mixed; boundary=o"u8, Octets.Of(body)).Text());
    }

    [Theory]
    [InlineData("192.0.2.1", "c0000201")]
    [InlineData("255.255.255.255", "ffffffff")]
    [InlineData("::", "00000000000000000000000000000000")]
    [InlineData("[::1]", "00000000000000000000000000000001")]
    [InlineData("2001:db8::a:1", "20010db80000000000000000000a0001")]
    [InlineData("1:2:3:4:5:6:7:8", "00010002000300040005000600070008")]
    [InlineData("1::", "00010000000000000000000000000000")]
    [InlineData("::ffff:192.0.2.1", "00000000000000000000ffffc0000201")]
    [InlineData("fe80::1%eth0", "fe800000000000000000000000000001")]
    [InlineData("", "")]
    [InlineData("1.2.3", "")]
    [InlineData("1.2.3.4.5", "")]
    [InlineData("1.2.3.256", "")]
    [InlineData("1.2.3.+4", "")]
    [InlineData("media.example.net", "")]
    [InlineData(":", "")]
    [InlineData(":::", "")]
    [InlineData("1:2:3:4:5:6:7", "")]
    [InlineData("1:2:3:4:5:6:7:8:9", "")]
    [InlineData("1::2::3", "")]
    [InlineData("1:2:3:4:5:6:7:", "")]
    [InlineData("12345::", "")]
    [InlineData("1:2:3:4:5:6:7::8", "")]
    [InlineData("b\0::", "")]
    [InlineData("1.2.3.4\0", "")]
    public void Addresses_as_octets(string text, string expected)
    {
        Span<byte> octets = stackalloc byte[16];
        int length = IpOctets.Read(Octets.Of(text), octets);
        Assert.Equal(expected, ((ReadOnlySpan<byte>)octets[..length]).Hex());
    }

    [Fact]
    public void Octets_read_from_text_are_those_of_the_platform() =>
        Gen.OneOf(Gen.Byte.Array[4], Gen.OneOf(Gen.Const((byte)0), Gen.Byte).Array[16]).Sample(octets =>
        {
            Span<byte> read = stackalloc byte[16];
            int length = IpOctets.Read(Octets.Of(new IPAddress(octets).ToString()), read);
            Assert.Equal(octets, read[..length]);
        });

    static string Codecs(SdpMedia media)
    {
        Span<byte> names = stackalloc byte[256];
        return ((ReadOnlySpan<byte>)names[..media.WriteCodecs(names)]).Text().Replace('\n', '|');
    }
}
