using System.Diagnostics;
using System.Globalization;
using Homer.Search.Benchmarks.Decode;
using Homer.Search.Protocol;

// How many SIP messages a second one core decodes, HEP envelope and every field the indexer stores, out of packets of real agents.
// A core's second is a second of processor time, since others may share the machine; the rate by the clock stands beside it.
// Usage: decode [runs] [seconds a run]; prints one JSON line.
int runs = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 9;
double seconds = args.Length > 1 ? double.Parse(args[1], CultureInfo.InvariantCulture) : 1;

byte[][] packets = [.. SipPackets.Load()];
Instant now = Instant.Now(TimeProvider.System);

// Long enough for the tiers of the compiler to settle.
_ = Measure(seconds * 2);
(double ByCpu, double ByClock)[] rates = [.. Enumerable.Range(0, runs).Select(_ => Measure(seconds)).OrderBy(rate => rate.ByCpu)];
long before = GC.GetAllocatedBytesForCurrentThread();
long messages = Decode(1000);
long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

Console.WriteLine(string.Create(
    CultureInfo.InvariantCulture,
    $$"""
    {"benchmark":"decode","messages_per_second_per_core":{{rates[runs / 2].ByCpu:F0}},"lowest":{{rates[0].ByCpu:F0}},"highest":{{rates[^1].ByCpu:F0}},"by_clock":{{rates[runs / 2].ByClock:F0}},"runs":{{runs}},"allocated_bytes_per_message":{{(double)allocated / messages:F3}},"mean_packet_bytes":{{packets.Average(packet => packet.Length):F0}},"packets":{{packets.Length}}}
    """));

(double ByCpu, double ByClock) Measure(double duration)
{
    long count = 0;
    TimeSpan cpu = Environment.CpuUsage.TotalTime;
    long start = Stopwatch.GetTimestamp();
    TimeSpan elapsed;
    do
    {
        count += Decode(200);
        elapsed = Stopwatch.GetElapsedTime(start);
    }
    while (elapsed.TotalSeconds < duration);
    return (count / (Environment.CpuUsage.TotalTime - cpu).TotalSeconds, count / elapsed.TotalSeconds);
}

long Decode(int rounds)
{
    for (int round = 0; round < rounds; round++)
        foreach (byte[] packet in packets)
            StoredFields.Read(packet, now);
    return (long)rounds * packets.Length;
}
