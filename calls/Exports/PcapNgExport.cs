using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Homer.Search.Store;

namespace Homer.Search.Calls;

/// <summary>
/// A pcapng file (draft-ietf-opsawg-pcapng): an interface for each capture agent, nanoseconds, and with each packet a comment that says where it comes from.
/// </summary>
sealed class PcapNgExport : MessageExport
{
    const uint SectionHeader = 0x0A0D0D0A;
    const uint ByteOrder = 0x1A2B3C4D;
    const uint InterfaceDescription = 1;
    const uint EnhancedPacket = 6;
    const ushort Comment = 1;
    const ushort InterfaceName = 2;
    const ushort Application = 4;
    const ushort TimeResolution = 9;

    readonly UdpFrame _frame = new();
    readonly Dictionary<string, uint> _interfaces = new(StringComparer.Ordinal);
    readonly ArrayBufferWriter<byte> _block = new();

    public override string MediaType => "application/x-pcapng";

    public override void Begin(IBufferWriter<byte> target)
    {
        Number(ByteOrder);
        Number(1);
        // The length of the section is not known.
        Number(uint.MaxValue);
        Number(uint.MaxValue);
        Option(Application, "Homer.Search"u8);
        EndBlock(SectionHeader, target);
    }

    public override void Write(Document message, ReadOnlySpan<byte> raw, IBufferWriter<byte> target)
    {
        string agent = Transmission.Agent(message);
        if (!_interfaces.TryGetValue(agent, out uint number))
        {
            _interfaces[agent] = number = (uint)_interfaces.Count;
            Number(PcapExport.RawIp);
            Number(0);
            Option(InterfaceName, Encoding.UTF8.GetBytes(agent));
            Option(TimeResolution, [9]);
            EndBlock(InterfaceDescription, target);
        }

        ReadOnlySpan<byte> frame = _frame.Make(message, raw);
        Number(number);
        Number((uint)(message.Time.Nanoseconds >> 32));
        Number((uint)message.Time.Nanoseconds);
        Number((uint)frame.Length);
        Number((uint)frame.Length);
        Padded(frame);
        Option(Comment, Encoding.UTF8.GetBytes($"{message.Id}, captured over {message.Text(Fields.NetworkTransport) ?? "an unknown transport"}"));
        EndBlock(EnhancedPacket, target);
    }

    void Option(ushort code, ReadOnlySpan<byte> value)
    {
        value = value[..Math.Min(value.Length, ushort.MaxValue)];
        Number(code | ((uint)value.Length << 16));
        Padded(value);
    }

    void Number(uint value)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(_block.GetSpan(4), value);
        _block.Advance(4);
    }

    void Padded(ReadOnlySpan<byte> octets)
    {
        int length = (octets.Length + 3) & ~3;
        Span<byte> place = _block.GetSpan(length)[..length];
        place[octets.Length..].Clear();
        octets.CopyTo(place);
        _block.Advance(length);
    }

    /// <summary>Writes what was put together as one block, its options ended, its length before and behind it.</summary>
    void EndBlock(uint type, IBufferWriter<byte> target)
    {
        Number(0);
        int length = _block.WrittenCount + 12;
        Span<byte> place = target.GetSpan(length);
        BinaryPrimitives.WriteUInt32LittleEndian(place, type);
        BinaryPrimitives.WriteUInt32LittleEndian(place[4..], (uint)length);
        _block.WrittenSpan.CopyTo(place[8..]);
        BinaryPrimitives.WriteUInt32LittleEndian(place[(length - 4)..], (uint)length);
        target.Advance(length);
        _block.ResetWrittenCount();
    }
}
