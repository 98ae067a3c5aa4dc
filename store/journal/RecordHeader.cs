using System.IO.Hashing;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Homer.Search.Protocol;

namespace Homer.Search.Journal;

/// <summary>
/// What stands before a packet in a segment, little-endian. A record begins at a multiple of 8. Length zero: nothing is published here.
/// Length below
/// zero: a gap of that many octets, damaged or skipped, of which only the first eight mean something.
/// </summary>
[StructLayout(LayoutKind.Sequential, Pack = 1, Size = Bytes)]
struct RecordHeader
{
    public const int Bytes = 40;

    /// <summary>What a gap begins with: its length and a checksum.</summary>
    public const int GapBytes = 8;

    public const int MaxPacketBytes = 1024 * 1024;

    /// <summary>"rewritten" as octets, in place of a hash.</summary>
    const ulong WithoutPacket = 0x6e_65_74_74_69_72_77_65;

    /// <summary>Octets of the packet; written last.</summary>
    public int Length;

    /// <summary>
    /// Over packet, header, position and journal, so that bytes of another place or time never pass for a record. Zero in a sealed segment.
    /// </summary>
    public uint Checksum;

    public long ArrivalNanoseconds;
    public ulong PeerHigh;
    public ulong PeerLow;
    public ushort PeerPort;
    public TransportProtocol Transport;

    public RecordHeader(int length, in Arrival arrival)
    {
        Length = length;
        ArrivalNanoseconds = arrival.Time.Nanoseconds;
        PeerHigh = (ulong)(arrival.Peer >> 64);
        PeerLow = (ulong)arrival.Peer;
        PeerPort = arrival.PeerPort;
        Transport = arrival.Transport;
    }

    public readonly Arrival Arrival => new(new Instant(ArrivalNanoseconds), new UInt128(PeerHigh, PeerLow), PeerPort, Transport);

    /// <summary>Octets from the record or gap at this place to the next.</summary>
    public static int ExtentAt(ref readonly byte at)
    {
        int length = Unsafe.ReadUnaligned<int>(in at);
        return length < 0 ? -length : ExtentOf(length);
    }

    /// <summary>Octets a record with a packet of this length takes.</summary>
    public static int ExtentOf(int length) => (Bytes + length + 7) & ~7;

    /// <summary>The checksum of this record, given <see cref="Hash"/> of its packet.</summary>
    public readonly uint ChecksumOf(ulong packetHash, long position, uint journal)
    {
        RecordHeader header = this;
        header.Checksum = journal;
        ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(new ReadOnlySpan<RecordHeader>(in header));
        return (uint)XxHash3.HashToUInt64(bytes, (long)packetHash ^ position);
    }

    /// <summary>
    /// The checksum while the packet is being rewritten: of all but the packet, so that a crash meanwhile leaves a record and not damage.
    /// </summary>
    public readonly uint ChecksumWithoutPacket(long position, uint journal) => ChecksumOf(WithoutPacket, position, journal);

    public static ulong Hash(ReadOnlySpan<byte> packet) => XxHash3.HashToUInt64(packet);

    /// <summary>Makes a gap of the octets from a position on.</summary>
    public static void WriteGap(ref byte at, int extent, long position, uint journal)
    {
        Unsafe.WriteUnaligned(ref Unsafe.Add(ref at, 4), GapChecksum(extent, position, journal));
        Volatile.Write(ref Unsafe.As<byte, int>(ref at), -extent);
    }

    public static uint GapChecksum(int extent, long position, uint journal) =>
        (uint)XxHash3.HashToUInt64(MemoryMarshal.AsBytes(new ReadOnlySpan<int>(in extent)), position ^ ((long)journal << 32));
}
