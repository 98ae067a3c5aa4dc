using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Homer.Search.Journal;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Homer.Search.Ingest;

/// <summary>Takes HEP over TCP or TLS on one address: accepts connections, each of which is a <see cref="StreamConnection"/> of its own.</summary>
/// <param name="address">Where to listen.</param>
/// <param name="limits">What peers may take.</param>
/// <param name="gate">Who may send.</param>
/// <param name="tls">With what handshakes are made; null takes TCP without TLS.</param>
sealed class StreamListener(
    IPEndPoint address, StreamLimits limits, TlsOptions? tls, Gate gate, CaptureJournal journal, IngestMeter meter, TimeProvider clock, ILogger<StreamListener> log)
    : IHostedService, IDisposable
{
    static readonly TimeSpan AcceptPause = TimeSpan.FromMilliseconds(200);

    /// <summary>How late a limit of time may be noticed.</summary>
    static readonly TimeSpan LookPause = TimeSpan.FromSeconds(1);

    readonly CancellationTokenSource _stopping = new();
    readonly ConcurrentDictionary<StreamConnection, Task> _connections = [];
    TlsIdentity? _identity;
    Socket? _socket;
    Task _working = Task.CompletedTask;

    /// <summary>Where it listens; the port is known once it has started.</summary>
    public IPEndPoint Address { get; private set; } = address;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _identity = tls is null ? null : new TlsIdentity(tls, clock, log);
        _socket = ListenSocket.Bind(Address, SocketType.Stream, ProtocolType.Tcp);
        _socket.Listen();
        Address = (IPEndPoint)_socket.LocalEndPoint!;
        log.StreamListening(tls is null ? "TCP" : tls.Clients is null ? "TLS" : "mutual TLS", Address);
        _working = Task.WhenAll(Task.Run(AcceptAsync, CancellationToken.None), Task.Run(LookAsync, CancellationToken.None));
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        await _working.WaitAsync(cancellationToken);
        await Task.WhenAll(_connections.Values).WaitAsync(cancellationToken);
    }

    public void Dispose()
    {
        // Of a host that failed to start nobody asks the listener to stop.
        _stopping.Cancel();
        _socket?.Dispose();
        _stopping.Dispose();
    }

    async Task AcceptAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                Take(await _socket!.AcceptAsync(_stopping.Token));
            }
            catch (OperationCanceledException)
            {
                break;
            }
            catch (SocketException failure)
            {
                // Out of descriptors, or the peer was gone again: the others go on.
                log.AcceptFailed(Address, failure.Message);
                await Task.Delay(AcceptPause, clock, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        _socket!.Close();
    }

    void Take(Socket peer)
    {
        if (peer.RemoteEndPoint is IPEndPoint { Address: var remote } && !gate.Admits(PeerAddress.From(remote)))
        {
            meter.Drop(DropReason.PeerNotAllowed);
            peer.Dispose();
            return;
        }

        if (_connections.Count >= limits.Connections)
        {
            meter.ConnectionRefused();
            log.TooManyConnections(peer.RemoteEndPoint, limits.Connections, Address);
            peer.Dispose();
            return;
        }

        var connection = new StreamConnection(peer, _identity, gate, journal, meter, clock, log);
        _connections[connection] = Task.CompletedTask;
        Task reading = Task.Run(() => connection.ReadAsync(_stopping.Token), CancellationToken.None);
        // One that has ended by now is not there to be updated.
        _connections.TryUpdate(connection, reading, Task.CompletedTask);
        reading.ContinueWith(_ => _connections.TryRemove(connection, out Task? _), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    /// <summary>Ends connections that have used up their time.</summary>
    async Task LookAsync()
    {
        using var timer = new PeriodicTimer(LookPause, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(_stopping.Token))
            {
                foreach (StreamConnection connection in _connections.Keys)
                    connection.EndWhenLate(limits);
            }
        }
        catch (OperationCanceledException)
        {
            // The listener stops.
            return;
        }
    }
}
