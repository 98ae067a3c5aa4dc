using Homer.Search.Journal;

namespace Homer.Search.Tests.Journal;

public sealed class FollowingTests
{
    [Fact]
    public async Task A_follower_gets_every_packet_of_several_appenders_in_the_order_of_each()
    {
        const int Appenders = 4, Each = 3000;
        using JournalFolder folder = new();
        using CaptureJournal journal = folder.Open(options => options with { MaxBytes = 32 * JournalFolder.SegmentBytes });
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        Task[] appenders = [.. Enumerable.Range(0, Appenders).Select(appender => Task.Run(
            async () =>
            {
                for (int number = 0; number < Each;)
                {
                    byte[] packet = Packets.Numbered((appender * Each) + number, 16 + (number % 700));
                    if (journal.TryAppend(packet, Packets.Arrival(appender)))
                        number++;
                    else
                        await journal.WaitForRoomAsync(cancellation);
                }
            },
            cancellation))];

        List<int>[] read = [.. Enumerable.Range(0, Appenders).Select(_ => new List<int>())];
        using JournalReader reader = journal.Follow(0);
        for (int count = 0; count < Appenders * Each;)
        {
            while (reader.TryRead(out JournalRecord record))
            {
                int number = Packets.NumberOf(record.Packet);
                Assert.Equal(Packets.Arrival(number / Each), record.Arrival);
                read[number / Each].Add(number);
                count++;
            }

            journal.Advance(reader.Position);
            if (count < Appenders * Each)
                await reader.WaitAsync(cancellation);
        }

        await Task.WhenAll(appenders);
        for (int appender = 0; appender < Appenders; appender++)
            Assert.Equal(Enumerable.Range(appender * Each, Each), read[appender]);
        await folder.WaitUntilSealed(journal);
        Assert.Equal(Appenders * Each, journal.ReadAll().Count);
    }

    [Fact]
    public async Task A_reader_at_the_end_waits_for_the_next_packet()
    {
        using JournalFolder folder = new();
        using CaptureJournal journal = folder.Open();
        using JournalReader reader = journal.Follow(0);
        Task wait = reader.WaitAsync(TestContext.Current.CancellationToken).AsTask();
        Assert.False(reader.TryRead(out _));
        Assert.False(wait.IsCompleted);
        journal.Append(Packets.Numbered(7));
        await wait;
        Assert.True(reader.TryRead(out JournalRecord record));
        Assert.Equal(7, Packets.NumberOf(record.Packet));

        using CancellationTokenSource end = new();
        wait = reader.WaitAsync(end.Token).AsTask();
        await end.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => wait);
    }

    [Fact]
    public async Task A_reader_far_behind_reads_on_while_its_segment_is_sealed()
    {
        using JournalFolder folder = new();
        using CaptureJournal journal = folder.Open();
        for (int number = 0; number < 40; number++)
            journal.Append(Packets.Numbered(number));
        using JournalReader reader = journal.Follow(0);
        Assert.True(reader.TryRead(out _));
        journal.Advance(journal.End);
        await folder.WaitUntilSealed(journal);
        for (int number = 1; number < 40; number++)
        {
            Assert.True(reader.TryRead(out JournalRecord record));
            Assert.Equal(number, Packets.NumberOf(record.Packet));
        }
    }
}
