using System.Globalization;

namespace Homer.Search.Benchmarks.Ingest;

/// <summary>
/// The command line: <c>[sender] --transport tcp --rate 100000 --seconds 60 --connections 1 --data folder --port 19060 --stall 0 --journal-gb 4
/// --rules folder</c>.
/// </summary>
sealed record BenchmarkOptions
{
    /// <summary>This process is the one that sends.</summary>
    public bool IsSender { get; private init; }

    public string Transport { get; private init; } = "tcp";

    /// <summary>Messages a second to offer; 0 is as many as go.</summary>
    public int Rate { get; private init; } = 100_000;

    public int Seconds { get; private init; } = 60;

    public int Connections { get; private init; } = 1;

    public int Port { get; private init; } = 19_060;

    /// <summary>Folder for journal and index; a new one under the temporary folder, deleted afterwards, when not given.</summary>
    public string? Data { get; private init; }

    /// <summary>Seconds from the start for which the store takes nothing; 0 is never.</summary>
    public int Stall { get; private init; }

    /// <summary>What may wait in the journal, in GB: as the server's default when not given.</summary>
    public int? JournalGigabytes { get; private init; }

    /// <summary>Folder whose <c>capture.yaml</c> and <c>aliases.yaml</c> the messages go in by; none when not given.</summary>
    public string? Rules { get; private init; }

    /// <summary>Says each second on standard error how far it is.</summary>
    public bool IsVerbose { get; private init; }

    /// <exception cref="ArgumentException">An unknown or incomplete option.</exception>
    public static BenchmarkOptions Read(ReadOnlySpan<string> args)
    {
        var options = new BenchmarkOptions();
        for (int index = 0; index < args.Length; index++)
        {
            options = args[index] switch
            {
                "sender" => options with { IsSender = true },
                "--verbose" => options with { IsVerbose = true },
                "--transport" => options with { Transport = args[++index] },
                "--rate" => options with { Rate = Number(args[++index]) },
                "--seconds" => options with { Seconds = Number(args[++index]) },
                "--connections" => options with { Connections = Number(args[++index]) },
                "--port" => options with { Port = Number(args[++index]) },
                "--stall" => options with { Stall = Number(args[++index]) },
                "--data" => options with { Data = args[++index] },
                "--journal-gb" => options with { JournalGigabytes = Number(args[++index]) },
                "--rules" => options with { Rules = args[++index] },
                _ => throw new ArgumentException(
                    $"Unknown option {args[index]}; known are --transport, --rate, --seconds, --connections, --port, --data, --rules, --stall, --journal-gb, --verbose."),
            };
        }

        return options;
    }

    /// <summary>What the sending process is started with.</summary>
    public IReadOnlyList<string> SenderArguments() =>
        ["sender", "--transport", Transport, "--rate", Text(Rate), "--seconds", Text(Seconds), "--connections", Text(Connections), "--port", Text(Port)];

    static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
