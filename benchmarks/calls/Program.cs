using System.Diagnostics;
using System.Globalization;
using Homer.Search.Benchmarks.Calls;
using Homer.Search.Calls;
using Homer.Search.Store;

// What the thinking costs, in processor time, since others may share the machine: folding a message into its call, putting a call of 20 messages together
// out of the facts (what the indexer does once a short call), and drawing a ladder of 2,000 messages.
// Usage: calls [runs]; prints one JSON line, the median of the runs.
int runs = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 7;
const int Calls = 500;
const int LongMessages = 2000;

CapturedCall[] calls = [.. Enumerable.Range(0, Calls).Select(number => new CapturedCall($"{number:x8}@192.0.2.7"))];
Document[] messages = LongCall.Messages(LongMessages);
int count = calls[0].Count;
double read = Median(() => calls.Sum(call => call.Read()), Calls * count);
double fold = Median(() => Fold(calls).Count, Calls * count) - read;
CallFold folded = Fold(calls);
IReadOnlyCollection<SummaryUpdate> updates = folded.Take(TimeSpan.Zero, TimeSpan.Zero);
var batch = new DocumentBatch(DocumentKind.Call, 1);
double assemble = Median(() => Assemble(updates, batch), Calls);
double ladder = Median(() => LadderText.Render(Ladder.Of(messages), 120).Length, 1);

Console.WriteLine(string.Create(
    CultureInfo.InvariantCulture,
    $$"""
    {"benchmark":"calls","read_ns_a_message":{{read:F0}},"fold_ns_a_message":{{fold:F0}},"assemble_us_a_call":{{assemble / 1000:F2}},"messages_a_call":{{count}},"ladder_ms":{{ladder / 1e6:F1}},"ladder_messages":{{LongMessages}},"runs":{{runs}}}
    """));

static CallFold Fold(CapturedCall[] calls)
{
    var fold = new CallFold(1);
    long position = 0;
    foreach (CapturedCall call in calls)
        call.AddTo(fold, position += 1000, TimeSpan.Zero);
    return fold;
}

static long Assemble(IReadOnlyCollection<SummaryUpdate> updates, DocumentBatch batch)
{
    batch.Clear();
    foreach (SummaryUpdate update in updates)
        update.Merge([], batch);
    return batch.Count;
}

// Nanoseconds of processor time for one of so many pieces of work; each run repeats it for half a second.
double Median(Func<long> work, int pieces)
{
    double[] times = new double[runs];
    Run(work);
    Run(work);
    for (int run = 0; run < runs; run++)
        times[run] = Run(work) / pieces;
    Array.Sort(times);
    return times[runs / 2];
}

static double Run(Func<long> work)
{
    TimeSpan begun = Environment.CpuUsage.TotalTime;
    long started = Stopwatch.GetTimestamp();
    int rounds = 0;
    long sum = 0;
    do
    {
        sum += work();
        rounds++;
    }
    while (Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(0.5));
    return sum == 0 ? throw new InvalidOperationException("Nothing was done.") : (Environment.CpuUsage.TotalTime - begun).TotalNanoseconds / rounds;
}
