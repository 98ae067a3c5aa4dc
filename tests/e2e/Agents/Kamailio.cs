using System.Diagnostics;
using System.Globalization;

namespace Homer.Search.Tests.EndToEnd.Agents;

/// <summary>A real Kamailio with siptrace between callers and callees.</summary>
sealed class Kamailio : IAsyncDisposable
{
    readonly Process _process;
    readonly string _folder;

    Kamailio(Process process, string folder, int port)
    {
        _process = process;
        _folder = folder;
        Port = port;
    }

    public int Port { get; }

    /// <summary>A number that it routes to a callee on that port.</summary>
    public static string NumberOf(int calleePort) => string.Create(CultureInfo.InvariantCulture, $"+4930{calleePort:D5}");

    public static async Task<Kamailio> StartAsync(int hepPort, int hepVersion, string hepTransport, CancellationToken cancellation)
    {
        string folder = Directory.CreateTempSubdirectory("homer-kamailio-").FullName;
        int port = FreePort.Next();
        string template = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "setups", "kamailio.cfg"), cancellation);
        await File.WriteAllTextAsync(
            Path.Combine(folder, "kamailio.cfg"),
            template.Replace("PROXY_PORT", Text(port), StringComparison.Ordinal)
                .Replace("HEP_PORT", Text(hepPort), StringComparison.Ordinal)
                .Replace("HEP_VERSION", Text(hepVersion), StringComparison.Ordinal)
                .Replace("HEP_TRANSPORT", hepTransport, StringComparison.Ordinal),
            cancellation);
        Process process = AgentPrograms.Start(
            "kamailio", folder, "-DD", "-E", "-f", "kamailio.cfg", "-m", "64", "-M", "8", "-Y", folder, "-P", Path.Combine(folder, "pid"));
        await WaitUntilItListensAsync(process, port, folder, cancellation);
        return new Kamailio(process, folder, port);
    }

    public async ValueTask DisposeAsync()
    {
        using (Process kill = Process.Start("kill", ["-TERM", Text(_process.Id)])!)
            await kill.WaitForExitAsync();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        try
        {
            await _process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    static async Task WaitUntilItListensAsync(Process process, int port, string folder, CancellationToken cancellation)
    {
        for (int attempt = 0; attempt < 200; attempt++)
        {
            Assert.False(process.HasExited, $"Kamailio ended while starting; its words are in {folder}.");
            using var probe = new System.Net.Sockets.TcpClient();
            try
            {
                await probe.ConnectAsync(System.Net.IPAddress.Loopback, port, cancellation);
                return;
            }
            catch (System.Net.Sockets.SocketException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, cancellation);
            }
        }

        Assert.Fail("Kamailio did not listen within ten seconds.");
    }

    static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
