using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Homer.Search.Tests.EndToEnd;

/// <summary>
/// Stands between an agent and the server, hands every packet on and keeps what it saw: the independent count and the bytes to compare with.
/// It reads HEP by itself, not with the code under test.
/// </summary>
sealed class HepTap : IAsyncDisposable
{
    readonly CancellationTokenSource _stop = new();
    readonly int _server;
    readonly Socket _datagrams = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    readonly TcpListener _streams;
    readonly List<Task> _loops = [];

    public HepTap(int serverPort)
    {
        _server = serverPort;
        Port = FreePort.Next();
        _datagrams.Bind(new IPEndPoint(IPAddress.Loopback, Port));
        _streams = new TcpListener(IPAddress.Loopback, Port);
        _streams.Start();
        _loops.Add(RelayDatagramsAsync());
        _loops.Add(RelayStreamsAsync());
    }

    /// <summary>Where the agent sends to.</summary>
    public int Port { get; }

    /// <summary>Every packet, in the order it came.</summary>
    public ConcurrentQueue<byte[]> Packets { get; } = new();

    /// <summary>The payloads of one HEP protocol type (1 SIP, 5 RTCP, 100 log).</summary>
    public List<byte[]> Payloads(byte protocolType) =>
        [.. Packets.Select(Read).Where(packet => packet.Type == protocolType).Select(packet => packet.Payload)];

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _streams.Stop();
        _datagrams.Dispose();
        await Task.WhenAll(_loops);
        _stop.Dispose();
    }

    /// <summary>Protocol type and payload of a packet of any version, as plainly as it can be done.</summary>
    static (byte Type, byte[] Payload) Read(byte[] packet)
    {
        if (packet[0] == 1)
            return (1, packet[16..]);
        if (packet[0] == 2)
            return (1, packet[28..]);

        (byte type, byte[] payload) = (0, []);
        for (int offset = 6; offset < packet.Length;)
        {
            int chunk = BinaryPrimitives.ReadUInt16BigEndian(packet.AsSpan(offset + 2));
            int length = BinaryPrimitives.ReadUInt16BigEndian(packet.AsSpan(offset + 4));
            if (chunk == 0x0b)
                type = packet[offset + 6];
            if (chunk == 0x0f)
                payload = packet[(offset + 6)..(offset + length)];
            offset += length;
        }

        return (type, payload);
    }

    async Task RelayDatagramsAsync()
    {
        var buffer = new byte[65_535];
        var to = new IPEndPoint(IPAddress.Loopback, _server);
        try
        {
            while (true)
            {
                int length = await _datagrams.ReceiveAsync(buffer, _stop.Token);
                Packets.Enqueue(buffer[..length]);
                await _datagrams.SendToAsync(buffer.AsMemory(0, length), to, _stop.Token);
            }
        }
        catch (Exception closed) when (closed is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            // The tap was closed.
        }
    }

    async Task RelayStreamsAsync()
    {
        try
        {
            while (true)
                _loops.Add(RelayStreamAsync(await _streams.AcceptTcpClientAsync(_stop.Token)));
        }
        catch (Exception closed) when (closed is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            // The tap was closed.
        }
    }

    async Task RelayStreamAsync(TcpClient agent)
    {
        using TcpClient from = agent;
        using var to = new TcpClient();
        await to.ConnectAsync(IPAddress.Loopback, _server, _stop.Token);
        NetworkStream source = from.GetStream();
        var head = new byte[6];
        try
        {
            while (true)
            {
                await source.ReadExactlyAsync(head, _stop.Token);
                var packet = new byte[BinaryPrimitives.ReadUInt16BigEndian(head.AsSpan(4))];
                head.CopyTo(packet, 0);
                await source.ReadExactlyAsync(packet.AsMemory(6), _stop.Token);
                Packets.Enqueue(packet);
                await to.GetStream().WriteAsync(packet, _stop.Token);
            }
        }
        catch (Exception closed) when (closed is OperationCanceledException or IOException)
        {
            // The agent or the tap was closed.
        }
    }
}
