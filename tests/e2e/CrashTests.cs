using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Homer.Search.Protocol;

namespace Homer.Search.Tests.EndToEnd;

/// <summary>SIGKILL in the middle of a load, again and again, on the same data.</summary>
public sealed class CrashTests
{
    const int Kills = 10;
    const int Burst = 100;
    static readonly TimeSpan BetweenBursts = TimeSpan.FromMilliseconds(10);

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_message_counted_as_received_is_there_exactly_once_after_ten_kills()
    {
        await using HomerServer server = await HomerServer.StartAsync(Cancellation);
        var random = new Random(20261124);
        var receivedBeforeKill = new List<long>();
        for (int round = 0; round < Kills; round++)
        {
            if (round > 0)
                await server.StartAgainAsync(Cancellation);
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
            Task load = SendUntilStoppedAsync(server.HepPort, round, stop.Token);
            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(600, 2500)), TimeProvider.System, Cancellation);
            receivedBeforeKill.Add((await server.GraphQL.IngestAsync(Cancellation)).Received);
            await server.KillAsync();
            await stop.CancelAsync();
            await load;
        }

        await server.StartAgainAsync(Cancellation);
        long promised = receivedBeforeKill.Sum();
        Assert.True(promised > 0, "The load never reached the server before a kill.");
        await GraphQLClient.UntilAsync(() => server.GraphQL.LagMsAsync(Cancellation), lag => lag == 0, Cancellation);

        List<JsonElement> messages = await server.GraphQL.MessagesAsync("", "callId", Cancellation);
        ILookup<int, int> numbersByRound = messages
            .Select(message => message.GetProperty("callId").GetString()!.Split('-'))
            .ToLookup(parts => int.Parse(parts[0], CultureInfo.InvariantCulture), parts => int.Parse(parts[1], CultureInfo.InvariantCulture));
        for (int round = 0; round < Kills; round++)
        {
            int[] numbers = [.. numbersByRound[round].Order()];
            // One connection a round: what arrived is the beginning of what was sent, without a hole and without a double.
            Assert.Equal(Enumerable.Range(0, numbers.Length), numbers);
            Assert.True(
                numbers.Length >= receivedBeforeKill[round], $"Round {round}: {receivedBeforeKill[round]} were counted as received, {numbers.Length} are stored.");
        }

        List<JsonElement> calls = await server.GraphQL.CallsAsync("call.method : OPTIONS", "callId messageCount", Cancellation);
        Assert.Equal(messages.Count, calls.Count);
        Assert.All(calls, call => Assert.Equal(1, call.GetProperty("messageCount").GetInt32()));
    }

    static async Task SendUntilStoppedAsync(int port, int round, CancellationToken stop)
    {
        using var agent = new TcpClient();
        await agent.ConnectAsync(IPAddress.Loopback, port, stop);
        NetworkStream stream = agent.GetStream();
        var packet = new byte[2048];
        try
        {
            for (int number = 0; ; number++)
            {
                byte[] sip = Encoding.ASCII.GetBytes(
                    $"OPTIONS sip:probe@10.0.0.2 SIP/2.0\r\nVia: SIP/2.0/UDP 10.0.0.1;branch=z9hG4bK{round}-{number}\r\nFrom: <sip:a@x>;tag=1\r\nTo: <sip:b@y>\r\n"
                    + $"Call-ID: {round}-{number}\r\nCSeq: 1 OPTIONS\r\nContent-Length: 0\r\n\r\n");
                int length = HepPackets.Write(packet, Instant.Now(TimeProvider.System), sip);
                await stream.WriteAsync(packet.AsMemory(0, length), stop);
                if (number % Burst == Burst - 1)
                    await Task.Delay(BetweenBursts, TimeProvider.System, stop);
            }
        }
        catch (Exception gone) when (gone is IOException or OperationCanceledException)
        {
            // The server was killed, as it should.
        }
    }
}
