using System.Net;
using System.Net.Sockets;

namespace Homer.Search.Ingest;

/// <summary>One datagram a system call, on any system.</summary>
sealed unsafe class OneDatagram(Socket socket) : DatagramBlock(slots: 1)
{
    readonly SocketAddress _sender = new(socket.AddressFamily);
    readonly EndPoint _any = new IPEndPoint(socket.AddressFamily == AddressFamily.InterNetwork ? IPAddress.Any : IPAddress.IPv6Any, 0);
    int _length;

    public override int Receive(bool wait)
    {
        if (!wait && socket.Available == 0)
            return 0;

        try
        {
            _length = socket.ReceiveFrom(new Span<byte>(Memory, SlotBytes), SocketFlags.None, _sender);
            return 1;
        }
        catch (SocketException expired) when (expired.SocketErrorCode is SocketError.TimedOut or SocketError.WouldBlock)
        {
            return 0;
        }
    }

    public override int Length(int slot) => _length;

    public override (UInt128 Address, ushort Port) Peer(int slot)
    {
        var sender = (IPEndPoint)_any.Create(_sender);
        return (PeerAddress.From(sender.Address), (ushort)sender.Port);
    }
}
