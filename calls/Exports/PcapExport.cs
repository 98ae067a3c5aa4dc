using System.Buffers;
using System.Buffers.Binary;
using Homer.Search.Protocol;
using Homer.Search.Store;

namespace Homer.Search.Calls;

/// <summary>A pcap file with nanoseconds (draft-ietf-opsawg-pcap): each message one IP packet.</summary>
sealed class PcapExport : MessageExport
{
    /// <summary>Packets begin with their IP header.</summary>
    internal const int RawIp = 101;

    const uint NanosecondMagic = 0xA1B23C4D;
    const int SnapLength = 262_144;

    readonly UdpFrame _frame = new();

    public override string MediaType => "application/vnd.tcpdump.pcap";

    public override void Begin(IBufferWriter<byte> target)
    {
        Span<byte> header = target.GetSpan(24)[..24];
        header.Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(header, NanosecondMagic);
        BinaryPrimitives.WriteUInt16LittleEndian(header[4..], 2);
        BinaryPrimitives.WriteUInt16LittleEndian(header[6..], 4);
        BinaryPrimitives.WriteUInt32LittleEndian(header[16..], SnapLength);
        BinaryPrimitives.WriteUInt32LittleEndian(header[20..], RawIp);
        target.Advance(24);
    }

    public override void Write(Document message, ReadOnlySpan<byte> raw, IBufferWriter<byte> target)
    {
        ReadOnlySpan<byte> frame = _frame.Make(message, raw);
        (long seconds, long nanoseconds) = Math.DivRem(message.Time.Nanoseconds, Instant.NanosecondsPerSecond);
        Span<byte> record = target.GetSpan(16 + frame.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(record, (uint)seconds);
        BinaryPrimitives.WriteUInt32LittleEndian(record[4..], (uint)nanoseconds);
        BinaryPrimitives.WriteUInt32LittleEndian(record[8..], (uint)frame.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(record[12..], (uint)frame.Length);
        frame.CopyTo(record[16..]);
        target.Advance(16 + frame.Length);
    }
}
