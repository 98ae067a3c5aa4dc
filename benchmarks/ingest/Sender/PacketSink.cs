using System.Net.Sockets;

namespace Homer.Search.Benchmarks.Ingest;

/// <summary>Where packets go: to one socket, streams in large pieces, datagrams one by one.</summary>
sealed class PacketSink(Socket socket)
{
    readonly byte[] _buffer = new byte[64 * 1024];
    readonly bool _isStream = socket.SocketType == SocketType.Stream;
    int _filled;

    public long Packets { get; private set; }

    /// <summary>Room for one packet, which is to be written before the next call.</summary>
    public Span<byte> Take(int length)
    {
        if (!_isStream || _filled + length > _buffer.Length)
            Flush();
        Packets++;
        _filled += length;
        return _buffer.AsSpan(_filled - length, length);
    }

    public void Flush()
    {
        for (int sent = 0; sent < _filled;)
            sent += socket.Send(_buffer.AsSpan(sent, _filled - sent));
        _filled = 0;
    }
}
