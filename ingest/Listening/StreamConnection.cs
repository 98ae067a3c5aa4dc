using System.Buffers;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Homer.Search.Journal;
using Homer.Search.Protocol;
using Homer.Search.Protocol.Hep;
using Microsoft.Extensions.Logging;

namespace Homer.Search.Ingest;

/// <summary>
/// One agent's connection: cuts packets out of the stream into the journal. Never writes to the agent, which may not read; when the journal
/// is full it stops reading, so that the agent has to wait. While nothing comes it holds no buffer.
/// </summary>
sealed class StreamConnection(Socket socket, CaptureJournal journal, IngestMeter meter, TimeProvider clock, ILogger log)
{
    /// <summary>Twice the longest packet: one may end behind the half of a read.</summary>
    const int BufferBytes = 2 * (HepFramer.MaximumLength + 1);

    readonly EndPoint? _peer = socket.RemoteEndPoint;
    readonly PacketSlice[] _packets = new PacketSlice[256];
    byte[]? _buffer;
    int _filled;

    /// <summary>Reads until the agent closes, sends what is no HEP, or the server stops.</summary>
    public async Task ReadAsync(CancellationToken stopping)
    {
        meter.ConnectionOpened();
        try
        {
            while (await FillAsync(stopping) && await PublishAsync(stopping))
            {
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // What is left in the buffer was not received: its sender knows nothing else.
        }
        catch (SocketException broken)
        {
            log.ConnectionBroke(_peer, broken.Message);
        }
        finally
        {
            if (_filled > 0)
                meter.Drop(DropReason.PartialFrame);
            Release();
            socket.Dispose();
            meter.ConnectionClosed();
        }
    }

    /// <summary>Waits for octets and takes them behind those that are there; false at the end of the stream.</summary>
    async ValueTask<bool> FillAsync(CancellationToken stopping)
    {
        if (_buffer is null)
        {
            await socket.ReceiveAsync(Memory<byte>.Empty, stopping);
            _buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        }

        int received = await socket.ReceiveAsync(_buffer.AsMemory(_filled), stopping);
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
        for (end = head; count < _packets.Length; count++)
        {
            if (HepFramer.Read(_buffer.AsSpan(end, _filled - end), out int length, out rejection) != HepFrameStatus.Done)
                break;
            _packets[count] = new PacketSlice(end, length, arrival);
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
        if (_buffer is not null)
            ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = null;
    }

    Arrival ArrivalNow()
    {
        var peer = _peer as IPEndPoint;
        UInt128 address = peer is null ? UInt128.Zero : PeerAddress.From(peer.Address);
        return new Arrival(Instant.Now(clock), address, (ushort)(peer?.Port ?? 0), TransportProtocol.Tcp);
    }
}
