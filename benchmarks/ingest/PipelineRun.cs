using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Homer.Search.Calls;
using Homer.Search.Ingest;
using Homer.Search.Journal;
using Homer.Search.Store;
using Homer.Search.Store.DuckDb;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Homer.Search.Benchmarks.Ingest;

/// <summary>The measured process: listeners, journal, indexer and embedded store, composed as the server composes them.</summary>
static class PipelineRun
{
    /// <summary>How long nothing may be stored after the last packet, until it is given up.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static async Task RunAsync(BenchmarkOptions options)
    {
        string data = options.Data ?? Directory.CreateTempSubdirectory("homer-ingest-").FullName;
        try
        {
            Console.WriteLine(JsonSerializer.Serialize(await MeasureAsync(options, data)));
        }
        finally
        {
            if (options.Data is null)
                Directory.Delete(data, recursive: true);
        }
    }

    static async Task<BenchmarkReport> MeasureAsync(BenchmarkOptions options, string data)
    {
        TimeProvider clock = TimeProvider.System;
        string journalFolder = Path.Combine(data, "journal");
        var bounds = new JournalOptions(journalFolder);
        if (options.JournalGigabytes is { } size)
            bounds = bounds with { MaxBytes = size * 1_000_000_000L };
        using var journal = CaptureJournal.Open(bounds, clock);
        var archive = Archive.Open(journalFolder);
        DuckDbStore embedded = await DuckDbStore.OpenAsync(Path.Combine(data, "index"), archive);
        StalledStore? stalled = options.Stall > 0 ? new StalledStore(embedded, journal, TimeSpan.FromSeconds(options.Stall), clock) : null;
        ICaptureStore store = stalled is null ? embedded : stalled;
        using IHost host = Compose(options, journal, store, clock);
        await host.StartAsync();
        var meter = host.Services.GetRequiredService<IngestMeter>();
        using var memory = new MemoryWatch(clock, options.IsVerbose ? meter : null);

        long started = Stopwatch.GetTimestamp();
        SenderReport sender = await SendAsync(options);
        await UntilStoredAsync(meter, clock);
        double untilStored = Stopwatch.GetElapsedTime(started).TotalSeconds;
        double cpu = Process.GetCurrentProcess().TotalProcessorTime.TotalSeconds;
        IngestStatus status = meter.Snapshot();
        await host.StopAsync();
        await UntilSealedAsync(journal, archive, clock);
        // Closed, so that the write-ahead log of the last seconds is folded into the day's file.
        await store.DisposeAsync();

        long index = Directory.GetFiles(Path.Combine(data, "index"), "*", SearchOption.AllDirectories).Sum(file => new FileInfo(file).Length);
        return new BenchmarkReport(options, sender, status, meter.StageSeconds, untilStored, cpu, memory, index, archive.Segments, stalled?.Waiting ?? 0);
    }

    static IHost Compose(BenchmarkOptions options, CaptureJournal journal, ICaptureStore store, TimeProvider clock)
    {
        HostApplicationBuilder builder = Host.CreateApplicationBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddSingleton(journal).AddSingleton(store).AddSingleton(clock).AddSingleton<IngestStatusSource>();
        builder.Services.AddIngest(new IngestOptions
        {
            Listen = [new IPEndPoint(IPAddress.Loopback, options.Port)],
            Plan = Rules(options, CapturePlan.FileName, static (file, text) => CapturePlanFile.Read(file, text), CapturePlan.None),
            Names = new Enrichment(Rules(options, AliasTable.FileName, AliasFile.Read, AliasTable.Empty), new RuleFile<NumberPlan>(NumberPlan.None)),
        });
        return builder.Build();
    }

    static RuleFile<T> Rules<T>(BenchmarkOptions options, string file, Func<string, TextReader, T> read, T none)
        where T : class => options.Rules is { } folder ? new RuleFile<T>(Path.Combine(folder, file), read, none) : new RuleFile<T>(none);

    static async Task<SenderReport> SendAsync(BenchmarkOptions options)
    {
        // The same program: this assembly under the host that runs it.
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
            start.ArgumentList.Add(typeof(PipelineRun).Assembly.Location);
        foreach (string argument in options.SenderArguments())
            start.ArgumentList.Add(argument);
        using Process sender = Process.Start(start)!;
        string answer = await sender.StandardOutput.ReadToEndAsync();
        await sender.WaitForExitAsync();
        return JsonSerializer.Deserialize<SenderReport>(answer)!;
    }

    static async Task UntilStoredAsync(IngestMeter meter, TimeProvider clock)
    {
        for (long stored = meter.Stored, changed = clock.GetTimestamp(); clock.GetElapsedTime(changed) < Patience;)
        {
            long received = meter.Received;
            await Task.Delay(TimeSpan.FromMilliseconds(50), clock);
            if (meter.Received == received && meter.Stored >= received)
                return;
            if (meter.Stored != stored)
                (stored, changed) = (meter.Stored, clock.GetTimestamp());
        }
    }

    static async Task UntilSealedAsync(CaptureJournal journal, Archive archive, TimeProvider clock)
    {
        for (long started = clock.GetTimestamp(); clock.GetElapsedTime(started) < Patience;)
        {
            if (archive.Segments.All(segment => segment.IsSealed || segment.End > journal.Checkpoint))
                return;
            await Task.Delay(TimeSpan.FromMilliseconds(100), clock);
        }
    }
}
