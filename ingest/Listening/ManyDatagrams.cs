using System.Buffers.Binary;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Homer.Search.Ingest;

/// <summary>Many datagrams a system call: <c>recvmmsg(2)</c> of Linux.</summary>
sealed unsafe partial class ManyDatagrams : DatagramBlock
{
    const int AtOnce = 64;
    const int AddressBytes = 28;
    const int DontWait = 0x40;
    const int WaitForOne = 0x10000;
    const ushort FamilyIPv4 = 2;

    readonly Socket _socket;
    readonly Message* _messages = (Message*)NativeMemory.AllocZeroed(AtOnce, (nuint)sizeof(Message));
    readonly IoVector* _vectors = (IoVector*)NativeMemory.AllocZeroed(AtOnce, (nuint)sizeof(IoVector));
    readonly byte* _addresses = (byte*)NativeMemory.AllocZeroed(AtOnce, AddressBytes);

    public ManyDatagrams(Socket socket) : base(AtOnce)
    {
        _socket = socket;
        for (int slot = 0; slot < AtOnce; slot++)
        {
            _vectors[slot] = new IoVector { Base = Memory + (slot * SlotBytes), Length = SlotBytes };
            var header = new MessageHeader
            {
                Address = _addresses + (slot * AddressBytes),
                Vectors = &_vectors[slot],
                VectorCount = 1,
                Control = null,
                ControlLength = 0,
                Flags = 0,
            };
            _messages[slot] = new Message { Header = header, Received = 0 };
        }
    }

    public override int Receive(bool wait)
    {
        // The kernel writes back the length of each address it filled in.
        for (int slot = 0; slot < AtOnce; slot++)
            _messages[slot].Header.AddressLength = AddressBytes;

        int received = recvmmsg((int)_socket.Handle, _messages, AtOnce, wait ? WaitForOne : DontWait, null);
        if (received >= 0)
            return received;

        int error = Marshal.GetLastPInvokeError();
        const int Interrupted = 4, TryAgain = 11;
        return error is Interrupted or TryAgain ? 0 : throw new SocketException(error, Marshal.GetPInvokeErrorMessage(error));
    }

    public override int Length(int slot) => (int)_messages[slot].Received;

    public override (UInt128 Address, ushort Port) Peer(int slot)
    {
        // struct sockaddr_in and sockaddr_in6: family, port, then the address, of IPv6 behind the flow label.
        var sender = new ReadOnlySpan<byte>(_addresses + (slot * AddressBytes), AddressBytes);
        ushort port = BinaryPrimitives.ReadUInt16BigEndian(sender[2..]);
        return MemoryMarshal.Read<ushort>(sender) == FamilyIPv4
            ? (PeerAddress.FromIPv4(BinaryPrimitives.ReadUInt32BigEndian(sender[4..])), port)
            : (BinaryPrimitives.ReadUInt128BigEndian(sender[8..]), port);
    }

    public override void Dispose()
    {
        base.Dispose();
        NativeMemory.Free(_messages);
        NativeMemory.Free(_vectors);
        NativeMemory.Free(_addresses);
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial int recvmmsg(int socket, Message* messages, uint count, int flags, void* timeout);

    /// <summary><c>struct iovec</c>.</summary>
    struct IoVector
    {
        public byte* Base;
        public nuint Length;
    }

    /// <summary><c>struct msghdr</c>.</summary>
    struct MessageHeader
    {
        public byte* Address;
        public uint AddressLength;
        public IoVector* Vectors;
        public nuint VectorCount;
        public void* Control;
        public nuint ControlLength;
        public int Flags;
    }

    /// <summary><c>struct mmsghdr</c>; the C compiler pads in the same places.</summary>
    struct Message
    {
        public MessageHeader Header;
        public uint Received;
    }
}
