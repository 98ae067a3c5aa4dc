using Homer.Search.Journal;

namespace Homer.Search.Tests.Journal;

public sealed class PacketsTests
{
    [Fact]
    public async Task All_packets_of_live_and_sealed_segments_come_in_order_beside_the_process_that_appends()
    {
        using JournalFolder folder = new();
        using CaptureJournal journal = folder.Open();
        for (int number = 0; number < 60; number++)
            journal.Append(Packets.Numbered(number));
        journal.Advance(journal.End / 2);
        await folder.WaitUntilSealed(journal);

        var damage = new DamageCount();
        ArchivedPacket[] packets = [.. folder.Archive.Segments.SelectMany(segment => folder.Archive.Packets(segment, damage))];
        Assert.Equal(Enumerable.Range(0, 60), packets.Select(packet => Packets.NumberOf(packet.Packet)));
        Assert.Equal(journal.ReadAll().Select(record => record.Position), packets.Select(packet => packet.Position));
        Assert.Equal(Packets.Arrival(600), packets[^1].Arrival);
        Assert.Equal(0, damage.Octets);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Damage_costs_the_packets_it_meets_and_is_counted(bool isSealed)
    {
        using JournalFolder folder = new();
        using (CaptureJournal journal = folder.Open())
        {
            for (int number = 0; number < 60; number++)
                journal.Append(Packets.Numbered(number));
            if (isSealed)
            {
                journal.Advance(journal.End);
                await folder.WaitUntilSealed(journal);
            }
        }

        string path = isSealed ? folder.Sealed(0) : folder.Live(0);
        byte[] octets = File.ReadAllBytes(path);
        octets[100] ^= 0x55;
        File.WriteAllBytes(path, octets);

        var damage = new DamageCount();
        int[] numbers = [.. folder.Archive.Segments.SelectMany(segment => folder.Archive.Packets(segment, damage)).Select(packet => Packets.NumberOf(packet.Packet))];
        Assert.DoesNotContain(0, numbers);
        Assert.Contains(59, numbers);
        Assert.InRange(damage.Octets, 600, JournalFolder.SegmentBytes);
        // In a live segment the damage ends with its record; a sealed block is one piece.
        Assert.Equal(isSealed ? 12 : 1, 60 - numbers.Length);
    }

    [Fact]
    public async Task A_sealed_segment_whose_table_is_damaged_is_passed_over_whole()
    {
        using JournalFolder folder = new();
        using CaptureJournal journal = folder.Open();
        for (int number = 0; number < 60; number++)
            journal.Append(Packets.Numbered(number));
        journal.Advance(journal.End);
        await folder.WaitUntilSealed(journal);
        byte[] octets = File.ReadAllBytes(folder.Sealed(0));
        octets[^20] ^= 0x55;
        File.WriteAllBytes(folder.Sealed(0), octets);

        var damage = new DamageCount();
        Assert.Equal(48, folder.Archive.Segments.SelectMany(segment => folder.Archive.Packets(segment, damage)).Count());
        Assert.Equal(JournalFolder.SegmentBytes, damage.Octets);
        Assert.Equal(JournalFolder.SegmentBytes, ReadOver(journal));
    }

    /// <summary>A reader goes on behind it, and the journal counts what it passed over.</summary>
    static long ReadOver(CaptureJournal journal)
    {
        Assert.Equal(48, journal.ReadAll().Count);
        return journal.DamagedBytes;
    }
}
