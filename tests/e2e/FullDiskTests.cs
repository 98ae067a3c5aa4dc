using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Homer.Search.Protocol;
using Homer.Search.Tests.EndToEnd.Agents;

namespace Homer.Search.Tests.EndToEnd;

/// <summary>A disk of its own that fills up under load and gets room again.</summary>
public sealed class FullDiskTests
{
    const int DiskMegabytes = 1024;
    const int Messages = 900_000;

    public static bool AreOn => AgentPrograms.AreOn;

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(SkipUnless = nameof(AreOn), Skip = AgentPrograms.LeftOut)]
    public async Task On_a_full_disk_TCP_waits_and_everything_sent_is_stored_once_there_is_room_again()
    {
        string disk = Directory.CreateTempSubdirectory("homer-disk-").FullName;
        await RunAsync("mount", "-t", "tmpfs", "-o", $"size={DiskMegabytes}m", "tmpfs", disk);
        try
        {
            await using HomerServer server = await HomerServer.StartAsync(Cancellation, Path.Combine(disk, "data"));
            string filler = Path.Combine(disk, "filler");
            await RunAsync("fallocate", "-l", $"{new DriveInfo(disk).AvailableFreeSpace}", filler);

            var sent = new Counter();
            Task load = SendAsync(server.HepPort, sent);
            long held = await UntilTheSenderIsHeldAsync(sent);
            Assert.True(held < Messages, "The sender was never held back: the disk did not fill.");
            Assert.False(load.IsCompleted);

            File.Delete(filler);
            await load;
            await GraphQLClient.UntilAsync(() => server.GraphQL.StoredMessagesAsync(Cancellation), stored => stored >= Messages, Cancellation);
            Assert.Equal(Messages, await server.GraphQL.StoredMessagesAsync(Cancellation));
            JsonElement ingest = (await server.GraphQL.AskAsync("{ ingest { received dropped { reason count } } }", Cancellation)).GetProperty("ingest");
            Assert.Equal(Messages, ingest.GetProperty("received").GetInt64());
            Assert.All(ingest.GetProperty("dropped").EnumerateArray(), dropped => Assert.Equal(0, dropped.GetProperty("count").GetInt64()));
        }
        finally
        {
            await RunAsync("umount", disk);
            Directory.Delete(disk);
        }
    }

    /// <summary>Waits until the count stands still for three seconds and returns it.</summary>
    static async Task<long> UntilTheSenderIsHeldAsync(Counter sent)
    {
        long last = -1;
        while (sent.Value != last || last == 0)
        {
            last = sent.Value;
            await Task.Delay(TimeSpan.FromSeconds(3), TimeProvider.System, Cancellation);
        }

        return last;
    }

    static async Task SendAsync(int port, Counter sent)
    {
        using var agent = new TcpClient();
        await agent.ConnectAsync(IPAddress.Loopback, port, Cancellation);
        NetworkStream stream = agent.GetStream();
        var packet = new byte[2048];
        for (int number = 0; number < Messages; number++)
        {
            byte[] sip = Encoding.ASCII.GetBytes(
                $"OPTIONS sip:probe@10.0.0.2 SIP/2.0\r\nVia: SIP/2.0/UDP 10.0.0.1;branch=z9hG4bK{number}\r\nFrom: <sip:a@x>;tag=1\r\nTo: <sip:b@y>\r\n"
                + $"Call-ID: full-{number % 1000}\r\nCSeq: {number} OPTIONS\r\nContent-Length: 0\r\n\r\n");
            int length = HepPackets.Write(packet, Instant.Now(TimeProvider.System), sip);
            await stream.WriteAsync(packet.AsMemory(0, length), Cancellation);
            sent.Value = number + 1;
        }
    }

    static async Task RunAsync(string program, params string[] arguments)
    {
        using Process process = Process.Start(program, arguments);
        await process.WaitForExitAsync(Cancellation);
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}.");
    }

    sealed class Counter
    {
        long _value;

        public long Value
        {
            get => Volatile.Read(ref _value);
            set => Volatile.Write(ref _value, value);
        }
    }
}
