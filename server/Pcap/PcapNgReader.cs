using System.Buffers.Binary;

namespace Homer.Search.Server.Pcap;

/// <summary>Reads the packet blocks of a pcapng file whose first block type has been read (draft-ietf-opsawg-pcapng).</summary>
sealed class PcapNgReader(Stream stream, Action<string> damage)
{
    public const uint SectionHeader = 0x0A0D0D0A;

    const uint InterfaceDescription = 1;
    const uint ObsoletePacket = 2;
    const uint SimplePacket = 3;
    const uint EnhancedPacket = 6;
    const int MaximumBlock = CaptureFile.MaximumFrame + 65_536;

    readonly byte[] _header = new byte[8];
    readonly List<PcapNgInterface> _interfaces = [];
    byte[] _body = new byte[65_536];
    bool _bigEndian;

    public IEnumerable<CapturedFrame> Read()
    {
        BinaryPrimitives.WriteUInt32LittleEndian(_header, SectionHeader);
        int had = 4;
        while (true)
        {
            int read = stream.ReadAtLeast(_header.AsSpan(had), 8 - had, throwOnEndOfStream: false);
            if (read == 0 && had == 0)
                yield break;
            if (read < 8 - had || ReadBody() is not { } length)
            {
                damage("the last block is cut or damaged");
                yield break;
            }

            had = 0;
            if (Take(Number(_header), _body.AsMemory(0, length)) is { } frame)
                yield return frame;
        }
    }

    /// <summary>
    /// Reads what follows the block's type and length, and returns the length of what lies between the two lengths; null when damaged.
    /// </summary>
    int? ReadBody()
    {
        // The byte order of a section stands behind its own length. Its type reads the same either way.
        bool isSection = BinaryPrimitives.ReadUInt32LittleEndian(_header) == SectionHeader;
        if (isSection && !ReadByteOrder())
            return null;
        uint total = Number(_header.AsSpan(4));
        int had = isSection ? 4 : 0;
        if (total < 12 + had || total > MaximumBlock || total % 4 != 0)
            return null;
        int length = (int)total - 8;
        if (_body.Length < length)
            Array.Resize(ref _body, length);
        return stream.ReadAtLeast(_body.AsSpan(had, length - had), length - had, throwOnEndOfStream: false) == length - had ? length - 4
            : null;
    }

    bool ReadByteOrder()
    {
        if (stream.ReadAtLeast(_body.AsSpan(0, 4), 4, throwOnEndOfStream: false) < 4)
            return false;
        _bigEndian = BinaryPrimitives.ReadUInt32BigEndian(_body) == 0x1A2B3C4D;
        return _bigEndian || BinaryPrimitives.ReadUInt32LittleEndian(_body) == 0x1A2B3C4D;
    }

    CapturedFrame? Take(uint type, ReadOnlyMemory<byte> body)
    {
        switch (type)
        {
            case SectionHeader:
                _interfaces.Clear();
                return null;
            case InterfaceDescription when body.Length >= 8:
                _interfaces.Add(PcapNgInterface.Read(body.Span, _bigEndian));
                return null;
            case EnhancedPacket when body.Length >= 20:
                return Frame((int)Number(body.Span), body[4..], body[20..]);
            case ObsoletePacket when body.Length >= 20:
                return Frame(Short(body.Span), body[4..], body[20..]);
            case SimplePacket when body.Length >= 4 && _interfaces.Count > 0:
                return new CapturedFrame(default, _interfaces[0].LinkType, Cut(body[4..], Number(body.Span)));
            default:
                return null;
        }
    }

    /// <param name="interfaceNumber">Its description stands earlier in the section.</param>
    /// <param name="times">The block from the upper half of its time on; the captured length follows.</param>
    CapturedFrame? Frame(int interfaceNumber, ReadOnlyMemory<byte> times, ReadOnlyMemory<byte> data)
    {
        if (interfaceNumber < 0 || interfaceNumber >= _interfaces.Count)
            return null;
        PcapNgInterface source = _interfaces[interfaceNumber];
        ulong units = ((ulong)Number(times.Span) << 32) | Number(times.Span[4..]);
        return new CapturedFrame(source.Time(units), source.LinkType, Cut(data, Number(times.Span[8..])));
    }

    static ReadOnlyMemory<byte> Cut(ReadOnlyMemory<byte> data, uint length) => length < data.Length ? data[..(int)length] : data;

    uint Number(ReadOnlySpan<byte> bytes) =>
        _bigEndian ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes);

    ushort Short(ReadOnlySpan<byte> bytes) =>
        _bigEndian ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : BinaryPrimitives.ReadUInt16LittleEndian(bytes);
}
