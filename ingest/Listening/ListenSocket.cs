using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Homer.Search.Ingest;

/// <summary>Opens the sockets that are listened on, and asks the kernel about them.</summary>
static class ListenSocket
{
    // Of <asm-generic/socket.h>.
    const int SocketLevel = 1;
    const int ForceReceiveBuffer = 33;
    const int MemoryInfo = 55;
    const int DropsIndex = 8;

    /// <summary>Binds a socket; one on <c>[::]</c> takes IPv4 as well.</summary>
    /// <exception cref="ListenException">The address is taken, not of this machine, or not allowed.</exception>
    public static Socket Bind(IPEndPoint address, SocketType type, ProtocolType protocol)
    {
        var socket = new Socket(address.AddressFamily, type, protocol);
        try
        {
            if (address.Address.Equals(IPAddress.IPv6Any))
                socket.DualMode = true;
            socket.Bind(address);
            return socket;
        }
        catch (SocketException refused)
        {
            socket.Dispose();
            string transport = type == SocketType.Stream ? "TCP" : "UDP";
            throw new ListenException($"Cannot listen for HEP on {address} ({transport}): {Explain(refused)}", refused);
        }
    }

    /// <summary>Asks for a receive buffer, beyond the system's limit where that is allowed.</summary>
    /// <returns>Octets the kernel granted.</returns>
    public static int EnlargeReceiveBuffer(Socket socket, int octets)
    {
        socket.ReceiveBufferSize = octets;
        if (OperatingSystem.IsLinux() && socket.ReceiveBufferSize < octets)
        {
            try
            {
                socket.SetRawSocketOption(SocketLevel, ForceReceiveBuffer, MemoryMarshal.AsBytes<int>([octets]));
            }
            catch (SocketException)
            {
                // Needs CAP_NET_ADMIN; the caller reports what was granted.
            }
        }

        // Linux reports, and keeps, twice what was asked: half is its own bookkeeping (socket(7)).
        return OperatingSystem.IsLinux() ? socket.ReceiveBufferSize / 2 : socket.ReceiveBufferSize;
    }

    /// <summary>Datagrams the kernel let go since the socket was opened, modulo 2³² (SO_MEMINFO); 0 where it does not say.</summary>
    public static uint KernelDrops(Socket socket)
    {
        if (!OperatingSystem.IsLinux())
            return 0;
        Span<byte> info = stackalloc byte[(DropsIndex + 1) * sizeof(uint)];
        int written = socket.GetRawSocketOption(SocketLevel, MemoryInfo, info);
        return written == info.Length ? BinaryPrimitives.ReadUInt32LittleEndian(info[^sizeof(uint)..]) : 0;
    }

    static string Explain(SocketException refused) => refused.SocketErrorCode switch
    {
        SocketError.AddressAlreadyInUse => "the port is in use. Stop what uses it, or choose another with --hep.",
        SocketError.AddressNotAvailable => "no interface of this machine has that address. Give one that it has, or 0.0.0.0 for all.",
        SocketError.AccessDenied => "not permitted. Ports below 1024 need a privilege; choose a higher one with --hep.",
        _ => refused.Message,
    };
}
