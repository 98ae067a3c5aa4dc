using Homer.Search.Journal;
using Homer.Search.Protocol;

namespace Homer.Search.Tests.Journal;

/// <summary>A folder of its own for one test's journal, gone with it.</summary>
sealed class JournalFolder : IDisposable
{
    public const int SegmentBytes = 8192;

    public string Path { get; } = Directory.CreateTempSubdirectory("homer-journal-").FullName;

    public JournalOptions Options => new(Path) { SegmentBytes = SegmentBytes, MaxBytes = 1L << 30, ReserveBytes = 0 };

    public CaptureJournal Open() => Open(options => options);

    public CaptureJournal Open(Func<JournalOptions, JournalOptions> change) => CaptureJournal.Open(change(Options), TimeProvider.System);

    public Archive Archive => Archive.Open(Path);

    public string Live(long number) => System.IO.Path.Combine(Path, $"{number:D12}.live");

    public string Sealed(long number) => System.IO.Path.Combine(Path, $"{number:D12}.sealed");

    /// <summary>A copy of the folder as it is at this moment, as a crash would leave it.</summary>
    public JournalFolder Copy()
    {
        JournalFolder copy = new();
        foreach (string file in Directory.GetFiles(Path))
        {
            // The next segment may be getting its name just now, and holds nothing yet.
            if (System.IO.Path.GetExtension(file) != ".new" && System.IO.Path.GetFileName(file) is not ("lock" or "owner"))
                File.Copy(file, System.IO.Path.Combine(copy.Path, System.IO.Path.GetFileName(file)));
        }

        return copy;
    }

    /// <summary>Waits until all segments before the one being written are sealed and their live files gone.</summary>
    public async Task WaitUntilSealed(CaptureJournal journal)
    {
        Archive archive = Archive;
        while (archive.Segments.Any(segment => segment.End <= journal.Checkpoint && segment.End < journal.End && File.Exists(Live(segment.Number))))
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, TestContext.Current.CancellationToken);
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}

static class JournalExtensions
{
    /// <summary>Appends, and fails the test when there is no room.</summary>
    public static void Append(this CaptureJournal journal, byte[] packet) =>
        Assert.True(journal.TryAppend(packet, Packets.Arrival(packet.Length)), $"No room: {journal.FullReason}");

    /// <summary>All packets from a position to the end, with their positions.</summary>
    public static List<(long Position, Arrival Arrival, byte[] Packet)> ReadAll(this CaptureJournal journal, long from = 0)
    {
        using JournalReader reader = journal.Follow(from);
        List<(long, Arrival, byte[])> records = [];
        while (reader.TryRead(out JournalRecord record))
            records.Add((record.Position, record.Arrival, record.Packet.ToArray()));
        Assert.Equal(journal.End, reader.Position);
        return records;
    }
}

static class Packets
{
    /// <summary>Packets of one value, so that a mix-up shows: the n-th repeats n.</summary>
    public static byte[] Numbered(int number, int length = 600)
    {
        byte[] packet = new byte[length];
        packet.AsSpan().Fill((byte)number);
        BitConverter.TryWriteBytes(packet, number);
        return packet;
    }

    public static int NumberOf(ReadOnlySpan<byte> packet) => BitConverter.ToInt32(packet);

    /// <summary>An arrival with something in every field.</summary>
    public static Arrival Arrival(int seed) =>
        new(new Instant(1_800_000_000_000_000_000 + (seed * 123_456_789L)), ((UInt128)0xffff << 32) + (uint)seed, (ushort)(5060 + seed), TransportProtocol.Udp);
}
