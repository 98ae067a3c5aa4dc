using System.Diagnostics.Metrics;
using System.Text.Json;

namespace Homer.Search.Store.Elastic;

/// <summary>
/// Documents that the engine refuses for good, so that one does not stop the others: each is counted and, when there is a file for them, kept there
/// with the reason.
/// </summary>
sealed class RefusedDocuments : IDisposable
{
    /// <summary>Name under which exporters find the count.</summary>
    public const string MeterName = "Homer.Search.Store.Elastic";

    /// <summary>The file grows no further; what comes then is counted only.</summary>
    const long LongestFile = 256L * 1024 * 1024;

    readonly Lock _lock = new();
    readonly Meter _meter = new(MeterName);
    readonly Counter<long> _counter;
    readonly string? _file;
    long _count;

    public RefusedDocuments(string? file)
    {
        _file = file;
        _counter = _meter.CreateCounter<long>("homer.store.refused", "{document}", "Documents that the engine will never take, by its kind of error.");
    }

    public long Count => Interlocked.Read(ref _count);

    /// <summary>The reason of the last one; null when there is none.</summary>
    public string? LastReason { get; private set; }

    public void Dispose() => _meter.Dispose();

    public void Add(string reason, string document)
    {
        Interlocked.Increment(ref _count);
        // Up to the colon stands the kind of error; what follows differs with each document.
        _counter.Add(1, new KeyValuePair<string, object?>("reason", reason.Split(':')[0]));
        LastReason = reason;
        if (_file is null)
            return;
        lock (_lock)
        {
            var target = new FileInfo(_file);
            if (target.Exists && target.Length > LongestFile)
                return;
            Directory.CreateDirectory(target.DirectoryName!);
            File.AppendAllText(_file, JsonSerializer.Serialize(new { reason, document }) + "\n");
        }
    }
}
