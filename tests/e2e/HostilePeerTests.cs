using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Homer.Search.Protocol;

namespace Homer.Search.Tests.EndToEnd;

/// <summary>Peers that want something else than to report.</summary>
public sealed class HostilePeerTests
{
    const int Idle = 9_000;
    const int Calls = 500;

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Ten_thousand_idle_connections_a_thousand_of_them_inside_a_packet_and_one_that_sends_garbage_for_ever_hold_no_agent_up()
    {
        await using HomerServer server = await HomerServer.StartAsync(Cancellation);
        var address = new IPEndPoint(IPAddress.Loopback, server.HepPort);
        var peers = new List<Socket>();
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        Task<long> garbage = SendGarbageAsync(address, enough.Token);
        try
        {
            while (peers.Count < Idle + 1_000)
            {
                var peer = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                peers.Add(peer);
                await peer.ConnectAsync(address, Cancellation);
                // The head of a packet whose rest never comes.
                if (peers.Count > Idle)
                    await peer.SendAsync(new byte[] { (byte)'H', (byte)'E', (byte)'P', (byte)'3', 1, 0 }, Cancellation);
            }

            using var agent = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            await agent.ConnectAsync(address, Cancellation);
            byte[] packet = new byte[1024];
            for (int call = 0; call < Calls; call++)
            {
                int length = HepPackets.Write(packet, Instant.Now(TimeProvider.System), "OPTIONS sip:a@b SIP/2.0\r\nCall-ID: x\r\nCSeq: 1 OPTIONS\r\n\r\n"u8);
                await agent.SendAsync(packet.AsMemory(0, length), Cancellation);
            }

            await GraphQLClient.UntilAsync(() => server.GraphQL.StoredMessagesAsync(Cancellation), stored => stored == Calls, Cancellation);
        }
        finally
        {
            await enough.CancelAsync();
            peers.ForEach(peer => peer.Dispose());
        }

        Assert.True(await garbage > 0, "No garbage was sent.");
        JsonElement rejected = (await server.GraphQL.AskAsync("{ ingest { rejected { reason count } } }", Cancellation)).GetProperty("ingest").GetProperty("rejected");
        Assert.Contains(rejected.EnumerateArray(), reason => reason.GetProperty("count").GetInt64() > 0);
    }

    /// <summary>Connects again each time it is thrown out; returns how many octets it sent.</summary>
    static async Task<long> SendGarbageAsync(IPEndPoint address, CancellationToken enough)
    {
        long sent = 0;
        byte[] noise = new byte[4096];
        var random = new Random(7);
        while (!enough.IsCancellationRequested)
        {
            using var peer = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                await peer.ConnectAsync(address, enough);
                while (!enough.IsCancellationRequested)
                {
                    random.NextBytes(noise);
                    sent += await peer.SendAsync(noise, enough);
                }
            }
            catch (Exception thrownOut) when (thrownOut is SocketException or OperationCanceledException)
            {
                // Thrown out, as it should be, or enough.
            }
        }

        return sent;
    }
}
