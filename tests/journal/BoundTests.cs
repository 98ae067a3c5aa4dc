using Homer.Search.Journal;
using Microsoft.Extensions.Time.Testing;

namespace Homer.Search.Tests.Journal;

public sealed class BoundTests
{
    [Fact]
    public async Task At_its_bound_the_journal_refuses_until_the_checkpoint_moves()
    {
        using JournalFolder folder = new();
        using CaptureJournal journal = folder.Open(options => options with { MaxBytes = 2 * JournalFolder.SegmentBytes });
        int taken = Fill(journal);

        Assert.Equal(24, taken);
        Assert.Equal(JournalFullReason.Bound, journal.FullReason);
        ValueTask room = journal.WaitForRoomAsync(TestContext.Current.CancellationToken);
        Assert.False(room.IsCompleted);

        journal.Advance(journal.ReadAll()[3].Position);
        await room;
        Assert.Equal(JournalFullReason.None, journal.FullReason);
        Assert.True(Fill(journal) <= 3);
        journal.Advance(journal.End);
        Assert.True(Fill(journal) >= 12);
        Assert.Equal(JournalFullReason.Bound, journal.FullReason);
    }

    [Fact]
    public void Of_packets_received_at_once_those_that_find_room_are_taken()
    {
        using JournalFolder folder = new();
        using CaptureJournal journal = folder.Open(options => options with { MaxBytes = 2 * JournalFolder.SegmentBytes });
        byte[] block = [.. Enumerable.Range(0, 40).SelectMany(number => Packets.Numbered(number))];
        PacketSlice[] slices = [.. Enumerable.Range(0, 40).Select(number => new PacketSlice(number * 600, 600, Packets.Arrival(number)))];

        Assert.Equal(24, journal.Append(block, slices));
        Assert.Equal(Enumerable.Range(0, 24), journal.ReadAll().Select(record => Packets.NumberOf(record.Packet)));
    }

    [Fact]
    public async Task On_a_full_disk_the_journal_refuses_and_goes_on_by_itself_when_there_is_room()
    {
        using JournalFolder folder = new();
        FakeTimeProvider clock = new();
        long free = 1L << 40;
        JournalOptions options = folder.Options with { ReserveBytes = 1L << 20, FreeBytes = _ => Volatile.Read(ref free) };
        using CaptureJournal journal = CaptureJournal.Open(options, clock);
        journal.Append(Packets.Numbered(0));
        Volatile.Write(ref free, 1L << 20);
        int taken = 1 + Fill(journal);

        Assert.Equal(JournalFullReason.Disk, journal.FullReason);
        ValueTask room = journal.WaitForRoomAsync(TestContext.Current.CancellationToken);
        Assert.False(room.IsCompleted);
        while (journal.Trouble is null)
            await Tick(clock);
        Assert.Contains(folder.Path, journal.Trouble, StringComparison.Ordinal);

        Volatile.Write(ref free, 1L << 40);
        while (!room.IsCompleted)
            await Tick(clock);
        await room;
        journal.Append(Packets.Numbered(taken));
        Assert.Equal(Enumerable.Range(0, taken + 1), journal.ReadAll().Select(record => Packets.NumberOf(record.Packet)));
    }

    [Fact]
    public async Task A_journal_can_be_opened_on_a_full_disk_and_takes_packets_later()
    {
        using JournalFolder folder = new();
        FakeTimeProvider clock = new();
        long free = 0;
        using CaptureJournal journal = CaptureJournal.Open(folder.Options with { FreeBytes = _ => Volatile.Read(ref free) }, clock);
        Assert.False(journal.TryAppend(Packets.Numbered(0), default));
        Assert.Equal(JournalFullReason.Disk, journal.FullReason);
        Volatile.Write(ref free, 1L << 40);
        ValueTask room = journal.WaitForRoomAsync(TestContext.Current.CancellationToken);
        while (!room.IsCompleted)
            await Tick(clock);
        await room;
        journal.Append(Packets.Numbered(0));
    }

    static async Task Tick(FakeTimeProvider clock)
    {
        clock.Advance(TimeSpan.FromSeconds(1));
        // The chores run on threads of their own.
        await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, TestContext.Current.CancellationToken);
    }

    static int Fill(CaptureJournal journal)
    {
        int number = journal.ReadAll().Count;
        int taken = 0;
        while (journal.TryAppend(Packets.Numbered(number + taken), Packets.Arrival(600)))
            taken++;
        return taken;
    }
}
