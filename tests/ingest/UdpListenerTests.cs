using System.Net;
using System.Net.Sockets;
using Homer.Search.Ingest;
using Homer.Search.Protocol.Hep;
using Homer.Search.Store;
using Microsoft.Extensions.Logging.Abstractions;

namespace Homer.Search.Tests.Ingest;

public sealed class UdpListenerTests : IDisposable
{
    readonly JournalFolder _folder = new(segmentBytes: 256 * 1024, maxBytes: 512 * 1024);
    readonly IngestMeter _meter;

    public UdpListenerTests() => _meter = new IngestMeter(_folder.Journal, TimeProvider.System);

    public void Dispose()
    {
        _meter.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    public async Task Datagrams_reach_the_journal_with_the_address_of_their_agent(string address)
    {
        using UdpListener listener = await ListenAsync(address);
        byte[][] packets = [.. SomePackets.Invites(200)];
        using Socket agent = Connect(listener);
        foreach (byte[] packet in packets)
            agent.Send(packet);

        await Eventually.TrueAsync(() => _meter.Received == packets.Length);
        Assert.Equal(packets, _folder.Packets());
        using Journal.JournalReader reader = _folder.Journal.Follow(0);
        Assert.True(reader.TryRead(out Journal.JournalRecord record));
        Assert.Equal(PeerAddress.From(IPAddress.Parse(address)), record.Arrival.Peer);
        Assert.Equal(((IPEndPoint)agent.LocalEndPoint!).Port, record.Arrival.PeerPort);
        await listener.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task An_IPv4_agent_of_a_socket_for_both_families_is_known_by_its_IPv4_address()
    {
        using UdpListener listener = await ListenAsync("::");
        using var agent = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        agent.Connect(new IPEndPoint(IPAddress.Loopback, listener.Address.Port));
        agent.Send(SomePackets.Hep(SomePackets.Invite("a")));

        await Eventually.TrueAsync(() => _meter.Received == 1);
        using Journal.JournalReader reader = _folder.Journal.Follow(0);
        Assert.True(reader.TryRead(out Journal.JournalRecord record));
        Assert.Equal(IPAddress.Loopback, PeerAddress.ToAddress(record.Arrival.Peer));
        await listener.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task What_is_no_HEP_is_counted_by_reason_and_the_next_datagram_is_taken()
    {
        using UdpListener listener = await ListenAsync("127.0.0.1");
        using Socket agent = Connect(listener);
        agent.Send("HEP3"u8);
        agent.Send("GET / HTTP/1.1\r\n"u8);
        agent.Send("something else"u8);
        agent.Send(SomePackets.Hep(SomePackets.Invite("a")));

        await Eventually.TrueAsync(() => _meter.Received == 1);
        Assert.Equal(
            [new ReasonCount(nameof(HepRejection.TooShort), 1), new(nameof(HepRejection.NotHep), 1),
                new(nameof(HepRejection.LooksLikeHttp), 1)],
            _meter.Snapshot().Rejected);
        await listener.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Of_what_was_sent_all_is_received_or_counted_as_dropped_when_the_journal_is_full()
    {
        using UdpListener listener = await ListenAsync("127.0.0.1");
        using Socket agent = Connect(listener);
        const int Sent = 4000;
        foreach (byte[] packet in SomePackets.Invites(Sent))
            agent.Send(packet);

        await Eventually.TrueAsync(() => _meter.Received + _meter.Snapshot().Dropped.Sum(drop => drop.Count) == Sent);
        Assert.Contains(_meter.Snapshot().Dropped, drop => drop.Reason == "journal_full");
        Assert.Equal(_meter.Received, _folder.Packets().Count);
        await listener.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Datagrams_the_kernel_had_taken_before_a_stop_are_received()
    {
        using UdpListener listener = await ListenAsync("127.0.0.1");
        using Socket agent = Connect(listener);
        foreach (byte[] packet in SomePackets.Invites(50))
            agent.Send(packet);
        await listener.StopAsync(TestContext.Current.CancellationToken);
        Assert.Equal(50, _meter.Received);
    }

    [Fact]
    public async Task Datagrams_the_kernel_drops_are_counted()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        socket.ReceiveBufferSize = 4096;
        using var agent = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        agent.Connect(socket.LocalEndPoint!);
        for (int sent = 0; sent < 100; sent++)
            await agent.SendAsync(new byte[1000], TestContext.Current.CancellationToken);

        int waiting = 0;
        for (byte[] buffer = new byte[2000]; socket.Available > 0; waiting++)
            socket.Receive(buffer);
        Assert.Equal(OperatingSystem.IsLinux() ? 100u - (uint)waiting : 0, ListenSocket.KernelDrops(socket));
    }

    [Fact]
    public async Task What_the_gate_refuses_is_counted_and_stands_nowhere()
    {
        using UdpListener closed = await ListenAsync("127.0.0.1", new GateOptions { Allowed = [IPNetwork.Parse("10.0.0.0/8")] });
        using UdpListener locked = await ListenAsync("127.0.0.1", new GateOptions { Keys = ["secret"] });
        foreach (UdpListener listener in new[] { closed, locked })
        {
            using Socket agent = Connect(listener);
            agent.Send(SomePackets.Hep(SomePackets.Invite("a")));
            await Eventually.TrueAsync(() => _meter.Snapshot().Dropped.Count == (listener == closed ? 1 : 2));
            await listener.StopAsync(TestContext.Current.CancellationToken);
        }

        Assert.Equal([("peer_not_allowed", 1L), ("wrong_key", 1L)], _meter.Snapshot().Dropped.Select(drop => (drop.Reason, drop.Count)).Order());
        Assert.Empty(_folder.Packets());
    }

    async Task<UdpListener> ListenAsync(string address, GateOptions? gate = null)
    {
        var listener = new UdpListener(
            new IPEndPoint(IPAddress.Parse(address), 0), receiveBufferBytes: 1024 * 1024, new Gate(gate ?? new GateOptions(), TimeProvider.System),
            _folder.Journal, _meter, TimeProvider.System, NullLogger<UdpListener>.Instance);
        await listener.StartAsync(TestContext.Current.CancellationToken);
        return listener;
    }

    static Socket Connect(UdpListener listener)
    {
        var agent = new Socket(listener.Address.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        agent.Connect(listener.Address);
        return agent;
    }
}
