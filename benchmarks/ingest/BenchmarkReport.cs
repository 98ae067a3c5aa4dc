using Homer.Search.Journal;
using Homer.Search.Store;

namespace Homer.Search.Benchmarks.Ingest;

/// <summary>The line that is printed. Bytes a message are those on disk once every segment is sealed: index and archive.</summary>
sealed class BenchmarkReport(
    BenchmarkOptions options, SenderReport sender, IngestStatus status, IReadOnlyDictionary<string, double> stageSeconds, double secondsUntilStored,
    double cpuSeconds, MemoryWatch memory, long indexBytes, IReadOnlyList<SegmentSummary> segments, long stalledBytes)
{
    public string Transport => options.Transport;

    public int Offered => options.Rate;

    public long Sent => sender.Sent;

    public long Received => status.Received;

    public long Stored => status.Stored;

    public IReadOnlyDictionary<string, long> Dropped => status.Dropped.ToDictionary(drop => drop.Reason, drop => drop.Count);

    public IReadOnlyDictionary<string, long> Rejected => status.Rejected.ToDictionary(drop => drop.Reason, drop => drop.Count);

    public int StallSeconds => options.Stall;

    /// <summary>What waited in the journal when the store took packets again.</summary>
    public double StalledMegabytes => Math.Round(stalledBytes / 1e6);

    /// <summary>From the first packet offered to the last one durable.</summary>
    public double SecondsUntilStored => Math.Round(secondsUntilStored, 2);

    public long MessagesPerSecond => (long)(Stored / secondsUntilStored);

    public double PeakMegabytes => Math.Round(memory.PeakMegabytes);

    public double PeakFileMegabytes => Math.Round(memory.FileMegabytes);

    /// <summary>What the garbage collector had to clear away.</summary>
    public double AllocatedBytesPerMessage { get; } = Math.Round(GC.GetTotalAllocatedBytes() / (double)Math.Max(1, status.Stored));

    public double GcPauseSeconds { get; } = Math.Round(GC.GetTotalPauseDuration().TotalSeconds, 1);

    public double BytesPerMessage => Math.Round(IndexBytesPerMessage + ArchiveBytesPerMessage, 1);

    public double IndexBytesPerMessage => Math.Round(indexBytes / (double)Math.Max(1, Stored), 1);

    public double ArchiveBytesPerMessage =>
        Math.Round(Sealed.Sum(segment => segment.Bytes) / (double)Math.Max(1, Sealed.Sum(segment => segment.Records ?? 0)), 1);

    public double CpuSeconds => Math.Round(cpuSeconds, 1);

    public double SenderCpuSeconds => Math.Round(sender.CpuSeconds, 1);

    public double SenderSeconds => Math.Round(sender.Seconds, 1);

    /// <summary>Seconds each stage was at work, waiting for a processor included.</summary>
    public IReadOnlyDictionary<string, double> StageSeconds => stageSeconds.ToDictionary(stage => stage.Key, stage => Math.Round(stage.Value, 1));

    public int Segments => segments.Count;

    IEnumerable<SegmentSummary> Sealed => segments.Where(segment => segment.IsSealed);
}
