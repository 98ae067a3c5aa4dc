using System.IO.Compression;
using Homer.Search.Protocol.Hep;

namespace Homer.Search.Tests.Protocol.Hep;

public class CompressedPayloadTests
{
    static readonly byte[] Text = [.. Enumerable.Repeat(Octets.Of("SIP/2.0 200 OK\r\nVia: SIP/2.0/UDP 192.0.2.1\r\n"), 40).SelectMany(line => line)];

    [Fact]
    public void Gzip_zlib_and_raw_deflate_inflate()
    {
        Assert.Equal(Text, Inflated(Deflated(Text, stream => new GZipStream(stream, CompressionLevel.Fastest, leaveOpen: true))));
        Assert.Equal(Text, Inflated(Deflated(Text, stream => new DeflateStream(stream, CompressionLevel.Optimal, leaveOpen: true))));
        foreach (CompressionLevel level in Enum.GetValues<CompressionLevel>())
            Assert.Equal(Text, Inflated(Deflated(Text, stream => new ZLibStream(stream, level, leaveOpen: true))));
    }

    [Theory]
    [InlineData("INVITE sip:bob@example.net SIP/2.0\r\n\r\n")]
    [InlineData("{ \"type\":200 }")]
    [InlineData("x")]
    public void What_is_not_compressed_is_taken_as_plain(string text) => Assert.Equal(Octets.Of(text), Inflated(Octets.Of(text)));

    [Fact]
    public void A_whole_packet_may_be_gzipped()
    {
        byte[] packet = Fixtures.Read("hep/vectors/v3-min.bin");
        byte[] frame = Deflated(packet, stream => new GZipStream(stream, CompressionLevel.Fastest, leaveOpen: true));
        Assert.Equal(HepRejection.CompressedFrame, HepReader.Read(frame, out _));
        Assert.Equal(packet, Inflated(frame));
    }

    [Fact]
    public void Damage_is_refused()
    {
        byte[] zlib = Deflated(Text, stream => new ZLibStream(stream, CompressionLevel.Fastest, leaveOpen: true));
        zlib[4] ^= 0xff;
        Assert.Equal(HepRejection.BadCompression, CompressedPayload.Inflate(zlib, out byte[] payload));
        Assert.Empty(payload);
        Assert.Equal(HepRejection.BadCompression, CompressedPayload.Inflate([0x1f, 0x8b], out _));
        Assert.Equal(HepRejection.BadCompression, CompressedPayload.Inflate([0x78, 0x9c], out _));
    }

    [Fact]
    public void A_bomb_is_refused()
    {
        byte[] small = Deflated(new byte[CompressedPayload.MaximumLength + 1], stream => new GZipStream(stream, CompressionLevel.SmallestSize, leaveOpen: true));
        Assert.Equal(HepRejection.InflatesTooMuch, CompressedPayload.Inflate(small, out byte[] payload));
        Assert.Empty(payload);
        byte[] ratio = Deflated(new byte[200_000], stream => new DeflateStream(stream, CompressionLevel.SmallestSize, leaveOpen: true));
        Assert.Equal(HepRejection.InflatesTooMuch, CompressedPayload.Inflate(ratio, out _));
    }

    static byte[] Inflated(byte[] compressed)
    {
        Assert.Equal(HepRejection.None, CompressedPayload.Inflate(compressed, out byte[] payload));
        return payload;
    }

    static byte[] Deflated(byte[] text, Func<Stream, Stream> compressor)
    {
        using var output = new MemoryStream();
        using (Stream stream = compressor(output))
            stream.Write(text);
        return output.ToArray();
    }
}
