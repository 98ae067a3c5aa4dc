using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Homer.Search.Ingest;

/// <summary>
/// Room for datagrams that are received at once, in one reused block outside the managed heap; only the pages that datagrams touch take
/// memory. Used by one thread.
/// </summary>
abstract unsafe class DatagramBlock(int slots) : IDisposable
{
    /// <summary>Octets of a slot: more than any datagram has.</summary>
    public const int SlotBytes = 64 * 1024;

    public int Slots { get; } = slots;

    protected byte* Memory { get; } = (byte*)NativeMemory.AlignedAlloc((nuint)(slots * SlotBytes), 4096);

    /// <summary>The whole block; datagram n begins at n times <see cref="SlotBytes"/>.</summary>
    public ReadOnlySpan<byte> Bytes => new(Memory, Slots * SlotBytes);

    /// <summary>Waits for datagrams, within the socket's receive timeout, and takes those that are there.</summary>
    /// <returns>How many; 0 when the time is up.</returns>
    /// <exception cref="SocketException">The socket failed.</exception>
    public abstract int Receive(bool wait);

    public abstract int Length(int slot);

    public abstract (UInt128 Address, ushort Port) Peer(int slot);

    /// <summary>The fastest kind this system has.</summary>
    public static DatagramBlock For(Socket socket) => OperatingSystem.IsLinux() ? new ManyDatagrams(socket) : new OneDatagram(socket);

    public virtual void Dispose()
    {
        NativeMemory.AlignedFree(Memory);
        GC.SuppressFinalize(this);
    }
}
