using System.Net;
using System.Net.Sockets;
using Homer.Search.Journal;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Homer.Search.Ingest;

/// <summary>Takes HEP over TCP on one address: accepts connections, each of which is a <see cref="StreamConnection"/> of its own.</summary>
sealed class StreamListener(
    IPEndPoint address, int maxConnections, CaptureJournal journal, IngestMeter meter, TimeProvider clock, ILogger<StreamListener> log)
    : IHostedService, IDisposable
{
    static readonly TimeSpan AcceptPause = TimeSpan.FromMilliseconds(200);

    readonly CancellationTokenSource _stopping = new();
    readonly HashSet<Task> _connections = [];
    Socket? _socket;
    Task _accepting = Task.CompletedTask;

    /// <summary>Where it listens; the port is known once it has started.</summary>
    public IPEndPoint Address { get; private set; } = address;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _socket = ListenSocket.Bind(Address, SocketType.Stream, ProtocolType.Tcp);
        _socket.Listen();
        Address = (IPEndPoint)_socket.LocalEndPoint!;
        log.TcpListening(Address);
        _accepting = Task.Run(AcceptAsync, CancellationToken.None);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        await _accepting.WaitAsync(cancellationToken);
        await Task.WhenAll(_connections).WaitAsync(cancellationToken);
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
        _connections.RemoveWhere(connection => connection.IsCompleted);
        if (_connections.Count >= maxConnections)
        {
            meter.ConnectionRefused();
            log.TooManyConnections(peer.RemoteEndPoint, maxConnections, Address);
            peer.Dispose();
            return;
        }

        var connection = new StreamConnection(peer, journal, meter, clock, log);
        _connections.Add(Task.Run(() => connection.ReadAsync(_stopping.Token), CancellationToken.None));
    }
}
