using System.Buffers.Binary;

namespace Homer.Search.Calls;

/// <summary>Octets of a blob, growing. Numbers are LEB128: seven bits an octet, the least first.</summary>
sealed class OctetWriter
{
    byte[] _octets = new byte[1024];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => _octets.AsSpan(0, Length);

    public void Clear() => Length = 0;

    public void Octet(int value) => Reserve(1)[0] = (byte)value;

    public void Number(ulong value)
    {
        for (; value >= 0x80; value >>= 7)
            Octet((int)(value & 0x7f) | 0x80);
        Octet((int)value);
    }

    public void Number(int value) => Number((ulong)value);

    public void Fixed32(uint value) => BinaryPrimitives.WriteUInt32LittleEndian(Reserve(4), value);

    public void Fixed64(long value) => BinaryPrimitives.WriteInt64LittleEndian(Reserve(8), value);

    public void Octets(ReadOnlySpan<byte> value) => value.CopyTo(Reserve(value.Length));

    Span<byte> Reserve(int length)
    {
        if (_octets.Length - Length < length)
            Array.Resize(ref _octets, Math.Max(_octets.Length * 2, Length + length));
        Length += length;
        return _octets.AsSpan(Length - length, length);
    }
}
