using System.Text.Json;

namespace Homer.Search.Store.Elastic;

/// <summary>
/// Documents that the engine refuses for good, so that one does not stop the others: each is counted and, when there is a file for them, kept there
/// with the reason.
/// </summary>
sealed class RefusedDocuments(string? file, ElasticMeter meter)
{
    /// <summary>The file grows no further; what comes then is counted only.</summary>
    const long LongestFile = 256L * 1024 * 1024;

    readonly Lock _lock = new();

    /// <summary>The reason of the last one; null when there is none.</summary>
    public string? LastReason { get; private set; }

    public void Add(string reason, string document)
    {
        meter.Refuse(reason);
        LastReason = reason;
        if (file is null)
            return;
        lock (_lock)
        {
            var target = new FileInfo(file);
            if (target.Exists && target.Length > LongestFile)
                return;
            Directory.CreateDirectory(target.DirectoryName!);
            File.AppendAllText(file, JsonSerializer.Serialize(new { reason, document }) + "\n");
        }
    }
}
