using CsCheck;
using Homer.Search.Journal;

namespace Homer.Search.Tests.Journal;

public sealed class CrashTests
{
    [Fact]
    public void What_a_killed_process_published_is_there_and_nothing_is_twice()
    {
        using JournalFolder folder = new();
        int acknowledged = 0;
        for (int kill = 0; kill < 3; kill++)
        {
            acknowledged = KilledAppender.RunAndKill(folder.Path);
            using CaptureJournal journal = folder.Open();
            int[] numbers = [.. journal.ReadAll().Select(record => Packets.NumberOf(record.Packet))];
            Assert.Equal(Enumerable.Range(0, numbers.Length), numbers);
            Assert.True(numbers.Length >= acknowledged, $"{acknowledged} were published, {numbers.Length} are there.");
            Assert.Equal(0, journal.DamagedBytes);
        }

        Assert.True(acknowledged > 0);
    }

    [Fact]
    public void An_append_that_was_cut_off_leaves_no_trace()
    {
        using JournalFolder folder = Crashed(packets: 5, out long end);
        byte[] torn = new byte[400];
        torn.AsSpan(4).Fill(0xff); // all but the length, which is written last
        Overwrite(folder.Live(0), end, torn);

        using CaptureJournal journal = folder.Open();
        Assert.Equal(end, journal.End);
        Assert.Equal(0, journal.DamagedBytes);
        journal.Append(Packets.Numbered(5, length: 16));
        Assert.Equal(Enumerable.Range(0, 6), journal.ReadAll().Select(record => Packets.NumberOf(record.Packet)));
        using JournalFolder again = folder.Copy();
        using CaptureJournal reopened = again.Open();
        Assert.Equal(Enumerable.Range(0, 6), reopened.ReadAll().Select(record => Packets.NumberOf(record.Packet)));
    }

    [Fact]
    public void A_page_lost_to_a_power_cut_costs_the_records_on_it_and_no_others()
    {
        using JournalFolder folder = Crashed(packets: 12, out long end);
        Overwrite(folder.Live(0), 0, new byte[4096]);

        using CaptureJournal journal = folder.Open();
        Assert.Equal(end, journal.End);
        Assert.Equal(Enumerable.Range(7, 5), journal.ReadAll().Select(record => Packets.NumberOf(record.Packet)));
        Assert.Equal(7 * 640, journal.DamagedBytes);
    }

    [Fact]
    public void One_damaged_octet_costs_at_most_the_packet_it_lies_in() =>
        Gen.Int[0, JournalFolder.SegmentBytes * 3].Select(Gen.Byte[1, 255]).Sample(
            (place, change) =>
            {
                using JournalFolder folder = Crashed(packets: 40, out long end);
                long hit = place % end;
                string file = folder.Live(hit / JournalFolder.SegmentBytes);
                byte[] octets = File.ReadAllBytes(file);
                octets[hit % JournalFolder.SegmentBytes] ^= change;
                File.WriteAllBytes(file, octets);

                using CaptureJournal journal = folder.Open();
                int[] read = [.. journal.ReadAll().Select(record => Packets.NumberOf(record.Packet))];
                int[] lost = [.. Enumerable.Range(0, 40).Except(read)];
                Assert.Equal(Enumerable.Range(0, 40).Except(lost), read);
                Assert.True(lost.Length <= 1, $"Lost {string.Join(", ", lost)}.");
                if (lost is [int number])
                    Assert.InRange(hit, PositionOf(number), PositionOf(number) + 639);
                // Where the last packet was, the journal may go on; elsewhere the place stays what it was.
                journal.Append(Packets.Numbered(99));
                Assert.Equal(99, Packets.NumberOf(journal.ReadAll()[^1].Packet));
            },
            iter: 60);

    [Fact]
    public void Positions_are_given_once_even_when_a_power_cut_took_records_the_store_already_had()
    {
        using JournalFolder folder = Crashed(packets: 9, out long end);
        long known;
        using (CaptureJournal journal = folder.Open())
        {
            journal.Advance(end);
            known = end;
        }

        Overwrite(folder.Live(0), 3 * 640, new byte[JournalFolder.SegmentBytes - (3 * 640)]);
        using (CaptureJournal journal = folder.Open())
        {
            Assert.Equal(known, journal.Checkpoint);
            Assert.Equal(known, journal.End);
            journal.SkipTo(known + 1000);
            journal.Append(Packets.Numbered(50));
            Assert.Equal(known + 1000, journal.ReadAll(known)[0].Position);
            journal.SkipTo((5 * JournalFolder.SegmentBytes) + 8);
            journal.Append(Packets.Numbered(51));
        }

        using CaptureJournal reopened = folder.Open();
        Assert.Equal([0, 1, 2, 50, 51], reopened.ReadAll().Select(record => Packets.NumberOf(record.Packet)));
        Assert.Equal(6 * JournalFolder.SegmentBytes, reopened.ReadAll()[^1].Position);
    }

    [Fact]
    public async Task Files_that_were_not_finished_are_removed_and_a_sealed_segment_counts_before_its_live_one()
    {
        using JournalFolder folder = Crashed(packets: 40, out _);
        string[] unfinished = [folder.Live(0).Replace(".live", ".sealing", StringComparison.Ordinal), folder.Live(9).Replace(".live", ".new", StringComparison.Ordinal)];
        foreach (string file in unfinished)
            File.WriteAllText(file, "half");
        File.Copy(folder.Live(0), folder.Live(0) + ".kept");
        using (CaptureJournal journal = folder.Open())
        {
            Assert.All(unfinished, file => Assert.False(File.Exists(file)));
            journal.Advance(journal.End);
            await folder.WaitUntilSealed(journal);
        }

        File.Move(folder.Live(0) + ".kept", folder.Live(0)); // sealed, and then killed before the live file was deleted
        using CaptureJournal reopened = folder.Open();
        Assert.False(File.Exists(folder.Live(0)));
        Assert.Equal(Enumerable.Range(0, 40), reopened.ReadAll().Select(record => Packets.NumberOf(record.Packet)));
    }

    /// <summary>Twelve records of 640 octets fit into a segment of 8,192.</summary>
    static long PositionOf(int number) => ((number / 12) * JournalFolder.SegmentBytes) + (number % 12 * 640L);

    static JournalFolder Crashed(int packets, out long end)
    {
        using JournalFolder folder = new();
        using CaptureJournal journal = folder.Open();
        for (int number = 0; number < packets; number++)
            journal.Append(Packets.Numbered(number));
        end = journal.End;
        return folder.Copy();
    }

    static void Overwrite(string file, long offset, byte[] octets)
    {
        using FileStream stream = new(file, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        stream.Position = offset;
        stream.Write(octets);
    }
}
