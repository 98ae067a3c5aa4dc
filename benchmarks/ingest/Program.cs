using Homer.Search.Benchmarks.Ingest;

// Offers SIP calls as HEP from a process of its own to the whole way in, and prints what came of it as one line of JSON.
var options = BenchmarkOptions.Read(args);
if (options.IsSender)
    await TrafficSender.RunAsync(options);
else
    await PipelineRun.RunAsync(options);
