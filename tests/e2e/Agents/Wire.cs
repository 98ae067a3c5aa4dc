using System.Diagnostics;
using System.Globalization;

namespace Homer.Search.Tests.EndToEnd.Agents;

/// <summary>What went over loopback to and from one UDP port, as tcpdump took it: a witness that knows nothing of the server.</summary>
sealed class Wire : IAsyncDisposable
{
    readonly Process _tcpdump;
    readonly string _folder;

    Wire(Process tcpdump, string folder)
    {
        _tcpdump = tcpdump;
        _folder = folder;
    }

    public string File => FileIn(_folder);

    /// <param name="but">What goes to or from this port is left out.</param>
    public static async Task<Wire> TapAsync(int port, int but, CancellationToken cancellation)
    {
        string folder = Directory.CreateTempSubdirectory("homer-wire-").FullName;
        var start = new ProcessStartInfo(
            "tcpdump",
            ["-i", "lo", "-n", "--immediate-mode", "-U", "-B", "65536", "-Z", Environment.UserName, "-w", FileIn(folder), $"udp port {port} and not udp port {but}"])
        {
            RedirectStandardError = true,
        };
        Process tcpdump = Process.Start(start)!;
        string? words = await tcpdump.StandardError.ReadLineAsync(cancellation);
        Assert.StartsWith("tcpdump: listening on lo", words, StringComparison.Ordinal);
        return new Wire(tcpdump, folder);
    }

    /// <summary>Ends the capture when nothing comes any more; fails when tcpdump missed a packet.</summary>
    public async Task EndAsync(CancellationToken cancellation)
    {
        for (long length = -1; new FileInfo(File).Length is var now && now != length; length = now)
            await Task.Delay(TimeSpan.FromMilliseconds(500), TimeProvider.System, cancellation);
        using (Process kill = Process.Start("kill", ["-INT", _tcpdump.Id.ToString(CultureInfo.InvariantCulture)])!)
            await kill.WaitForExitAsync(cancellation);
        string words = await _tcpdump.StandardError.ReadToEndAsync(cancellation);
        await _tcpdump.WaitForExitAsync(cancellation);
        Assert.Contains("\n0 packets dropped by kernel", words, StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_tcpdump.HasExited)
            _tcpdump.Kill();
        await _tcpdump.WaitForExitAsync(CancellationToken.None);
        _tcpdump.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    static string FileIn(string folder) => Path.Combine(folder, "wire.pcap");
}
