using System.Globalization;
using Homer.Search.Ingest;

namespace Homer.Search.Benchmarks.Ingest;

/// <summary>Looks four times a second at what this process has in memory, and keeps the most it had (Linux).</summary>
sealed class MemoryWatch : IDisposable
{
    readonly ITimer _timer;
    readonly IngestMeter? _shown;
    int _looks;

    public MemoryWatch(TimeProvider clock, IngestMeter? shown)
    {
        _shown = shown;
        _timer = clock.CreateTimer(static watch => ((MemoryWatch)watch!).Look(), this, TimeSpan.Zero, TimeSpan.FromMilliseconds(250));
    }

    /// <summary>Resident set at its largest, in MB.</summary>
    public double PeakMegabytes { get; private set; }

    /// <summary>Of that, pages of files: the journal's and the programs'. The kernel takes them back when others need room.</summary>
    public double FileMegabytes { get; private set; }

    public void Dispose() => _timer.Dispose();

    void Look()
    {
        string[] status = File.ReadAllLines("/proc/self/status");
        double resident = Megabytes(status, "VmRSS:");
        if (resident > PeakMegabytes)
            (PeakMegabytes, FileMegabytes) = (resident, Megabytes(status, "RssFile:") + Megabytes(status, "RssShmem:"));
        if (_shown is not null && _looks++ % 4 == 0)
        {
            Console.Error.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"received {_shown.Received:N0}, stored {_shown.Stored:N0}, resident {resident:F0} MB, managed {GC.GetTotalMemory(false) >> 20} MB"));
        }
    }

    static double Megabytes(string[] status, string name)
    {
        string line = Array.Find(status, line => line.StartsWith(name, StringComparison.Ordinal))!;
        return double.Parse(line[name.Length..].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture) / 1024;
    }
}
