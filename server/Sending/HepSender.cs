using System.Net;
using System.Net.Sockets;

namespace Homer.Search.Server.Sending;

/// <summary>Sends HEP packets to a capture server, as an agent does: over UDP one datagram each, over TCP back to back.</summary>
sealed class HepSender : IDisposable
{
    readonly Socket _socket;
    readonly IPEndPoint _to;
    readonly byte[] _buffer = new byte[128 * 1024];
    int _buffered;

    HepSender(Socket socket, IPEndPoint to)
    {
        _socket = socket;
        _to = to;
    }

    bool IsStream => _socket.SocketType == SocketType.Stream;

    /// <exception cref="CommandException">Nobody answers there.</exception>
    public static async Task<HepSender> ConnectAsync(IPEndPoint to, bool tcp, CancellationToken cancellation)
    {
        var socket = new Socket(to.AddressFamily, tcp ? SocketType.Stream : SocketType.Dgram, tcp ? ProtocolType.Tcp : ProtocolType.Udp);
        try
        {
            await socket.ConnectAsync(to, cancellation);
            return new HepSender(socket, to);
        }
        catch (SocketException e)
        {
            socket.Dispose();
            throw Unreachable(to, e);
        }
    }

    /// <summary>Sends a packet, or keeps it for the next <see cref="FlushAsync"/>.</summary>
    public async ValueTask SendAsync(ReadOnlyMemory<byte> packet, CancellationToken cancellation)
    {
        if (IsStream)
        {
            if (_buffered + packet.Length > _buffer.Length)
                await FlushAsync(cancellation);
            packet.CopyTo(_buffer.AsMemory(_buffered));
            _buffered += packet.Length;
            return;
        }

        await TransmitAsync(packet, cancellation);
    }

    public async ValueTask FlushAsync(CancellationToken cancellation)
    {
        await TransmitAsync(_buffer.AsMemory(0, _buffered), cancellation);
        _buffered = 0;
    }

    public void Dispose() => _socket.Dispose();

    async ValueTask TransmitAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        try
        {
            while (!bytes.IsEmpty)
                bytes = bytes[await _socket.SendAsync(bytes, cancellation)..];
        }
        catch (SocketException e)
        {
            throw Unreachable(_to, e);
        }
    }

    static CommandException Unreachable(IPEndPoint to, SocketException e) =>
        CommandException.Failure($"nothing takes HEP at {to} ({e.Message.TrimEnd('.')}); start the server or correct --to.");
}
