using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Homer.Search.Tests.EndToEnd;

/// <summary>The real server in a process of its own, on free ports and a data folder of its own.</summary>
sealed class HomerServer : IAsyncDisposable
{
    static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);

    readonly StringBuilder _output = new();
    readonly bool _ownsData;
    readonly string[] _options;
    Process? _process;

    HomerServer(string data, bool ownsData, string[] options)
    {
        Data = data;
        _ownsData = ownsData;
        _options = options;
        HepPort = FreePort.Next();
        HttpPort = FreePort.Next();
        GraphQL = new GraphQLClient(new Uri($"http://127.0.0.1:{HttpPort}/graphql"));
    }

    public string Data { get; }

    public int HepPort { get; }

    public int HttpPort { get; }

    public GraphQLClient GraphQL { get; }

    public int ProcessId => _process!.Id;

    /// <summary>What the server wrote to its console.</summary>
    public string Output
    {
        get
        {
            lock (_output)
                return _output.ToString();
        }
    }

    /// <summary>Starts a server; with a folder given it works on that one and leaves it.</summary>
    public static async Task<HomerServer> StartAsync(CancellationToken cancellation, string? data = null, params string[] options)
    {
        var server = new HomerServer(data ?? Directory.CreateTempSubdirectory("homer-e2e-").FullName, ownsData: data is null, options);
        await server.StartAgainAsync(cancellation);
        return server;
    }

    /// <summary>Starts it on the same ports and data, after it was stopped or killed.</summary>
    public async Task StartAgainAsync(CancellationToken cancellation)
    {
        Assert.True(File.Exists(Repository.Server), $"The server is not built: {Repository.Server}");
        string[] arguments = [Repository.Server, "run", "--data", Data, "--hep", $"127.0.0.1:{HepPort}", "--http", $"127.0.0.1:{HttpPort}", .. _options];
        var start = new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        _process = Process.Start(start)!;
        _process.OutputDataReceived += Keep;
        _process.ErrorDataReceived += Keep;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();

        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{HttpPort}") };
        long deadline = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(deadline) < StartLimit)
        {
            Assert.False(_process.HasExited, $"The server ended while starting:\n{Output}");
            try
            {
                using HttpResponseMessage answer = await http.GetAsync(new Uri("/health/ready", UriKind.Relative), cancellation);
                if (answer.StatusCode == HttpStatusCode.OK)
                    return;
            }
            catch (HttpRequestException)
            {
                // Not listening yet: asked again until the limit.
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, cancellation);
        }

        Assert.Fail($"The server was not ready within {StartLimit}:\n{Output}");
    }

    /// <summary>What it says of itself at <c>/health/ready</c>, ready or not.</summary>
    public async Task<JsonElement> HealthAsync(CancellationToken cancellation)
    {
        using var http = new HttpClient();
        using HttpResponseMessage answer = await http.GetAsync(new Uri($"http://127.0.0.1:{HttpPort}/health/ready"), cancellation);
        using JsonDocument document = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(cancellation));
        return document.RootElement.Clone();
    }

    /// <summary>The number of a metric without labels of its own, by the beginning of its name.</summary>
    public async Task<double> MetricAsync(string name, CancellationToken cancellation)
    {
        using var http = new HttpClient();
        string metrics = await http.GetStringAsync(new Uri($"http://127.0.0.1:{HttpPort}/metrics"), cancellation);
        string line = Assert.Single(metrics.Split('\n'), line => line.StartsWith(name, StringComparison.Ordinal));
        return double.Parse(line[(line.IndexOf('}', StringComparison.Ordinal) + 1)..].Trim().Split(' ').First(part => char.IsAsciiDigit(part[0])), CultureInfo.InvariantCulture);
    }

    /// <summary>SIGKILL: nothing is flushed, nobody says goodbye.</summary>
    public async Task KillAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
        _process = null;
    }

    /// <summary>SIGTERM, as an operator or systemd stops it.</summary>
    public async Task<int> StopAsync(CancellationToken cancellation)
    {
        using (Process kill = Process.Start("kill", ["-TERM", _process!.Id.ToString(CultureInfo.InvariantCulture)])!)
            await kill.WaitForExitAsync(cancellation);
        await _process.WaitForExitAsync(cancellation);
        int code = _process.ExitCode;
        _process.Dispose();
        _process = null;
        return code;
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false })
            await KillAsync();
        GraphQL.Dispose();
        if (_ownsData)
            Directory.Delete(Data, recursive: true);
    }

    void Keep(object sender, DataReceivedEventArgs line)
    {
        lock (_output)
            _output.AppendLine(line.Data);
    }
}

/// <summary>Ports nobody uses at the moment, for UDP and TCP alike; none is given twice.</summary>
static class FreePort
{
    static int _next = 20_000 + (Environment.ProcessId % 10_000);

    public static int Next()
    {
        while (true)
        {
            int port = Interlocked.Increment(ref _next);
            try
            {
                using var tcp = new TcpListener(IPAddress.Loopback, port);
                tcp.Start();
                using var udp = new UdpClient(new IPEndPoint(IPAddress.Loopback, port));
                return port;
            }
            catch (SocketException)
            {
                // In use: the next one.
            }
        }
    }
}
