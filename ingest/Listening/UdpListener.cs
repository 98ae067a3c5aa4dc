using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Homer.Search.Journal;
using Homer.Search.Protocol;
using Homer.Search.Protocol.Hep;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Homer.Search.Ingest;

/// <summary>
/// Takes HEP datagrams on one address. A thread of its own moves them, as many at once as wait, from the kernel into the journal; when the
/// journal is full they are dropped and counted.
/// </summary>
sealed class UdpListener(
    IPEndPoint address, int receiveBufferBytes, Gate gate, CaptureJournal journal, IngestMeter meter, TimeProvider clock, ILogger<UdpListener> log)
    : IHostedService, IDisposable
{
    /// <summary>How long a stop may go unnoticed, and how often the kernel is asked about its drops.</summary>
    const int ReceiveTimeoutMs = 200;

    /// <summary>Refused datagrams are all counted; of a flood the log shows some.</summary>
    static readonly TimeSpan RefusalLogPause = TimeSpan.FromMilliseconds(100);

    readonly CancellationTokenSource _stopping = new();
    Socket? _socket;
    Task _receiving = Task.CompletedTask;
    uint _kernelDrops;
    long _lastLook;
    long _lastRefusal;

    /// <summary>Where it listens; the port is known once it has started.</summary>
    public IPEndPoint Address { get; private set; } = address;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _socket = ListenSocket.Bind(Address, SocketType.Dgram, ProtocolType.Udp);
        _socket.ReceiveTimeout = ReceiveTimeoutMs;
        Address = (IPEndPoint)_socket.LocalEndPoint!;
        log.UdpListening(Address, ListenSocket.EnlargeReceiveBuffer(_socket, receiveBufferBytes));
        _receiving = Task.Factory.StartNew(Receive, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        await _receiving.WaitAsync(cancellationToken);
    }

    public void Dispose()
    {
        _socket?.Dispose();
        _stopping.Dispose();
    }

    void Receive()
    {
        using var block = DatagramBlock.For(_socket!);
        var accepted = new PacketSlice[block.Slots];
        while (!_stopping.IsCancellationRequested)
            Take(block, accepted, wait: true);

        // What the kernel had accepted before the stop has been received as far as its sender can know.
        while (Take(block, accepted, wait: false))
        {
        }
    }

    /// <summary>True when there was something.</summary>
    bool Take(DatagramBlock block, PacketSlice[] accepted, bool wait)
    {
        try
        {
            int received = block.Receive(wait);
            if (received > 0)
                Publish(block, received, accepted);
            if (Stopwatch.GetElapsedTime(_lastLook).TotalMilliseconds >= ReceiveTimeoutMs)
                CountKernelDrops();
            return received > 0;
        }
        catch (SocketException failure)
        {
            log.ReceiveFailed(Address, failure.Message);
            _stopping.Token.WaitHandle.WaitOne(ReceiveTimeoutMs);
            return false;
        }
    }

    void Publish(DatagramBlock block, int received, PacketSlice[] accepted)
    {
        long started = Stopwatch.GetTimestamp();
        Instant now = Instant.Now(clock);
        int count = 0;
        for (int slot = 0; slot < received; slot++)
        {
            int offset = slot * DatagramBlock.SlotBytes;
            ReadOnlySpan<byte> datagram = block.Bytes.Slice(offset, block.Length(slot));
            (UInt128 peer, ushort port) = block.Peer(slot);
            if (!gate.Admits(peer))
            {
                meter.Drop(DropReason.PeerNotAllowed);
                continue;
            }

            HepRejection rejection = PacketDoor.Check(datagram);
            if (rejection != HepRejection.None)
                Refuse(rejection, datagram, peer, port);
            else if (gate.Refuses(datagram, peer) is { } reason)
                meter.Drop(reason);
            else
                accepted[count++] = new PacketSlice(offset, datagram.Length, new Arrival(now, peer, port, TransportProtocol.Udp));
        }

        int published = journal.Append(block.Bytes, accepted.AsSpan(0, count));
        meter.AddReceived(published);
        if (published < count)
            meter.Drop(journal.FullReason == JournalFullReason.Disk ? DropReason.DiskFull : DropReason.JournalFull, count - published);
        meter.Worked(Stage.Receive, started);
    }

    void Refuse(HepRejection rejection, ReadOnlySpan<byte> datagram, UInt128 peer, ushort port)
    {
        meter.Reject(rejection);
        if (!log.IsEnabled(LogLevel.Debug) || Stopwatch.GetElapsedTime(_lastRefusal) < RefusalLogPause)
            return;
        _lastRefusal = Stopwatch.GetTimestamp();
        log.PacketRefused(PeerAddress.Show(peer, port), rejection, PacketDoor.FirstBytes(datagram));
    }

    void CountKernelDrops()
    {
        _lastLook = Stopwatch.GetTimestamp();
        uint drops = ListenSocket.KernelDrops(_socket!);
        meter.Drop(DropReason.Kernel, unchecked(drops - _kernelDrops));
        _kernelDrops = drops;
    }
}
