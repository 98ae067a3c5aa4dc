using System.Runtime.InteropServices;
using Homer.Search.Journal;

namespace Homer.Search.Tests.Journal;

public sealed class RewritingTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_record_taken_out_is_gone_everywhere_and_its_neighbours_stay(bool isReopened)
    {
        using JournalFolder folder = new();
        CaptureJournal journal = folder.Open();
        for (int number = 1; number <= 40; number++)
            journal.Append(Packets.Numbered(number));
        Change(journal, static record =>
        {
            if (Packets.NumberOf(record.Packet) % 2 == 0)
                record.Remove();
        });
        if (isReopened)
        {
            journal.Dispose();
            journal = folder.Open();
        }

        using (journal)
        {
            int[] odd = [.. Enumerable.Range(0, 20).Select(number => (2 * number) + 1)];
            Assert.Equal(0, journal.DamagedBytes);
            Assert.Equal(odd, Numbers(journal));
            journal.Advance(journal.End);
            await folder.WaitUntilSealed(journal);

            Assert.Equal(odd, Numbers(journal));
            Assert.False(folder.Archive.TryRead(RecordHeader.ExtentOf(600), out _));
            Assert.True(folder.Archive.TryRead(2 * RecordHeader.ExtentOf(600), out ArchivedPacket third));
            Assert.Equal(Packets.Numbered(3), third.Packet);
            // One block a segment: what was taken out does not cut it up.
            Assert.Equal(1, SealedSegment.Open(folder.Sealed(0))!.Blocks.Length);
            Assert.Equal(0, journal.DamagedBytes);
        }
    }

    [Fact]
    public async Task A_record_rewritten_reads_back_so_live_after_a_restart_and_sealed()
    {
        using JournalFolder folder = new();
        byte[] expected = Packets.Numbered(1);
        expected.AsSpan(10, 4).Fill((byte)'x');
        using (CaptureJournal first = folder.Open())
        {
            for (int number = 1; number <= 40; number++)
                first.Append(Packets.Numbered(number));
            Change(first, static record =>
            {
                if (Packets.NumberOf(record.Packet) == 1)
                    record.Rewrite(10, "xxxx"u8);
            });
            Assert.Equal(expected, first.ReadAll()[0].Packet);
            Assert.True(folder.Archive.TryRead(0, out ArchivedPacket live));
            Assert.Equal(expected, live.Packet);
        }

        using CaptureJournal journal = folder.Open();
        Assert.Equal((0, 40), (journal.DamagedBytes, journal.ReadAll().Count));
        journal.Advance(journal.End);
        await folder.WaitUntilSealed(journal);
        Assert.True(File.Exists(folder.Sealed(0)));
        Assert.Equal(expected, journal.ReadAll()[0].Packet);
    }

    [Fact]
    public void What_was_read_ahead_before_it_was_rewritten_is_not_given_out()
    {
        using JournalFolder folder = new();
        using CaptureJournal journal = folder.Open();
        journal.Append(Packets.Numbered(1));
        journal.Append(Packets.Numbered(2));
        using PacketReads reads = folder.Archive.OpenReads();
        Assert.Equal(Packets.Numbered(1), reads.Read(0).ToArray());
        Change(journal, static record => record.Rewrite(10, "xxxx"u8));

        reads.Renew();
        Assert.Equal("xxxx"u8, reads.Read(RecordHeader.ExtentOf(600)).Slice(10, 4));
    }

    [Fact]
    public void A_crash_in_the_middle_of_rewriting_costs_no_record()
    {
        using JournalFolder folder = new();
        uint id;
        using (CaptureJournal journal = folder.Open())
        {
            id = journal.Id;
            journal.Append(Packets.Numbered(1));
            journal.Append(Packets.Numbered(2));
        }

        byte[] octets = File.ReadAllBytes(folder.Live(0));
        ref RecordHeader header = ref MemoryMarshal.AsRef<RecordHeader>(octets.AsSpan());
        header.Checksum = header.ChecksumWithoutPacket(0, id);
        octets.AsSpan(RecordHeader.Bytes + 10, 2).Fill((byte)'x');
        File.WriteAllBytes(folder.Live(0), octets);

        byte[] expected = Packets.Numbered(1);
        expected.AsSpan(10, 2).Fill((byte)'x');
        using CaptureJournal again = folder.Open();
        Assert.Equal(0, again.DamagedBytes);
        Assert.Equal([expected, Packets.Numbered(2)], again.ReadAll().Select(record => record.Packet));
        Assert.True(folder.Archive.TryRead(0, out ArchivedPacket first));
        Assert.Equal(expected, first.Packet);
    }

    [Fact]
    public void Nothing_of_a_record_taken_out_is_left_on_the_disk()
    {
        using JournalFolder folder = new();
        using (CaptureJournal journal = folder.Open())
        {
            journal.Append([.. "unwanted octets"u8]);
            Change(journal, static record => record.Remove());
        }

        Assert.True(File.ReadAllBytes(folder.Live(0)).AsSpan().IndexOf("unwanted"u8) < 0);
    }

    static void Change(CaptureJournal journal, Action<JournalRecord> change)
    {
        using JournalReader reader = journal.Follow(0);
        while (reader.TryRead(out JournalRecord record))
            change(record);
    }

    static IEnumerable<int> Numbers(CaptureJournal journal) => journal.ReadAll().Select(record => Packets.NumberOf(record.Packet));
}
