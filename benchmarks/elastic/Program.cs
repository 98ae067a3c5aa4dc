using Homer.Search.Benchmarks.Elastic;

// ingest: what the engine takes when it gets nothing but the product's own bulk bodies, against the product end to end; one line of JSON,
// and one of what each field of a message costs on disk where the engine tells.
// queries: loads messages through the product, then asks it as its users do; one line of JSON.
var options = BenchmarkOptions.Read(args);
if (options.Mode == "ingest")
    await IngestBenchmark.RunAsync(options);
else
    await QueryBenchmark.RunAsync(options);
