using System.Globalization;

namespace Homer.Search.Benchmarks.Elastic;

/// <summary>The command line: <c>ingest|queries --engine http://127.0.0.1:9208 --seconds 5 --rate 60000</c>.</summary>
sealed record BenchmarkOptions
{
    public string Mode { get; private init; } = "ingest";

    /// <summary>An Elasticsearch or OpenSearch that nobody else uses meanwhile.</summary>
    public Uri Engine { get; private init; } = new("http://127.0.0.1:9208");

    /// <summary>Messages a second that are offered; more than the engine takes wait in the journal.</summary>
    public int Rate { get; private init; } = 60_000;

    /// <summary>How long they are offered.</summary>
    public int Seconds { get; private init; } = 5;

    /// <exception cref="ArgumentException">An unknown or incomplete option.</exception>
    public static BenchmarkOptions Read(ReadOnlySpan<string> args)
    {
        var options = new BenchmarkOptions();
        for (int index = 0; index < args.Length; index++)
        {
            options = args[index] switch
            {
                "ingest" or "queries" => options with { Mode = args[index] },
                "--engine" => options with { Engine = new Uri(args[++index]) },
                "--rate" => options with { Rate = int.Parse(args[++index], CultureInfo.InvariantCulture) },
                "--seconds" => options with { Seconds = int.Parse(args[++index], CultureInfo.InvariantCulture) },
                _ => throw new ArgumentException($"Unknown argument {args[index]}; known are ingest, queries, --engine, --rate, --seconds."),
            };
        }

        return options;
    }
}
