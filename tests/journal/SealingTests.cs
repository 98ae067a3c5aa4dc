using System.Buffers.Binary;
using System.Text;
using Homer.Search.Journal;

namespace Homer.Search.Tests.Journal;

public sealed class SealingTests
{
    const int Large = 1024 * 1024;

    [Fact]
    public async Task Sealing_blanks_authenticate_keys_and_nothing_else()
    {
        using JournalFolder folder = new();
        byte[] withKey = Hep((0x0e, "s3cret"), (0x0f, "OPTIONS sip:a SIP/2.0\r\n\r\n"), (0x0e, "other"));
        byte[] blanked = Hep((0x0e, "xxxxxx"), (0x0f, "OPTIONS sip:a SIP/2.0\r\n\r\n"), (0x0e, "xxxxx"));
        byte[] withoutKey = Hep((0x0f, "no key here"), (0x13, "agent"));
        byte[] cutOff = withKey[..9];
        byte[] notHep = [.. "HEP"u8, .. withKey[4..]];
        using CaptureJournal journal = folder.Open();
        foreach (byte[] packet in (byte[][])[withKey, withoutKey, cutOff, notHep, Packets.Numbered(1, 4000), Packets.Numbered(2, 4000)])
            journal.Append(packet);
        long[] positions = [.. journal.ReadAll().Select(record => record.Position)];
        Assert.True(folder.Archive.TryRead(positions[0], out ArchivedPacket live));
        Assert.Equal(withKey, live.Packet);

        journal.Advance(journal.End);
        await folder.WaitUntilSealed(journal);

        Assert.True(File.Exists(folder.Sealed(0)));
        Assert.Equal([blanked, withoutKey, cutOff, notHep], folder.Archive.Read(positions.AsSpan(0, 4)).Select(packet => packet!.Value.Packet));
        Assert.Equal([blanked, withoutKey, cutOff, notHep], journal.ReadAll().Take(4).Select(record => record.Packet));
    }

    [Fact]
    public async Task Indexed_segments_go_when_the_store_keeps_the_raw_bytes_and_positions_go_on_after_a_restart()
    {
        using JournalFolder folder = new();
        long end;
        using (CaptureJournal journal = folder.Open(options => options with { KeepsIndexed = false }))
        {
            for (int number = 0; number < 40; number++)
                journal.Append(Packets.Numbered(number));
            journal.Advance(journal.End);
            await folder.WaitUntilSealed(journal);
            end = journal.End;
        }

        Assert.Empty(Directory.GetFiles(folder.Path, "*.sealed"));
        Assert.Single(Directory.GetFiles(folder.Path, "*.live"));
        using CaptureJournal again = folder.Open(options => options with { KeepsIndexed = false });
        Assert.Equal((end, end), (again.Checkpoint, again.End));
    }

    [Fact]
    public async Task A_damaged_block_costs_its_packets_only_and_is_counted()
    {
        using JournalFolder folder = new();
        using CaptureJournal journal = OpenLarge(folder);
        long[] positions = AppendSegments(journal, segments: 1);
        journal.Advance(journal.End);
        await folder.WaitUntilSealed(journal);
        byte[] octets = File.ReadAllBytes(folder.Sealed(0));
        octets[10] ^= 0x55;
        File.WriteAllBytes(folder.Sealed(0), octets);

        Archive archive = folder.Archive;
        IReadOnlyList<ArchivedPacket?> packets = archive.Read(positions);
        int lost = packets.TakeWhile(packet => packet is null).Count();
        Assert.InRange(lost, 256 * 1024 / 640, (256 * 1024 / 640) + 1);
        Assert.All(packets.Skip(lost).Select((packet, index) => (packet, index)), found => Assert.Equal(found.index + lost, Packets.NumberOf(found.packet!.Value.Packet)));
        Assert.True(archive.DamagedBlocks > 0);
        Assert.Equal(positions.Length - lost, journal.ReadAll().Count(record => record.Position < Large));
        Assert.InRange(journal.DamagedBytes, 256 * 1024, (256 * 1024) + 640);
    }

    [Fact]
    public async Task A_damaged_table_loses_its_segment_and_no_other()
    {
        using JournalFolder folder = new();
        using CaptureJournal journal = folder.Open();
        for (int number = 0; number < 40; number++)
            journal.Append(Packets.Numbered(number));
        long[] positions = [.. journal.ReadAll().Select(record => record.Position)];
        journal.Advance(journal.End);
        await folder.WaitUntilSealed(journal);
        byte[] octets = File.ReadAllBytes(folder.Sealed(1));
        File.WriteAllBytes(folder.Sealed(1), octets[..^20]);

        Archive archive = folder.Archive;
        Assert.Equal(Enumerable.Range(12, 12), archive.Read(positions).Select((packet, number) => (packet, number)).Where(found => found.packet is null).Select(found => found.number));
        Assert.True(archive.DamagedBlocks > 0);
        Assert.Equal([.. Enumerable.Range(0, 12), .. Enumerable.Range(24, 16)], journal.ReadAll().Select(record => Packets.NumberOf(record.Packet)));
        Assert.Equal(JournalFolder.SegmentBytes, journal.DamagedBytes);
    }

    [Fact]
    public async Task Packets_can_be_read_at_any_moment_of_sealing()
    {
        using JournalFolder folder = new();
        using CaptureJournal journal = OpenLarge(folder);
        long[] positions = AppendSegments(journal, segments: 6);
        Archive archive = folder.Archive;
        using CancellationTokenSource done = new();
        Task<int>[] readers = [.. Enumerable.Range(0, 3).Select(seed => Task.Run(() =>
        {
            Random random = new(seed);
            int read = 0;
            do
            {
                int number = random.Next(positions.Length);
                Assert.True(archive.TryRead(positions[number] + (number % 8), out ArchivedPacket packet), $"Packet {number} was not there.");
                Assert.Equal(Packets.Numbered(number), packet.Packet);
                Assert.Equal(positions[number], packet.Position);
                read++;
            }
            while (!done.IsCancellationRequested);

            return read;
        }))];

        foreach (long position in positions.Where((_, number) => number % 500 == 0))
            journal.Advance(position);
        journal.Advance(journal.End);
        await folder.WaitUntilSealed(journal);
        await done.CancelAsync();
        Assert.All(await Task.WhenAll(readers), read => Assert.True(read > 0));
        Assert.Equal(6, archive.Segments.Count(segment => segment.IsSealed));
        Assert.Equal(0, archive.DamagedBlocks);
    }

    [Fact]
    public async Task Segments_are_listed_and_dropped_from_the_oldest_on()
    {
        using JournalFolder folder = new();
        using CaptureJournal journal = folder.Open();
        Archive archive = folder.Archive;
        for (int number = 0; number < 40; number++)
            Assert.True(journal.TryAppend(Packets.Numbered(number), Packets.Arrival(number)));
        long[] positions = [.. journal.ReadAll().Select(record => record.Position)];
        Assert.All(archive.Segments, segment => Assert.False(segment.IsSealed));
        journal.Advance(journal.End);
        await folder.WaitUntilSealed(journal);

        SegmentSummary second = archive.Segments[1];
        Assert.Equal((1, JournalFolder.SegmentBytes, 2 * JournalFolder.SegmentBytes, true), ((int)second.Number, (int)second.Start, (int)second.End, second.IsSealed));
        Assert.Equal((12L, Packets.Arrival(12).Time, Packets.Arrival(23).Time), (second.Records, second.First, second.Last));
        Assert.Equal(archive.Segments.Sum(segment => segment.Bytes), archive.Bytes);

        long before = archive.Bytes;
        Assert.Equal(0, archive.DropBefore(JournalFolder.SegmentBytes - 8));
        long freed = archive.DropBefore((2 * JournalFolder.SegmentBytes) + 8);
        Assert.Equal(before - freed, archive.Bytes);
        Assert.Equal(2, archive.Segments[0].Number);
        Assert.False(archive.TryRead(positions[3], out _));
        Assert.Equal(Enumerable.Range(24, 16), journal.ReadAll().Select(record => Packets.NumberOf(record.Packet)));
    }

    [Fact]
    public void A_position_where_no_record_begins_holds_no_packet()
    {
        using JournalFolder folder = new();
        Assert.False(folder.Archive.TryRead(0, out _));
        Assert.Equal(0, folder.Archive.DropBefore(long.MaxValue));
        Assert.Empty(folder.Archive.Segments);
        using CaptureJournal journal = folder.Open();
        journal.Append(Packets.Numbered(1));
        Archive archive = folder.Archive;
        Assert.True(archive.TryRead(7, out _));
        Assert.All((long[])[8, 16, 640, JournalFolder.SegmentBytes, -8, 1L << 50], position => Assert.False(archive.TryRead(position, out _)));
    }

    static CaptureJournal OpenLarge(JournalFolder folder) => folder.Open(options => options with { SegmentBytes = Large });

    /// <summary>Fills whole segments and begins one more; returns the positions of the packets in the whole ones.</summary>
    static long[] AppendSegments(CaptureJournal journal, int segments)
    {
        for (int number = 0; journal.End <= (long)segments * Large; number++)
            journal.Append(Packets.Numbered(number));
        return [.. journal.ReadAll().Select(record => record.Position).Where(position => position < (long)segments * Large)];
    }

    static byte[] Hep(params (int Type, string Value)[] chunks)
    {
        List<byte> packet = [.. "HEP3"u8, 0, 0];
        foreach ((int type, string value) in chunks)
            packet.AddRange([0, 0, 0, (byte)type, 0, (byte)(value.Length + 6), .. Encoding.ASCII.GetBytes(value)]);
        byte[] octets = [.. packet];
        BinaryPrimitives.WriteUInt16BigEndian(octets.AsSpan(4), (ushort)octets.Length);
        return octets;
    }
}
