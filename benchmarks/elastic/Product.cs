using System.Diagnostics;
using System.Globalization;

namespace Homer.Search.Benchmarks.Elastic;

/// <summary>The server as it is installed, in a process of its own with a data folder of its own.</summary>
sealed class Product : IAsyncDisposable
{
    const int HepPort = 19_161;
    const int HttpPort = 19_180;

    static readonly string Root = FindRoot();

    readonly Process _process;
    readonly string _data = Directory.CreateTempSubdirectory("homer-bench-").FullName;
    readonly HttpClient _http = new() { BaseAddress = new Uri($"http://127.0.0.1:{HttpPort}"), Timeout = TimeSpan.FromMinutes(2) };

    Product(Uri store, string roles)
    {
        _process = Start(
            Path.Combine(Root, "server", "bin", "Release", "net10.0", "homer.dll"), "run", "--data", _data, "--hep", $"127.0.0.1:{HepPort}",
            "--http", $"127.0.0.1:{HttpPort}", "--store", store.ToString(), "--namespace", Engine.Namespace, "--roles", roles, "--log-level", "warning");
    }

    /// <summary>Answers GraphQL when it has that role.</summary>
    public HttpClient Http => _http;

    /// <summary>Resident set at its largest so far, in MB (Linux).</summary>
    public double PeakMegabytes => StatusMegabytes("VmHWM:");

    public double CpuSeconds
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime.TotalSeconds;
        }
    }

    public static async Task<Product> StartAsync(Uri store, string roles)
    {
        var product = new Product(store, roles);
        for (int attempt = 0; attempt < 600; attempt++)
        {
            try
            {
                using HttpResponseMessage ready = await product._http.GetAsync(new Uri("/health/ready", UriKind.Relative));
                if (ready.IsSuccessStatusCode)
                    return product;
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }

        throw new InvalidOperationException("The server is not ready after 30 s.");
    }

    /// <summary>Sends SIP calls from a process of its own, and waits until all that was received is stored; the number of messages, and how long it took.</summary>
    public async Task<(long Messages, TimeSpan Took)> TakeAsync(int rate, int seconds)
    {
        long before = await CountAsync("homer_ingest_stored_total");
        long started = Stopwatch.GetTimestamp();
        using Process sender = Start(
            Path.Combine(Root, "benchmarks", "ingest", "bin", "Release", "net10.0", "Homer.Search.Benchmarks.Ingest.dll"), "sender", "--transport", "tcp",
            "--rate", Text(rate), "--seconds", Text(seconds), "--port", Text(HepPort));
        await sender.StandardOutput.ReadToEndAsync();
        await sender.WaitForExitAsync();
        long last = -1;
        while (true)
        {
            (long received, long stored) = (await CountAsync("homer_ingest_received_total"), await CountAsync("homer_ingest_stored_total"));
            if (received == last && stored == received)
                return (stored - before, Stopwatch.GetElapsedTime(started));
            last = received;
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }
    }

    public async ValueTask DisposeAsync()
    {
        using (Process kill = Process.Start("kill", ["-TERM", Text(_process.Id)]))
            await kill.WaitForExitAsync();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _http.Dispose();
        Directory.Delete(_data, recursive: true);
    }

    async Task<long> CountAsync(string metric)
    {
        string text = await _http.GetStringAsync(new Uri("/metrics", UriKind.Relative));
        string? line = Array.Find(text.Split('\n'), line => line.StartsWith(metric, StringComparison.Ordinal));
        return line is null ? 0 : (long)double.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture);
    }

    double StatusMegabytes(string name)
    {
        string line = Array.Find(File.ReadAllLines($"/proc/{_process.Id}/status"), line => line.StartsWith(name, StringComparison.Ordinal))!;
        return double.Parse(line[name.Length..].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture) / 1024;
    }

    static Process Start(params string[] arguments) => Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true })!;

    static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    static string FindRoot()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Homer.Search.sln")))
            folder = Path.GetDirectoryName(folder);
        return folder ?? throw new InvalidOperationException("The benchmark runs from inside the repository.");
    }
}
