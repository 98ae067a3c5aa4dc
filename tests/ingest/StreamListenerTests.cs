using System.Net;
using System.Net.Sockets;
using CsCheck;
using Homer.Search.Ingest;
using Homer.Search.Protocol.Hep;
using Microsoft.Extensions.Logging.Abstractions;

namespace Homer.Search.Tests.Ingest;

public sealed class StreamListenerTests : IAsyncLifetime
{
    readonly JournalFolder _folder = new();
    readonly IngestMeter _meter;
    StreamListener _listener;

    public StreamListenerTests()
    {
        _meter = new IngestMeter(_folder.Journal, TimeProvider.System);
        _listener = Listener(_folder, _meter);
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
    public async Task A_stream_cut_anywhere_gives_the_same_packets()
    {
        byte[][] packets = [.. SomePackets.Invites(20)];
        byte[] stream = [.. packets.SelectMany(packet => packet)];
        int before = 0;
        await Gen.Int[1, stream.Length - 1].Array[0, 12].SampleAsync(
            async cuts =>
            {
                using Socket agent = await ConnectAsync();
                foreach ((int from, int to) in Pieces(cuts, stream.Length))
                    await agent.SendAsync(stream.AsMemory(from, to - from));
                agent.Shutdown(SocketShutdown.Send);
                await Eventually.TrueAsync(() => _meter.Received == before + packets.Length);
                Assert.Equal(packets, _folder.Packets().Skip(before));
                before += packets.Length;
            },
            iter: 60,
            threads: 1);
    }

    [Fact]
    public async Task Packets_carry_the_address_of_their_agent()
    {
        using Socket agent = await ConnectAsync();
        await agent.SendAsync(SomePackets.Hep(SomePackets.Invite("a")), TestContext.Current.CancellationToken);
        await Eventually.TrueAsync(() => _meter.Received == 1);

        using Journal.JournalReader reader = _folder.Journal.Follow(0);
        Assert.True(reader.TryRead(out Journal.JournalRecord record));
        Assert.Equal(PeerAddress.From(IPAddress.Loopback), record.Arrival.Peer);
        Assert.Equal(((IPEndPoint)agent.LocalEndPoint!).Port, record.Arrival.PeerPort);
        Assert.Equal(Protocol.TransportProtocol.Tcp, record.Arrival.Transport);
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\n\r\n", nameof(HepRejection.LooksLikeHttp))]
    [InlineData("\u0016\u0003\u0001garbage", nameof(HepRejection.LooksLikeTls))]
    [InlineData("HEP3\0\u0002xx", nameof(HepRejection.BadTotalLength))]
    [InlineData("nonsense", nameof(HepRejection.NotHep))]
    public async Task What_is_no_HEP_closes_its_own_connection_and_no_other(string bytes, string reason)
    {
        using Socket neighbour = await ConnectAsync();
        await neighbour.SendAsync(SomePackets.Hep(SomePackets.Invite("before")), TestContext.Current.CancellationToken);
        using Socket agent = await ConnectAsync();
        byte[] good = SomePackets.Hep(SomePackets.Invite("good"));
        await agent.SendAsync((byte[])[.. good, .. System.Text.Encoding.Latin1.GetBytes(bytes)], TestContext.Current.CancellationToken);

        await AssertClosedAsync(agent);
        await neighbour.SendAsync(SomePackets.Hep(SomePackets.Invite("after")), TestContext.Current.CancellationToken);
        await Eventually.TrueAsync(() => _meter.Received == 3);
        Assert.Equal([new Store.ReasonCount(reason, 1)], _meter.Snapshot().Rejected);
        Assert.Contains(good, _folder.Packets());
    }

    [Fact]
    public async Task A_stream_that_ends_inside_a_packet_is_counted_and_no_rejection()
    {
        using (Socket agent = await ConnectAsync())
        {
            byte[] packet = SomePackets.Hep(SomePackets.Invite("cut"));
            await agent.SendAsync(packet.AsMemory(0, packet.Length / 2), TestContext.Current.CancellationToken);
        }

        await Eventually.TrueAsync(() => _meter.Snapshot().Dropped.Count > 0);
        Assert.Equal([new Store.ReasonCount("partial_frame", 1)], _meter.Snapshot().Dropped);
        Assert.Empty(_meter.Snapshot().Rejected);
    }

    [Fact]
    public async Task A_connection_too_many_is_closed()
    {
        await _listener.StopAsync(TestContext.Current.CancellationToken);
        _listener = Listener(_folder, _meter, maxConnections: 1);
        await _listener.StartAsync(TestContext.Current.CancellationToken);

        using Socket first = await ConnectAsync();
        await first.SendAsync(SomePackets.Hep(SomePackets.Invite("first")), TestContext.Current.CancellationToken);
        using Socket second = await ConnectAsync();
        await AssertClosedAsync(second);
        await Eventually.TrueAsync(() => _meter.Received == 1);
    }

    [Fact]
    public async Task A_port_in_use_is_named_with_the_cure()
    {
        using var second = new StreamListener(
            _listener.Address, new StreamLimits(), tls: null, new Gate(new GateOptions(), TimeProvider.System), _folder.Journal, _meter, TimeProvider.System, NullLogger<StreamListener>.Instance);
        var refused = await Assert.ThrowsAsync<ListenException>(() => second.StartAsync(TestContext.Current.CancellationToken));
        Assert.Equal(
            $"Cannot listen for HEP on {_listener.Address} (TCP): the port is in use. Stop what uses it, or choose another with --hep.",
            refused.Message);
    }

    [Fact]
    public async Task A_full_journal_makes_the_agent_wait_and_nothing_is_lost()
    {
        using var small = new JournalFolder(segmentBytes: 256 * 1024, maxBytes: 512 * 1024);
        using var meter = new IngestMeter(small.Journal, TimeProvider.System);
        using StreamListener listener = Listener(small, meter);
        await listener.StartAsync(TestContext.Current.CancellationToken);
        byte[][] packets = [.. SomePackets.Invites(20_000)];

        using var agent = new Socket(SocketType.Stream, ProtocolType.Tcp) { SendBufferSize = 64 * 1024 };
        await agent.ConnectAsync(listener.Address, TestContext.Current.CancellationToken);
        Task sending = Task.Run(() => Array.ForEach(packets, packet => agent.Send(packet)), TestContext.Current.CancellationToken);
        await Eventually.TrueAsync(() => small.Journal.FullReason == Journal.JournalFullReason.Bound);
        Assert.False(sending.IsCompleted);

        var read = new List<byte[]>();
        using Journal.JournalReader reader = small.Journal.Follow(0);
        while (read.Count < packets.Length)
        {
            while (reader.TryRead(out Journal.JournalRecord record))
                read.Add(record.Packet.ToArray());
            small.Journal.Advance(reader.Position);
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, TestContext.Current.CancellationToken);
        }

        await sending;
        Assert.Equal(packets, read);
        Assert.Equal(packets.Length, meter.Received);
        Assert.Empty(meter.Snapshot().Dropped);
        await listener.StopAsync(TestContext.Current.CancellationToken);
    }

    static StreamListener Listener(JournalFolder folder, IngestMeter meter, int maxConnections = 100) =>
        new(new IPEndPoint(IPAddress.Loopback, 0), new StreamLimits { Connections = maxConnections }, tls: null, new Gate(new GateOptions(), TimeProvider.System), folder.Journal, meter,
            TimeProvider.System, NullLogger<StreamListener>.Instance);

    static IEnumerable<(int From, int To)> Pieces(int[] cuts, int length)
    {
        int[] borders = [0, .. cuts.Order(), length];
        return borders.Zip(borders.Skip(1)).Where(piece => piece.First < piece.Second);
    }

    static async Task AssertClosedAsync(Socket agent)
    {
        try
        {
            Assert.Equal(0, await agent.ReceiveAsync(new byte[1], TestContext.Current.CancellationToken));
        }
        catch (SocketException reset)
        {
            Assert.Equal(SocketError.ConnectionReset, reset.SocketErrorCode);
        }
    }

    async Task<Socket> ConnectAsync()
    {
        var agent = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await agent.ConnectAsync(_listener.Address, TestContext.Current.CancellationToken);
        return agent;
    }
}
