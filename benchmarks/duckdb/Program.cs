using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Homer.Search.Benchmarks.DuckDb;
using Homer.Search.Journal;
using Homer.Search.Protocol;
using Homer.Search.Store;
using Homer.Search.Store.DuckDb;

// Arguments: rows (default 2,000,000), folder (default a temporary one, deleted at the end), calls (true: with call summaries).
long rows = args.Length > 0 ? long.Parse(args[0], CultureInfo.InvariantCulture) : 2_000_000;
string folder = args.Length > 1 && args[1] != "-" ? args[1] : Directory.CreateTempSubdirectory("homer-bench-").FullName;
bool calls = args.Length <= 2 || bool.Parse(args[2]);
const int UnitRows = 100_000;

var traffic = new Traffic(Instant.StartOf(new DateOnly(2026, 11, 23)), messagesPerSecond: 100_000);
var appending = new Stopwatch();
var committing = new Stopwatch();
TimeSpan appendCpu = default, commitCpu = default;
double slowestCommit = 0;
string index = Path.Combine(folder, "index");
await using (DuckDbStore store = await DuckDbStore.OpenAsync(index, Archive.Open(Path.Combine(folder, "journal"))))
{
    await using ICaptureWriter writer = await store.OpenWriterAsync(1, CancellationToken.None);
    var batch = new DocumentBatch(DocumentKind.Sip, 1);
    List<long> began = [], ended = [];
    while (traffic.Position < rows * 8)
    {
        began.Clear();
        ended.Clear();
        for (int row = 0; row < UnitRows; row += DocumentBatch.Capacity)
        {
            traffic.Fill(batch, began, ended);
            TimeSpan cpu = Process.GetCurrentProcess().TotalProcessorTime;
            appending.Start();
            await writer.AppendAsync(batch, CancellationToken.None);
            appending.Stop();
            appendCpu += Process.GetCurrentProcess().TotalProcessorTime - cpu;
            batch.Clear();
        }

        Instant now = traffic.TimeOf(traffic.Position / 8);
        HashSet<long> over = [.. ended];
        SummaryUpdate[] updates = calls
            ? [.. began.Where(call => !over.Contains(call)).Select(call => new CallUpdate(call, now, ended: false)), .. ended.Select(call => new CallUpdate(call, now, ended: true))]
            : [];
        long before = Stopwatch.GetTimestamp();
        committing.Start();
        TimeSpan spent = Process.GetCurrentProcess().TotalProcessorTime;
        await writer.CommitAsync(traffic.Position, updates, CancellationToken.None);
        committing.Stop();
        commitCpu += Process.GetCurrentProcess().TotalProcessorTime - spent;
        slowestCommit = Math.Max(slowestCommit, Stopwatch.GetElapsedTime(before).TotalMilliseconds);
    }
}

long bytes = Directory.EnumerateFiles(index).Sum(file => new FileInfo(file).Length);
TimeSpan processor = Process.GetCurrentProcess().TotalProcessorTime;
long peak = Process.GetCurrentProcess().PeakWorkingSet64;
await using (DuckDbStore store = await DuckDbStore.OpenAsync(index, Archive.Open(Path.Combine(folder, "journal"))))
{
    var range = new TimeRange(traffic.TimeOf(0), traffic.TimeOf(rows));
    long callCount = rows / 7;
    async Task<double[]> TimesAsync(int times, Func<long, Task> ask)
    {
        var taken = new List<double>();
        for (int time = 0; time < times; time++)
        {
            long began = Stopwatch.GetTimestamp();
            await ask(time * 7919L % callCount);
            taken.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }

        return [.. taken.Order()];
    }

    Task SearchAsync(Query where, bool count = true) =>
        store.SearchAsync(new CaptureQuery(DocumentKind.Sip, range, where) { CountTotal = count }, CancellationToken.None).AsTask();

    double[] byCallId = await TimesAsync(40, call => SearchAsync(new Query.Equal(Fields.CallId, Traffic.CallId(call))));
    double[] find = await TimesAsync(20, call => store.FindAsync(DocumentKind.Call, Traffic.CallId(call), CancellationToken.None).AsTask());
    double[] substring = await TimesAsync(10, call => SearchAsync(new Query.Wildcard(Fields.RelatedUser, new WildcardPattern(["", Traffic.Caller(call)[5..], ""]))));
    double[] newest = await TimesAsync(10, _ => SearchAsync(new Query.Everything()));
    double[] histogram = await TimesAsync(5, _ => store.HistogramAsync(
        new HistogramQuery(DocumentKind.Sip, range, new Query.Everything(), TimeSpan.FromMinutes(1), Fields.Code), CancellationToken.None).AsTask());
    Console.WriteLine(JsonSerializer.Serialize(new Dictionary<string, double>
    {
        ["rows"] = rows,
        ["rows_per_second"] = Math.Round(rows / (appending.Elapsed + committing.Elapsed).TotalSeconds),
        ["append_seconds"] = Math.Round(appending.Elapsed.TotalSeconds, 2),
        ["commit_seconds"] = Math.Round(committing.Elapsed.TotalSeconds, 2),
        ["slowest_commit_ms"] = Math.Round(slowestCommit),
        ["processor_seconds"] = Math.Round(processor.TotalSeconds, 1),
        ["append_processor_seconds"] = Math.Round(appendCpu.TotalSeconds, 1),
        ["commit_processor_seconds"] = Math.Round(commitCpu.TotalSeconds, 1),
        ["bytes_per_row"] = Math.Round((double)bytes / rows, 1),
        ["peak_memory_mb"] = peak / (1024 * 1024),
        ["call_id_p95_ms"] = Math.Round(byCallId[(int)(byCallId.Length * 0.95)], 1),
        ["find_call_median_ms"] = Math.Round(find[find.Length / 2], 1),
        ["substring_median_ms"] = Math.Round(substring[substring.Length / 2], 1),
        ["newest_median_ms"] = Math.Round(newest[newest.Length / 2], 1),
        ["histogram_median_ms"] = Math.Round(histogram[histogram.Length / 2], 1),
    }));
}

if (args.Length <= 1 || args[1] == "-")
    Directory.Delete(folder, recursive: true);
