using System.Net;
using System.Net.Sockets;
using Homer.Search.Ingest;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Homer.Search.Tests.Ingest;

/// <summary>What one peer may take, by a clock of the test.</summary>
public sealed class StreamLimitsTests : IAsyncLifetime
{
    static readonly StreamLimits Limits = new() { Connections = 12_000, Idle = TimeSpan.FromHours(1), Frame = TimeSpan.FromSeconds(30) };

    readonly JournalFolder _folder = new();
    readonly FakeTimeProvider _clock = new();
    readonly IngestMeter _meter;
    readonly StreamListener _listener;

    public StreamLimitsTests()
    {
        _meter = new IngestMeter(_folder.Journal, TimeProvider.System);
        _listener = new StreamListener(
            new IPEndPoint(IPAddress.Loopback, 0), Limits, tls: null, new Gate(new GateOptions(), TimeProvider.System), _folder.Journal, _meter, _clock, NullLogger<StreamListener>.Instance);
    }

    public async ValueTask InitializeAsync() => await _listener.StartAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _listener.StopAsync(CancellationToken.None);
        _listener.Dispose();
        _meter.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_peer_that_dribbles_is_closed_however_often_an_octet_comes()
    {
        using Socket neighbour = await ConnectAsync();
        using Socket slow = await ConnectAsync();
        byte[] packet = SomePackets.Hep(SomePackets.Invite("slow"));
        int sent = 0;
        bool isClosed = false;
        while (!isClosed)
        {
            Assert.True(sent < packet.Length, "The whole packet got through, an octet every five seconds.");
            try
            {
                await slow.SendAsync(packet.AsMemory(sent++, 1), TestContext.Current.CancellationToken);
            }
            catch (SocketException)
            {
                break;
            }

            await Eventually.TrueAsync(() => _meter.Snapshot().Dropped.Count > 0 || slow.Available == 0);
            _clock.Advance(TimeSpan.FromSeconds(5));
            isClosed = slow.Poll(TimeSpan.FromMilliseconds(50), SelectMode.SelectRead);
        }

        await Eventually.TrueAsync(() => _meter.Snapshot().Dropped.Any(drop => drop.Reason == "partial_frame"));
        await neighbour.SendAsync(SomePackets.Hep(SomePackets.Invite("neighbour")), TestContext.Current.CancellationToken);
        await Eventually.TrueAsync(() => _meter.Received == 1);
    }

    [Fact]
    public async Task A_connection_is_closed_when_nothing_has_come_for_the_limit_and_not_before()
    {
        using Socket agent = await ConnectAsync();
        await agent.SendAsync(SomePackets.Hep(SomePackets.Invite("first")), TestContext.Current.CancellationToken);
        await Eventually.TrueAsync(() => _meter.Received == 1);
        _clock.Advance(TimeSpan.FromMinutes(50));
        await agent.SendAsync(SomePackets.Hep(SomePackets.Invite("second")), TestContext.Current.CancellationToken);
        await Eventually.TrueAsync(() => _meter.Received == 2);

        await Eventually.TrueAsync(() =>
        {
            _clock.Advance(TimeSpan.FromMinutes(10));
            return agent.Poll(TimeSpan.Zero, SelectMode.SelectRead);
        });
        Assert.Empty(_meter.Snapshot().Dropped);
    }

    [Fact]
    public async Task Thousands_of_idle_connections_hold_nobody_up()
    {
        const int Count = 2_000;
        var idle = new List<Socket>();
        try
        {
            while (idle.Count < Count)
                idle.Add(await ConnectAsync());
            using Socket agent = await ConnectAsync();
            await agent.SendAsync(SomePackets.Hep(SomePackets.Invite("busy")), TestContext.Current.CancellationToken);
            await Eventually.TrueAsync(() => _meter.Received == 1);
        }
        finally
        {
            idle.ForEach(socket => socket.Dispose());
        }
    }

    async Task<Socket> ConnectAsync()
    {
        var agent = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await agent.ConnectAsync(_listener.Address, TestContext.Current.CancellationToken);
        return agent;
    }
}
