using CsCheck;
using Homer.Search.Journal;

namespace Homer.Search.Tests.Journal;

public sealed class RoundTripTests
{
    static readonly Gen<byte[][]> SomePackets = Gen.Byte.Array[1, 3000].Array[1, 60];
    static readonly Gen<int> SegmentSize = Gen.Int[0, 2].Select(size => 4096 << (2 * size));

    [Fact]
    public Task Packets_come_back_identically_when_followed_reopened_sealed_and_read_by_position() =>
        SomePackets.Select(SegmentSize, Gen.Int[0, 60]).SampleAsync(
            async (packets, segmentBytes, indexed) =>
            {
                using JournalFolder folder = new();
                List<long> positions;
                using (CaptureJournal journal = folder.Open(options => options with { SegmentBytes = segmentBytes }))
                {
                    foreach (byte[] packet in packets)
                        journal.Append(packet);
                    positions = [.. journal.ReadAll().Select(record => record.Position)];
                    AssertSame(packets, journal, folder, positions);
                    if (indexed < positions.Count)
                        journal.Advance(positions[indexed]);
                }

                using (CaptureJournal journal = folder.Open(options => options with { SegmentBytes = segmentBytes }))
                {
                    Assert.Equal(indexed < positions.Count ? positions[indexed] : 0, journal.Checkpoint);
                    AssertSame(packets, journal, folder, positions);
                    journal.Advance(journal.End);
                    await folder.WaitUntilSealed(journal);
                    AssertSame(packets, journal, folder, positions);
                }

                using (CaptureJournal journal = folder.Open(options => options with { SegmentBytes = segmentBytes }))
                {
                    Assert.Equal(0, journal.Bytes);
                    AssertSame(packets, journal, folder, positions);
                    Assert.Equal(0, journal.DamagedBytes);
                    Assert.Null(journal.Trouble);
                }
            },
            iter: 12);

    [Fact]
    public void Packets_received_at_once_are_published_in_order()
    {
        using JournalFolder folder = new();
        using CaptureJournal journal = folder.Open();
        byte[] block = [.. Enumerable.Range(0, 40).SelectMany(number => Packets.Numbered(number))];
        PacketSlice[] slices = [.. Enumerable.Range(0, 40).Select(number => new PacketSlice(number * 600, 600, Packets.Arrival(number)))];

        Assert.Equal(40, journal.Append(block, slices));

        List<(long, Arrival Arrival, byte[] Packet)> read = journal.ReadAll();
        Assert.Equal(Enumerable.Range(0, 40), read.Select(record => Packets.NumberOf(record.Packet)));
        Assert.Equal(slices.Select(slice => slice.Arrival), read.Select(record => record.Arrival));
    }

    [Fact]
    public void What_was_published_after_reading_ahead_is_read_and_what_is_not_there_is_empty()
    {
        using JournalFolder folder = new();
        using CaptureJournal journal = folder.Open(options => options with { SegmentBytes = 4 * 1024 * 1024 });
        using PacketReads reads = folder.Archive.OpenReads();
        for (int number = 0; number < 30; number++)
        {
            // The last of them is larger than what is read ahead.
            byte[] packet = new byte[number == 29 ? 600_000 : 1000];
            packet.AsSpan().Fill((byte)(number + 1));
            long position = journal.End;
            Assert.True(reads.Read(position).IsEmpty);
            journal.Append(packet);
            Assert.Equal(packet, reads.Read(position).ToArray());
        }

        Assert.True(reads.Read(journal.End + 8_000_000).IsEmpty);
        Assert.True(reads.Read(-8).IsEmpty);
    }

    [Fact]
    public void A_reader_that_starts_in_the_middle_of_a_record_reads_on_from_the_next()
    {
        using JournalFolder folder = new();
        using CaptureJournal journal = folder.Open();
        for (int number = 0; number < 30; number++)
            journal.Append(Packets.Numbered(number));
        long third = journal.ReadAll()[3].Position;

        Assert.Equal(4, Packets.NumberOf(journal.ReadAll(third + 8)[0].Packet));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1024 * 1024 + 1)]
    public void A_packet_that_cannot_be_stored_is_refused_by_name(int length)
    {
        using JournalFolder folder = new();
        using CaptureJournal journal = folder.Open(options => options with { SegmentBytes = 4 * 1024 * 1024 });
        ArgumentException refusal = Assert.Throws<ArgumentException>(() => journal.TryAppend(new byte[length], default));
        Assert.Contains("1 to 1048576", refusal.Message, StringComparison.Ordinal);
    }

    static void AssertSame(byte[][] packets, CaptureJournal journal, JournalFolder folder, List<long> positions)
    {
        List<(long Position, Arrival Arrival, byte[] Packet)> followed = journal.ReadAll();
        Assert.Equal(packets, followed.Select(record => record.Packet));
        Assert.Equal(packets.Select(packet => Packets.Arrival(packet.Length)), followed.Select(record => record.Arrival));
        Assert.Equal(positions, followed.Select(record => record.Position));
        Assert.All(positions, position => Assert.Equal(0, position % 8));

        using PacketReads reads = folder.Archive.OpenReads();
        Assert.Equal(packets, positions.Select(position => reads.Read(position + 1).ToArray()));
        Assert.Equal(packets.AsEnumerable().Reverse(), positions.AsEnumerable().Reverse().Select(position => reads.Read(position).ToArray()));

        IReadOnlyList<ArchivedPacket?> archived = folder.Archive.Read([.. positions.AsEnumerable().Reverse()]);
        Assert.Equal(followed.AsEnumerable().Reverse(), archived.Select(packet => (packet!.Value.Position, packet.Value.Arrival, packet.Value.Packet)));
    }
}
