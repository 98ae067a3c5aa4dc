using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Homer.Search.Calls;

/// <summary>Octets of a blob, growing. Numbers are LEB128: seven bits an octet, the least first.</summary>
sealed class OctetWriter(int capacity = 1024)
{
    byte[] _octets = new byte[capacity];

    public int Length { get; private set; }

    /// <summary>Octets that it can hold without growing.</summary>
    public int Capacity => _octets.Length;

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

    /// <summary>Its length in one octet, then the text, cut where <see cref="Texts"/> would cut it.</summary>
    public void Text(ReadOnlySpan<byte> text)
    {
        text = Texts.Cut(text);
        Octet(text.Length);
        Octets(text);
    }

    /// <summary>A value as this process has it in memory, for this process to read.</summary>
    public void Value<T>(in T value)
        where T : unmanaged => MemoryMarshal.Write(Reserve(Unsafe.SizeOf<T>()), value);

    Span<byte> Reserve(int length)
    {
        if (_octets.Length - Length < length)
            Array.Resize(ref _octets, Math.Max(_octets.Length * 2, Length + length));
        Length += length;
        return _octets.AsSpan(Length - length, length);
    }
}
