using System.Buffers;
using System.Diagnostics;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using Homer.Search.Journal;
using Homer.Search.Protocol;
using Homer.Search.Protocol.Hep;
using Microsoft.Extensions.Logging;

namespace Homer.Search.Ingest;

/// <summary>
/// One agent's connection: cuts packets out of the stream into the journal. Never writes to the agent, which may not read; when the journal
/// is full it stops reading, so that the agent has to wait. While nothing comes it holds no buffer.
/// </summary>
/// <param name="socket">Disposed when the connection ends.</param>
/// <param name="gate">Which packets are taken.</param>
/// <param name="identity">With what the TLS handshake is made; null when there is none.</param>
sealed class StreamConnection(
    Socket socket, TlsIdentity? identity, Gate gate, CaptureJournal journal, IngestMeter meter, TimeProvider clock, ILogger log)
{
    /// <summary>Twice the longest packet: one may end behind the half of a read.</summary>
    const int BufferBytes = 2 * (HepFramer.MaximumLength + 1);

    const int PacketsAtOnce = 256;

    readonly EndPoint? _peer = socket.RemoteEndPoint;
    readonly TransportProtocol _transport = identity is null ? TransportProtocol.Tcp : TransportProtocol.Tls;
    Stream _stream = Stream.Null;
    PacketSlice[] _packets = [];
    byte[]? _buffer;
    int _filled;

    /// <summary>Stamp since when nothing has come, or since when what was begun is not whole.</summary>
    long _since;

    /// <summary>It is the peer that is waited for, not the journal.</summary>
    volatile bool _isWaiting;

    /// <summary>A packet, or the handshake, has been begun.</summary>
    volatile bool _isBegun;

    volatile bool _isLate;

    /// <summary>Ends the connection when its peer has let it wait for too long. Called beside <see cref="ReadAsync"/>.</summary>
    public void EndWhenLate(StreamLimits limits)
    {
        TimeSpan limit = _isBegun ? limits.Frame : limits.Idle;
        if (!_isWaiting || _isLate || clock.GetElapsedTime(Volatile.Read(ref _since)) < limit)
            return;
        _isLate = true;
        meter.ConnectionExpired();
        log.ConnectionExpired(_peer, _isBegun ? "it did not finish what it had begun" : "nothing came", limit);
        socket.Dispose();
    }

    /// <summary>Reads until the agent closes, sends what is no HEP, or the server stops.</summary>
    public async Task ReadAsync(CancellationToken stopping)
    {
        meter.ConnectionOpened();
        try
        {
            _stream = await OpenAsync(stopping);
            while (await FillAsync(stopping) && await PublishAsync(stopping))
            {
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // What is left in the buffer was not received: its sender knows nothing else.
        }
        catch (Exception broken) when (broken is SocketException or IOException or AuthenticationException || (_isLate && broken is ObjectDisposedException))
        {
            log.ConnectionBroke(_peer, broken.Message);
        }
        finally
        {
            if (_filled > 0)
                meter.Drop(DropReason.PartialFrame);
            Release();
            await _stream.DisposeAsync();
            socket.Dispose();
            meter.ConnectionClosed();
        }
    }

    async ValueTask<Stream> OpenAsync(CancellationToken stopping)
    {
        var plain = new NetworkStream(socket, ownsSocket: true);
        if (identity is null)
            return plain;

        var secure = new SslStream(plain);
        try
        {
            Volatile.Write(ref _since, clock.GetTimestamp());
            (_isBegun, _isWaiting) = (true, true);
            await secure.AuthenticateAsServerAsync(identity.Current, stopping);
            (_isBegun, _isWaiting) = (false, false);
            return secure;
        }
        catch (Exception failure)
        {
            if (failure is AuthenticationException or IOException)
                meter.HandshakeFailed();
            await secure.DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits for octets and takes them behind those that are there; false at the end of the stream.</summary>
    async ValueTask<bool> FillAsync(CancellationToken stopping)
    {
        if (_filled == 0 || !_isBegun)
        {
            // The rest of a packet is timed from its first octet, not from its latest: a peer that dribbles gains nothing.
            Volatile.Write(ref _since, clock.GetTimestamp());
            _isBegun = _filled > 0;
        }

        _isWaiting = true;

        if (_buffer is null)
        {
            _ = await _stream.ReadAsync(Memory<byte>.Empty, stopping);
            _buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
            _packets = ArrayPool<PacketSlice>.Shared.Rent(PacketsAtOnce);
        }

        int received = await _stream.ReadAsync(_buffer.AsMemory(_filled), stopping);
        _isWaiting = false;
        _filled += received;
        return received > 0;
    }

    /// <summary>Moves every whole packet into the journal; false when the stream is no HEP.</summary>
    async ValueTask<bool> PublishAsync(CancellationToken stopping)
    {
        Arrival arrival = ArrivalNow();
        for (int head = 0; ;)
        {
            long started = Stopwatch.GetTimestamp();
            int count = Cut(head, arrival, out int end, out HepRejection rejection);
            int published = Append(0, count);
            meter.Worked(Stage.Receive, started);
            while (published < count)
            {
                await journal.WaitForRoomAsync(stopping);
                published += Append(published, count);
            }

            head = end;
            if (rejection != HepRejection.None)
            {
                Refuse(rejection, head);
                return false;
            }

            if (count < _packets.Length)
            {
                KeepFrom(head);
                return true;
            }
        }
    }

    /// <summary>Cuts packets from <paramref name="head"/> on; returns how many, at most as many as one append takes.</summary>
    int Cut(int head, in Arrival arrival, out int end, out HepRejection rejection)
    {
        int count = 0;
        rejection = HepRejection.None;
        for (end = head; count < _packets.Length;)
        {
            if (HepFramer.Read(_buffer.AsSpan(end, _filled - end), out int length, out rejection) != HepFrameStatus.Done)
                break;
            if (gate.Refuses(_buffer.AsSpan(end, length), arrival.Peer) is { } reason)
                meter.Drop(reason);
            else
                _packets[count++] = new PacketSlice(end, length, arrival);
            end += length;
        }

        return count;
    }

    int Append(int from, int to)
    {
        int published = from == to ? 0 : journal.Append(_buffer, _packets.AsSpan(from, to - from));
        meter.AddReceived(published);
        return published;
    }

    void KeepFrom(int head)
    {
        _isBegun = _isBegun && head == 0;
        _filled -= head;
        if (_filled > 0)
            _buffer.AsSpan(head, _filled).CopyTo(_buffer);
        else
            Release();
    }

    void Refuse(HepRejection rejection, int head)
    {
        meter.Reject(rejection);
        if (log.IsEnabled(LogLevel.Debug))
            log.ConnectionRefused(_peer, rejection, PacketDoor.FirstBytes(_buffer.AsSpan(head, _filled - head)));
        _filled = 0;
    }

    void Release()
    {
        if (_buffer is null)
            return;
        ArrayPool<byte>.Shared.Return(_buffer);
        ArrayPool<PacketSlice>.Shared.Return(_packets);
        _buffer = null;
    }

    Arrival ArrivalNow()
    {
        var peer = _peer as IPEndPoint;
        UInt128 address = peer is null ? UInt128.Zero : PeerAddress.From(peer.Address);
        return new Arrival(Instant.Now(clock), address, (ushort)(peer?.Port ?? 0), _transport);
    }
}
