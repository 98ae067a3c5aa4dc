using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Homer.Search.Tests.EndToEnd.Agents;

/// <summary>Real calls by SIPp: a caller and a callee that play one scenario each.</summary>
static class Sipp
{
    /// <summary>Plays calls of one scenario through the proxy; fails unless SIPp itself counted every one as successful.</summary>
    /// <param name="rate">Calls begun in a second.</param>
    public static Task<SippCounts> PlayAsync(Kamailio proxy, string scenario, int calls, int rate, CancellationToken cancellation) =>
        PlayAsync(proxy, scenario, Scenario("caller", scenario), FreePort.Next(), calls, rate, cancellation);

    /// <summary>Plays calls with a caller of its own; <paramref name="scenario"/> names the callee's side.</summary>
    public static async Task<SippCounts> PlayAsync(
        Kamailio proxy, string scenario, string callerFile, int calleePort, int calls, int rate, CancellationToken cancellation)
    {
        string folder = Directory.CreateTempSubdirectory("homer-sipp-").FullName;
        int callerPort = FreePort.Next();
        using var silent = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        Process? callee = null;
        if (File.Exists(Scenario("callee", scenario)))
        {
            callee = AgentPrograms.Start(
                "sipp", folder, "-sf", Scenario("callee", scenario), "-i", "127.0.0.1", "-p", Text(calleePort), "-m", Text(calls), "-nostdin");
            await WaitUntilItListensAsync(calleePort, cancellation);
        }
        else
        {
            // Nobody answers, yet the port is open, so that no ICMP error comes back.
            silent.Bind(new IPEndPoint(IPAddress.Loopback, calleePort));
        }

        using Process caller = AgentPrograms.Start(
            "sipp", folder, "-sf", callerFile, "-i", "127.0.0.1", "-p", Text(callerPort), "-m", Text(calls), "-r", Text(rate), "-l", Text(calls),
            "-s", Kamailio.NumberOf(calleePort), "-trace_counts", "-nostdin", $"127.0.0.1:{proxy.Port}");
        await caller.WaitForExitAsync(cancellation);
        Assert.True(caller.ExitCode == 0, $"SIPp did not carry all {calls} calls `{scenario}`; its words are in {folder}.");
        if (callee is not null)
        {
            await callee.WaitForExitAsync(cancellation);
            callee.Dispose();
        }

        SippCounts counts = SippCounts.Read(Assert.Single(Directory.GetFiles(folder, "caller-*_counts.csv")), calleePort, callerPort);
        Directory.Delete(folder, recursive: true);
        return counts;
    }

    static string Scenario(string side, string scenario) => Path.Combine(AppContext.BaseDirectory, "setups", "sipp", $"{side}-{scenario}.xml");

    static async Task WaitUntilItListensAsync(int port, CancellationToken cancellation)
    {
        for (int attempt = 0; attempt < 200; attempt++)
        {
            using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            try
            {
                probe.Bind(new IPEndPoint(IPAddress.Loopback, port));
            }
            catch (SocketException)
            {
                return;
            }

            probe.Close();
            await Task.Delay(TimeSpan.FromMilliseconds(25), TimeProvider.System, cancellation);
        }

        Assert.Fail("SIPp did not listen within five seconds.");
    }

    static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
