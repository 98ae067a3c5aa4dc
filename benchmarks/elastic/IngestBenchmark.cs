using System.Text.Json;

namespace Homer.Search.Benchmarks.Elastic;

/// <summary>
/// Three runs on the same cores: one that only records what the product sends, one that replays that alone, one of the product end to end. Both figures are
/// messages a second, of which each costs the engine one document and its part of a call's.
/// </summary>
static class IngestBenchmark
{
    public static async Task RunAsync(BenchmarkOptions options)
    {
        string file = Path.GetTempFileName();
        using var engine = new Engine(options.Engine);
        try
        {
            // The first run also warms the engine.
            await engine.ClearAsync();
            (long recorded, IReadOnlyList<int> lengths) = await RecordAsync(options, file);

            await engine.ClearAsync();
            (long documents, TimeSpan replayed) = await Replay.RunAsync(options.Engine, file, lengths);

            await engine.ClearAsync();
            long messages;
            TimeSpan took;
            double memory, cpu;
            long warmUp;
            await using (Product product = await Product.StartAsync(options.Engine, "ingest"))
            {
                // A server runs for weeks; what its first seconds cost in compiling is not what is measured.
                (warmUp, _) = await product.TakeAsync(rate: 4000, seconds: 5);
                double before = product.CpuSeconds;
                (messages, took) = await product.TakeAsync(options.Rate, options.Seconds);
                (memory, cpu) = (product.PeakMegabytes, product.CpuSeconds - before);
            }

            await engine.SettleAsync();
            long stored = await engine.MessagesAsync();
            long bytes = await engine.BytesAsync();
            await engine.MergeAsync();
            long merged = await engine.BytesAsync();

            IReadOnlyList<KeyValuePair<string, long>> fields = await engine.FieldBytesAsync();

            double ceiling = recorded / replayed.TotalSeconds;
            double speed = messages / took.TotalSeconds;
            Console.WriteLine(JsonSerializer.Serialize(new Dictionary<string, double>
            {
                ["messages"] = messages,
                ["messages_found"] = stored - warmUp,
                ["ceiling_messages_per_second"] = Math.Round(ceiling),
                ["ceiling_documents_per_second"] = Math.Round(documents / replayed.TotalSeconds),
                ["product_messages_per_second"] = Math.Round(speed),
                ["ratio"] = Math.Round(speed / ceiling, 3),
                ["bulk_kilobytes_mean"] = Math.Round(lengths.Average() / 1024),
                ["bytes_per_message"] = Math.Round((double)bytes / stored, 1),
                ["bytes_per_message_merged"] = Math.Round((double)merged / stored, 1),
                ["ingest_peak_megabytes"] = Math.Round(memory),
                ["ingest_processor_seconds"] = Math.Round(cpu, 1),
            }));
            Console.WriteLine("bytes a message by field: " + string.Join(", ", fields.Where(field => field.Value > stored / 10)
                .Select(field => FormattableString.Invariant($"{field.Key} {(double)field.Value / stored:F1}"))));
        }
        finally
        {
            await engine.ClearAsync();
            File.Delete(file);
        }
    }

    static async Task<(long Messages, IReadOnlyList<int> Lengths)> RecordAsync(BenchmarkOptions options, string file)
    {
        await using BulkRecorder recorder = await BulkRecorder.StartAsync(options.Engine, file);
        await using Product product = await Product.StartAsync(recorder.Address, "ingest");
        (long messages, _) = await product.TakeAsync(options.Rate, options.Seconds);
        return (messages, recorder.Lengths);
    }
}
