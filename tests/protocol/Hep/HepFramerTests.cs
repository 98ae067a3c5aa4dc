using System.Buffers;
using CsCheck;
using Homer.Search.Protocol.Hep;

namespace Homer.Search.Tests.Protocol.Hep;

public class HepFramerTests
{
    static readonly byte[][] Packets = [.. Fixtures.Named("hep", "*-v3-*.bin").Select(Fixtures.Read)];

    [Fact]
    public void However_a_stream_is_split_the_frames_are_the_same() =>
        Gen.Select(Gen.Int[0, Packets.Length - 1].Array[1, 12], Gen.Int[1, 900].Array[1, 40]).Sample((chosen, cuts) =>
        {
            byte[] stream = [.. chosen.SelectMany(index => Packets[index])];
            Assert.Equal(chosen.Select(index => Packets[index]), Frames(stream, cuts));
        });

    [Fact]
    public void A_frame_may_lie_in_segments_of_any_size()
    {
        byte[] packet = Packets[0];
        for (int size = 1; size < 80; size++)
        {
            ReadOnlySequence<byte> buffer = Segments([.. packet, .. packet, .. packet.AsSpan(..9)], size);
            for (int count = 0; count < 2; count++)
            {
                Assert.Equal(HepFrameStatus.Done, HepFramer.Read(ref buffer, out ReadOnlySequence<byte> frame, out _));
                Assert.Equal(packet, frame.ToArray());
            }

            Assert.Equal(HepFrameStatus.NeedMoreData, HepFramer.Read(ref buffer, out ReadOnlySequence<byte> none, out _));
            Assert.Equal(9, buffer.Length);
            Assert.True(none.IsEmpty);
        }
    }

    [Fact]
    public void Nothing_is_consumed_before_a_frame_is_whole()
    {
        byte[] packet = Packets[0];
        for (int length = 0; length < packet.Length; length++)
        {
            Assert.Equal(HepFrameStatus.NeedMoreData, HepFramer.Read(packet.AsSpan(..length), out int frame, out _));
            Assert.Equal(0, frame);
        }
    }

    [Theory]
    [InlineData("X", HepRejection.NotHep)]
    [InlineData("HEPX", HepRejection.NotHep)]
    [InlineData("HEP3\u0000\u0005", HepRejection.BadTotalLength)]
    [InlineData("\u0002\u0010\u0002\u0011", HepRejection.UnframedVersion)]
    [InlineData("\u0016\u0003\u0001", HepRejection.LooksLikeTls)]
    [InlineData("GET / HTTP/1.1\r\n", HepRejection.LooksLikeHttp)]
    [InlineData("INVITE sip:a@b SIP/2.0\r\n", HepRejection.LooksLikeSip)]
    [InlineData("\u001f\u008b\u0008", HepRejection.CompressedFrame)]
    public void What_is_no_frame_ends_the_stream_with_its_reason(string octets, HepRejection expected)
    {
        Assert.Equal(HepFrameStatus.Invalid, HepFramer.Read(Octets.Of(octets), out int length, out HepRejection rejection));
        Assert.Equal(expected, rejection);
        Assert.Equal(0, length);

        ReadOnlySequence<byte> buffer = Segments(Octets.Of(octets), 1);
        Assert.Equal(HepFrameStatus.Invalid, HepFramer.Read(ref buffer, out _, out rejection));
        Assert.NotEqual(HepRejection.None, rejection);
        Assert.Equal(octets.Length, buffer.Length);
    }

    [Fact]
    public void The_longest_packet_is_a_frame()
    {
        byte[] longest = new byte[HepFramer.MaximumLength];
        "HEP3\u00ff\u00ff"u8[..4].CopyTo(longest);
        longest[4] = longest[5] = 0xff;
        Assert.Equal(HepFrameStatus.Done, HepFramer.Read(longest, out int length, out _));
        Assert.Equal(HepFramer.MaximumLength, length);
    }

    /// <summary>Feeds the stream in pieces of the given lengths, over and over, as a socket would.</summary>
    static List<byte[]> Frames(byte[] stream, int[] cuts)
    {
        List<byte[]> frames = [];
        List<byte> arrived = [];
        for (int position = 0, turn = 0; position < stream.Length; turn++)
        {
            int length = Math.Min(cuts[turn % cuts.Length], stream.Length - position);
            arrived.AddRange(stream.AsSpan(position, length));
            position += length;
            ReadOnlySequence<byte> buffer = Segments([.. arrived], cuts[turn % cuts.Length]);
            while (HepFramer.Read(ref buffer, out ReadOnlySequence<byte> frame, out HepRejection rejection) is var status and not HepFrameStatus.NeedMoreData)
            {
                Assert.Equal((HepFrameStatus.Done, HepRejection.None), (status, rejection));
                frames.Add(frame.ToArray());
            }

            arrived = [.. buffer.ToArray()];
        }

        Assert.Empty(arrived);
        return frames;
    }

    static ReadOnlySequence<byte> Segments(byte[] bytes, int size)
    {
        var first = new Segment(bytes.AsMemory(..Math.Min(size, bytes.Length)), 0);
        Segment last = first;
        for (int position = size; position < bytes.Length; position += size)
            last = last.Append(bytes.AsMemory(position, Math.Min(size, bytes.Length - position)));
        return new(first, 0, last, last.Memory.Length);
    }

    sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        internal Segment(ReadOnlyMemory<byte> memory, long index)
        {
            Memory = memory;
            RunningIndex = index;
        }

        internal Segment Append(ReadOnlyMemory<byte> memory)
        {
            var next = new Segment(memory, RunningIndex + Memory.Length);
            Next = next;
            return next;
        }
    }
}
