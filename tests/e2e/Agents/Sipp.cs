using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Homer.Search.Tests.EndToEnd.Agents;

/// <summary>Real calls by SIPp: a caller and a callee that play one scenario each.</summary>
static class Sipp
{
    /// <summary>Plays calls of one scenario through the proxy; fails unless SIPp itself counted every one as successful.</summary>
    public static async Task PlayAsync(Kamailio proxy, string scenario, int calls, CancellationToken cancellation)
    {
        string folder = Directory.CreateTempSubdirectory("homer-sipp-").FullName;
        using var silent = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        Process? callee = null;
        if (File.Exists(Scenario("callee", scenario)))
        {
            callee = AgentPrograms.Start(
                "sipp", folder, "-sf", Scenario("callee", scenario), "-i", "127.0.0.1", "-p", Text(proxy.CalleePort), "-m", Text(calls), "-nostdin");
            await WaitUntilItListensAsync(proxy.CalleePort, cancellation);
        }
        else
        {
            // Nobody answers, yet the port is open, so that no ICMP error comes back.
            silent.Bind(new IPEndPoint(IPAddress.Loopback, proxy.CalleePort));
        }

        using Process caller = AgentPrograms.Start(
            "sipp", folder, "-sf", Scenario("caller", scenario), "-i", "127.0.0.1", "-p", Text(FreePort.Next()), "-m", Text(calls), "-r", "20",
            "-s", $"+49301234{scenario.Length:D2}", "-nostdin", $"127.0.0.1:{proxy.Port}");
        await caller.WaitForExitAsync(cancellation);
        Assert.True(caller.ExitCode == 0, $"SIPp did not carry all {calls} calls `{scenario}`; its words are in {folder}.");
        if (callee is not null)
        {
            await callee.WaitForExitAsync(cancellation);
            callee.Dispose();
        }

        Directory.Delete(folder, recursive: true);
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
