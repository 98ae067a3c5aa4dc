using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Homer.Search.Protocol;

namespace Homer.Search.Tests.EndToEnd;

/// <summary>
/// OPTIONS and their answers without end over one connection, each pair a call of its own with a number, and the proof that no message is missing or there
/// twice, and that the calls are what the messages make them.
/// </summary>
static class ProbeLoad
{
    const int Burst = 50;

    /// <summary>Sends until it is stopped or the server is gone.</summary>
    public static async Task SendUntilStoppedAsync(int port, int round, TimeSpan betweenBursts, CancellationToken stop)
    {
        using var agent = new TcpClient();
        await agent.ConnectAsync(IPAddress.Loopback, port, stop);
        NetworkStream stream = agent.GetStream();
        var packet = new byte[2048];
        try
        {
            for (int number = 0; ; number++)
            {
                foreach (string first in (string[])["OPTIONS sip:probe@10.0.0.2 SIP/2.0", "SIP/2.0 200 OK"])
                {
                    byte[] sip = Encoding.ASCII.GetBytes(
                        $"{first}\r\nVia: SIP/2.0/UDP 10.0.0.1;branch=z9hG4bK{round}-{number}\r\nFrom: <sip:a@x>;tag=1\r\nTo: <sip:b@y>\r\n"
                        + $"Call-ID: {round}-{number}\r\nCSeq: 1 OPTIONS\r\nContent-Length: 0\r\n\r\n");
                    int length = HepPackets.Write(packet, Instant.Now(TimeProvider.System), sip);
                    await stream.WriteAsync(packet.AsMemory(0, length), stop);
                }

                if (number % Burst == Burst - 1)
                    await Task.Delay(betweenBursts, TimeProvider.System, stop);
            }
        }
        catch (Exception gone) when (gone is IOException or OperationCanceledException)
        {
            // The server was killed, or there was enough.
        }
    }

    /// <summary>Loads the server and kills it, again and again; returns what it had counted as received before each kill. It runs afterwards.</summary>
    public static async Task<IReadOnlyList<long>> KillAgainAndAgainAsync(HomerServer server, int kills, TimeSpan betweenBursts, CancellationToken cancellation)
    {
        var random = new Random(20261124);
        var receivedBeforeKill = new List<long>();
        for (int round = 0; round < kills; round++)
        {
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            Task load = SendUntilStoppedAsync(server.HepPort, round, betweenBursts, stop.Token);
            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(600, 2500)), TimeProvider.System, cancellation);
            receivedBeforeKill.Add((await server.GraphQL.IngestAsync(cancellation)).Received);
            await server.KillAsync();
            await stop.CancelAsync();
            await load;
            await server.StartAgainAsync(cancellation);
        }

        Assert.True(receivedBeforeKill.Sum() > 0, "The load never reached the server before a kill.");
        return receivedBeforeKill;
    }

    /// <summary>Of each round at least what was counted as received is stored, once, and each call has its messages.</summary>
    public static async Task AssertStoredOnceAsync(HomerServer server, IReadOnlyList<long> received, CancellationToken cancellation)
    {
        List<JsonElement> messages = await server.GraphQL.MessagesAsync("", "callId", cancellation);
        ILookup<int, int> numbersByRound = messages
            .Select(message => message.GetProperty("callId").GetString()!.Split('-'))
            .ToLookup(parts => int.Parse(parts[0], CultureInfo.InvariantCulture), parts => int.Parse(parts[1], CultureInfo.InvariantCulture));
        for (int round = 0; round < received.Count; round++)
        {
            int[] numbers = [.. numbersByRound[round].Order()];
            // One connection a round: what arrived is the beginning of what was sent, without a hole and without a double.
            Assert.Equal(Enumerable.Range(0, numbers.Length).Select(place => place / 2), numbers);
            Assert.True(numbers.Length >= received[round], $"Round {round}: {received[round]} were counted as received, {numbers.Length} are stored.");
        }

        List<JsonElement> calls = await server.GraphQL.CallsAsync("call.method : OPTIONS", "callId messageCount", cancellation);
        Assert.Equal(
            messages.CountBy(message => message.GetProperty("callId").GetString()!).OrderBy(call => call.Key, StringComparer.Ordinal),
            calls.Select(call => KeyValuePair.Create(call.GetProperty("callId").GetString()!, call.GetProperty("messageCount").GetInt32()))
                .OrderBy(call => call.Key, StringComparer.Ordinal));
    }
}
