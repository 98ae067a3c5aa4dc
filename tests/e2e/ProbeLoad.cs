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

    /// <summary>Of each round at least what was counted as received is stored, once, and each call is what its messages make it.</summary>
    public static async Task AssertStoredOnceAsync(HomerServer server, IReadOnlyList<long> received, CancellationToken cancellation)
    {
        List<JsonElement> messages = await server.GraphQL.MessagesAsync("", "callId code time", cancellation);
        ILookup<int, (int Number, int? Code)> rounds = messages
            .Select(message => (Parts: message.GetProperty("callId").GetString()!.Split('-'), Code: Code(message, "code")))
            .ToLookup(message => Number(message.Parts[0]), message => (Number(message.Parts[1]), message.Code));
        for (int round = 0; round < received.Count; round++)
        {
            (int Number, int? Code)[] stored = [.. rounds[round].Order()];
            // One connection a round: what arrived is the beginning of what was sent, without a hole and without a double.
            Assert.Equal(Enumerable.Range(0, stored.Length).Select(place => (place / 2, place % 2 == 0 ? null : (int?)200)), stored);
            Assert.True(stored.Length >= received[round], $"Round {round}: {received[round]} were counted as received, {stored.Length} are stored.");
        }

        List<JsonElement> calls = await server.GraphQL.CallsAsync("call.method : OPTIONS", "callId messageCount finalCode startedAt lastMessageAt", cancellation);
        Assert.Equal(
            messages.GroupBy(message => message.GetProperty("callId").GetString()!).Select(call => new ProbeCall(
                call.Key, call.Count(), call.Max(message => Code(message, "code")), call.Min(message => Time(message, "time"))!, call.Max(message => Time(message, "time"))!))
                .OrderBy(call => call.CallId, StringComparer.Ordinal),
            calls.Select(call => new ProbeCall(
                call.GetProperty("callId").GetString()!, call.GetProperty("messageCount").GetInt32(), Code(call, "finalCode"), Time(call, "startedAt"), Time(call, "lastMessageAt")))
                .OrderBy(call => call.CallId, StringComparer.Ordinal));
    }

    static int Number(string digits) => int.Parse(digits, CultureInfo.InvariantCulture);

    static int? Code(JsonElement node, string name) => node.GetProperty(name) is { ValueKind: JsonValueKind.Number } code ? code.GetInt32() : null;

    static string Time(JsonElement node, string name) => node.GetProperty(name).GetString()!;

    /// <summary>A call as its messages make it, or as it is stored.</summary>
    sealed record ProbeCall(string CallId, int MessageCount, int? FinalCode, string StartedAt, string LastMessageAt);
}
