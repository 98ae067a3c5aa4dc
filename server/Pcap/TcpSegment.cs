using System.Buffers.Binary;

namespace Homer.Search.Server.Pcap;

/// <summary>What reassembly needs of one TCP segment (RFC 9293 §3.1).</summary>
readonly ref struct TcpSegment(ushort sourcePort, ushort destinationPort, uint sequence, byte flags, ReadOnlySpan<byte> payload)
{
    public ushort SourcePort { get; } = sourcePort;
    public ushort DestinationPort { get; } = destinationPort;
    public uint Sequence { get; } = sequence;
    public ReadOnlySpan<byte> Payload { get; } = payload;

    public bool IsSyn { get; } = (flags & 0x02) != 0;

    /// <summary>FIN or RST.</summary>
    public bool Ends { get; } = (flags & 0x05) != 0;

    /// <summary>False when the segment ends inside its header.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out TcpSegment segment)
    {
        segment = default;
        if (bytes.Length < 20 || (bytes[12] >> 4) * 4 is not (>= 20 and var header) || bytes.Length < header)
            return false;
        segment = new TcpSegment(
            BinaryPrimitives.ReadUInt16BigEndian(bytes), BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]),
                BinaryPrimitives.ReadUInt32BigEndian(bytes[4..]),
            bytes[13], bytes[header..]);
        return true;
    }
}
