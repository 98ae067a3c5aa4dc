using Homer.Search.Journal;
using Homer.Search.Protocol;

namespace Homer.Search.Tests.Ingest;

/// <summary>A journal in a folder of its own, deleted at the end.</summary>
sealed class JournalFolder : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("homer-ingest-").FullName;
    readonly int _segmentBytes;
    readonly long _maxBytes;

    public JournalFolder(int segmentBytes = 1024 * 1024, long maxBytes = 64L * 1024 * 1024)
    {
        (_segmentBytes, _maxBytes) = (segmentBytes, maxBytes);
        Journal = Open();
    }

    public CaptureJournal Journal { get; private set; }

    public string Path => System.IO.Path.Combine(_folder, "journal");

    public string Index => System.IO.Path.Combine(_folder, "index");

    /// <summary>Every packet in it, from the beginning.</summary>
    public List<byte[]> Packets()
    {
        var packets = new List<byte[]>();
        using JournalReader reader = Journal.Follow(0);
        while (reader.TryRead(out JournalRecord record))
            packets.Add(record.Packet.ToArray());
        return packets;
    }

    /// <summary>Publishes packets as if they came in now.</summary>
    public void Append(params IEnumerable<byte[]> packets)
    {
        var noon = new Instant(SomePackets.Noon * Instant.NanosecondsPerSecond);
        foreach (byte[] packet in packets)
            Assert.True(Journal.TryAppend(packet, new Arrival(noon, UInt128.One, 4000, TransportProtocol.Tcp)));
    }

    /// <summary>Closes it and opens it again, as a restart does.</summary>
    public void Reopen()
    {
        Journal.Dispose();
        Journal = Open();
    }

    public void Dispose()
    {
        Journal.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    CaptureJournal Open() =>
        CaptureJournal.Open(
            new JournalOptions(Path) { SegmentBytes = _segmentBytes, MaxBytes = _maxBytes, ReserveBytes = 0 }, TimeProvider.System);
}
