using Homer.Search.Journal;

namespace Homer.Search.Tests.Journal;

public sealed class CheckpointTests
{
    [Fact]
    public void The_checkpoint_never_moves_backwards_and_survives_a_crash()
    {
        using JournalFolder folder = new();
        using CaptureJournal journal = folder.Open();
        for (int number = 0; number < 5; number++)
            journal.Append(Packets.Numbered(number));
        long[] positions = [.. journal.ReadAll().Select(record => record.Position)];
        foreach (int step in (int[])[1, 3, 2, 0, 4, 4, 1])
            journal.Advance(positions[step]);
        Assert.Equal(positions[4], journal.Checkpoint);
        Assert.Throws<ArgumentOutOfRangeException>(() => journal.Advance(journal.End + 8));

        using JournalFolder crashed = folder.Copy();
        using CaptureJournal reopened = crashed.Open();
        Assert.Equal(positions[4], reopened.Checkpoint);
        Assert.Equal(journal.Id, reopened.Id);
        Assert.Equal(journal.End - positions[4], reopened.Bytes);
    }

    [Fact]
    public void Units_begun_behind_the_checkpoint_are_known_after_a_crash_until_it_passes_them()
    {
        using JournalFolder folder = new();
        using CaptureJournal journal = folder.Open();
        for (int number = 0; number < 6; number++)
            journal.Append(Packets.Numbered(number));
        long[] positions = [.. journal.ReadAll().Select(record => record.Position)];
        foreach (int step in (int[])[2, 3, 3, 1, 5])
            journal.BeginUnit(positions[step]);
        Assert.Equal([positions[2], positions[3], positions[5]], journal.UnitEnds);
        Assert.Throws<ArgumentOutOfRangeException>(() => journal.BeginUnit(journal.End + 8));

        journal.Advance(positions[3]);
        journal.BeginUnit(positions[3]);
        using JournalFolder crashed = folder.Copy();
        using CaptureJournal reopened = crashed.Open();
        Assert.Equal(positions[3], reopened.Checkpoint);
        Assert.Equal([positions[5]], reopened.UnitEnds);
    }

    [Fact]
    public void So_many_units_can_be_begun_that_one_more_may_follow_when_it_must_advance()
    {
        using JournalFolder folder = new();
        using CaptureJournal journal = folder.Open();
        while (!journal.MustAdvance)
        {
            journal.Append(Packets.Numbered(journal.UnitEnds.Count));
            journal.BeginUnit(journal.End);
        }

        journal.Append(Packets.Numbered(0));
        journal.BeginUnit(journal.End);
        Assert.Throws<ArgumentOutOfRangeException>(() =>
        {
            journal.Append(Packets.Numbered(0));
            journal.BeginUnit(journal.End);
        });
        journal.Advance(journal.End);
        Assert.Empty(journal.UnitEnds);
    }

    [Fact]
    public void A_checkpoint_torn_by_a_power_cut_costs_one_step()
    {
        using JournalFolder folder = new();
        long[] positions;
        using (CaptureJournal journal = folder.Open())
        {
            for (int number = 0; number < 5; number++)
                journal.Append(Packets.Numbered(number));
            positions = [.. journal.ReadAll().Select(record => record.Position)];
            foreach (long position in positions[1..4])
                journal.Advance(position);
        }

        string file = Path.Combine(folder.Path, "checkpoint");
        byte[] octets = File.ReadAllBytes(file);
        octets[Array.FindIndex(octets, 4096, octet => octet != 0)] ^= 0xff; // one slot of two
        File.WriteAllBytes(file, octets);
        using CaptureJournal reopened = folder.Open();
        Assert.Contains(reopened.Checkpoint, positions[2..4]);
        reopened.Advance(positions[4]);
        Assert.Equal(positions[4], reopened.Checkpoint);
    }

    [Fact]
    public void A_second_writer_is_told_who_holds_the_journal()
    {
        using JournalFolder folder = new();
        using (folder.Open())
        {
            JournalException refusal = Assert.Throws<JournalException>(() => folder.Open());
            Assert.Contains(folder.Path, refusal.Message, StringComparison.Ordinal);
            Assert.Contains(Environment.ProcessId.ToString(System.Globalization.CultureInfo.InvariantCulture), refusal.Message, StringComparison.Ordinal);
        }

        folder.Open().Dispose();
    }

    [Fact]
    public void Another_segment_size_for_a_folder_in_use_is_refused()
    {
        using JournalFolder folder = new();
        folder.Open().Dispose();
        JournalException refusal = Assert.Throws<JournalException>(() => folder.Open(options => options with { SegmentBytes = 16384 }));
        Assert.Contains("8192", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1000, 1 << 20)]
    [InlineData(8192, 8192)]
    public void Sizes_that_cannot_work_are_refused(int segmentBytes, long maxBytes)
    {
        using JournalFolder folder = new();
        Assert.Throws<JournalException>(() => folder.Open(options => options with { SegmentBytes = segmentBytes, MaxBytes = maxBytes }));
    }
}
