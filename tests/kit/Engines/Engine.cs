using System.Diagnostics;
using System.Globalization;
using Xunit;

namespace Homer.Search.Tests;

/// <summary>
/// A real search engine of <c>../shared/engines</c>. <c>HOMER_TEST_ENGINES</c> names those to test on, by comma, and one that is named has to run;
/// unset, those that are there are started; where there are none, the tests say that they are left out.
/// </summary>
public sealed class Engine
{
    const string Variable = "HOMER_TEST_ENGINES";

    static readonly Dictionary<string, Engine> Known = [];
    static readonly string Program = FindProgram();

    readonly string _name;
    readonly string[] _instance;
    readonly string[] _startOptions;
    readonly Lazy<Task<StartedEngine>> _started;

    Engine(string name, string[]? instance = null, string[]? startOptions = null)
    {
        _name = name;
        _instance = instance ?? [];
        _startOptions = startOptions ?? [];
        _started = new Lazy<Task<StartedEngine>>(async () => StartedEngine.Read(await RunAsync("start", CancellationToken.None)));
    }

    public static Engine Named(string name)
    {
        lock (Known)
        {
            if (!Known.TryGetValue(name, out Engine? engine))
                Known.Add(name, engine = new Engine(name));
            return engine;
        }
    }

    /// <summary>An instance that no other test uses, so that it may be killed.</summary>
    public static Engine OfItsOwn(string name, int port) => new(name, ["--port", port.ToString(CultureInfo.InvariantCulture)]);

    /// <summary>An instance that no other test uses, with TLS and a password.</summary>
    public static Engine Secure(string name, int port) => new(name, ["--port", port.ToString(CultureInfo.InvariantCulture)], ["--secure"]);

    /// <summary>Where it answers; starts it when it does not run. Skips the test when it is not to be tested on.</summary>
    public async Task<Uri> AddressAsync(CancellationToken cancellation) => (await StartedAsync(cancellation)).Address;

    /// <summary>What it said when it was started; starts it when it does not run. Skips the test when it is not to be tested on.</summary>
    public async Task<StartedEngine> StartedAsync(CancellationToken cancellation)
    {
        string? wanted = Environment.GetEnvironmentVariable(Variable);
        if (string.IsNullOrEmpty(wanted))
            Assert.SkipUnless(File.Exists(Program), $"No engine is at hand: there is no {Program}. {Variable} names those to test on.");
        else
            Assert.SkipUnless(wanted.Split(',', StringSplitOptions.TrimEntries).Contains(_name), $"{Variable} does not name {_name}.");

        return await _started.Value.WaitAsync(cancellation);
    }

    /// <summary>Whether a test has asked for it.</summary>
    public bool IsStarted => _started.IsValueCreated;

    /// <summary>Stops all that tests have asked for by name.</summary>
    public static async Task StopAllAsync()
    {
        Engine[] started;
        lock (Known)
            started = [.. Known.Values.Where(engine => engine.IsStarted)];
        foreach (Engine engine in started)
            await engine.RunAsync("stop", CancellationToken.None);
    }

    /// <summary>Runs a command of the engines' program and returns what it printed.</summary>
    public async Task<string> RunAsync(string command, CancellationToken cancellation)
    {
        using Process process = Process.Start(new ProcessStartInfo("bash", [Program, command, _name, .. _instance, .. command == "start" ? _startOptions : []])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        Task<string> errors = process.StandardError.ReadToEndAsync(cancellation);
        string output = await process.StandardOutput.ReadToEndAsync(cancellation);
        await process.WaitForExitAsync(cancellation);
        Assert.True(process.ExitCode == 0, $"engine {command} {_name} failed: {output} {await errors}");
        return output.Trim();
    }

    static string FindProgram()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Homer.Search.sln")))
            folder = Path.GetDirectoryName(folder);
        return Path.GetFullPath(Path.Combine(folder!, "..", "shared", "engines", "engine"));
    }
}

/// <summary>Where an engine answers, and in secure mode how to be let in.</summary>
/// <param name="Authority">PEM file of the authority that signed its certificate; null when it speaks no TLS.</param>
public sealed record StartedEngine(Uri Address, string? Authority, string? User, string? Password)
{
    /// <summary>Reads what the engines' program prints: the address, and <c>ca=… user=… password=…</c>.</summary>
    internal static StartedEngine Read(string output)
    {
        string[] lines = output.Split('\n');
        Dictionary<string, string> values = lines.Length < 2 ? [] : lines[1].Split(' ').Select(part => part.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]);
        return new StartedEngine(new Uri(lines[0]), values.GetValueOrDefault("ca"), values.GetValueOrDefault("user"), values.GetValueOrDefault("password"));
    }
}
