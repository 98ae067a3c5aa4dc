using Homer.Search.Protocol;
using Homer.Search.Server;
using Homer.Search.Server.Pcap;

namespace Homer.Search.Tests.Server;

public sealed class CaptureFileTests
{
    static readonly byte[][] Three = [[1, 2, 3], [], [4, 5, 6, 7, 8]];

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public void A_pcap_file_is_read_in_both_byte_orders_and_both_resolutions(bool bigEndian, bool nanoseconds)
    {
        List<(Instant Time, int Link, byte[] Bytes)> frames = Read(Frames.Pcap(Three, 113, bigEndian, nanoseconds));
        Assert.Equal(Three, frames.Select(frame => frame.Bytes));
        Assert.All(frames, frame => Assert.Equal(113, frame.Link));
        long unit = nanoseconds ? 1 : 1000;
        Assert.Equal([Second(0, unit), Second(1, 2 * unit), Second(2, 3 * unit)], frames.Select(frame => frame.Time));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_pcapng_file_is_read_with_the_resolution_and_link_type_of_each_interface(bool bigEndian)
    {
        List<(Instant Time, int Link, byte[] Bytes)> frames = Read(PcapNg(bigEndian));
        Assert.Equal(["a", "bcd", "ef"], frames.Select(frame => System.Text.Encoding.ASCII.GetString(frame.Bytes)));
        Assert.Equal([1, 101, 101], frames.Select(frame => frame.Link));
        Assert.Equal([Second(0, 1_000), Second(5, 7), Second(0, 500_000_000)], frames.Select(frame => frame.Time));
    }

    [Fact]
    public void A_cut_file_gives_what_stands_before_the_cut_and_says_so()
    {
        foreach (byte[] file in new[] { Frames.Pcap(Three), PcapNg(false) })
        {
            int whole = Read(file).Count;
            for (int length = 28; length < file.Length; length++)
            {
                List<string> damage = [];
                int read = Read(file[..length], damage).Count;
                Assert.InRange(read, 0, whole);
                Assert.True(damage.Count == 1 || Read(file[..length], []).Count == read, $"cut at {length}");
            }

            List<string> said = [];
            Read(file[..^1], said);
            Assert.Single(said);
        }
    }

    [Fact]
    public void A_length_that_lies_ends_the_reading()
    {
        byte[] file = Frames.Pcap(Three);
        file[24 + 8 + 3] = 0x7F;
        List<string> damage = [];
        Assert.Empty(Read(file, damage));
        Assert.StartsWith("a record claims", Assert.Single(damage), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new byte[] { 0x1F, 0x8B, 8, 0 },
        "is no pcap or pcapng file (it begins with 1f8b0800); if it is compressed, unpack it first.")]
    [InlineData(new byte[] { 1 }, "is empty or cut: give a pcap or pcapng file.")]
    public void What_is_no_capture_file_is_refused(byte[] file, string message)
    {
        CommandException refusal = Assert.Throws<CommandException>(() => Read(file));
        Assert.Equal($"x.pcap {message}", refusal.Message);
        Assert.Equal(1, refusal.ExitCode);
    }

    /// <summary>
    /// Two interfaces: Ethernet in microseconds, raw IP in nanoseconds; a statistics block between; then a section with powers of two
    /// and an offset.
    /// </summary>
    static byte[] PcapNg(bool bigEndian)
    {
        byte[] N(uint number) => bigEndian ? Frames.Big32(number) : Frames.Little32(number);
        byte[] S(ushort number) => bigEndian ? [(byte)(number >> 8), (byte)number] : [(byte)number, (byte)(number >> 8)];
        byte[] L(ulong number) =>
            bigEndian ? [.. N((uint)(number >> 32)), .. N((uint)number)] : [.. N((uint)number), .. N((uint)(number >> 32))];
        byte[] section = [.. N(0x1A2B3C4D), .. S(1), .. S(0), .. N(uint.MaxValue), .. N(uint.MaxValue)];
        byte[] Packet(uint number, ulong time, string text) =>
            [.. N(number), .. N((uint)(time >> 32)), .. N((uint)time), .. N((uint)text.Length), .. N(999),
                .. System.Text.Encoding.ASCII.GetBytes(text)];
        return
        [
            .. Frames.Block(0x0A0D0D0A, section, bigEndian),
            .. Frames.Block(1, [.. S(1), .. S(0), .. N(65_535)], bigEndian),
            .. Frames.Block(1, [.. S(101), .. S(0), .. N(65_535), .. S(2), .. S(3), (byte)'e', (byte)'t', (byte)'h', 0, .. S(9), .. S(1),
                9, 0, 0, 0, .. S(0), .. S(0)], bigEndian),
            .. Frames.Block(6, Packet(0, 1_700_000_000_000_001, "a"), bigEndian),
            .. Frames.Block(5, new byte[12], bigEndian),
            .. Frames.Block(6, Packet(1, 1_700_000_005_000_000_007, "bcd"), bigEndian),
            .. Frames.Block(6, Packet(9, 1, "of an interface that nobody described"), bigEndian),
            .. Frames.Block(0x0A0D0D0A, section, bigEndian),
            .. Frames.Block(1, [.. S(101), .. S(0), .. N(0), .. S(9), .. S(1), 0x81, 0, 0, 0, .. S(14), .. S(8), .. L(1_600_000_000)],
                bigEndian),
            .. Frames.Block(6, Packet(0, 200_000_001, "ef"), bigEndian),
        ];
    }

    static Instant Second(long after, long nanoseconds) => new(((1_700_000_000 + after) * 1_000_000_000) + nanoseconds);

    static List<(Instant Time, int Link, byte[] Bytes)> Read(byte[] file, List<string>? damage = null)
    {
        List<string> said = [];
        using var stream = new MemoryStream(file);
        List<(Instant, int, byte[])> frames =
            [.. CaptureFile.Read(stream, "x.pcap", said.Add).Select(frame => (frame.Time, frame.LinkType, frame.Bytes.ToArray()))];
        if (damage is null)
            Assert.Empty(said);
        else
            damage.AddRange(said);
        return frames;
    }
}
