using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Homer.Search.Calls;

/// <summary>Reads what <see cref="OctetWriter"/> wrote, and anything else without throwing: what is not there reads as 0 and is remembered.</summary>
ref struct OctetReader(ReadOnlySpan<byte> octets)
{
    ReadOnlySpan<byte> _rest = octets;

    /// <summary>Something was missing or out of its bounds.</summary>
    public bool HasFailed { get; private set; }

    public readonly bool IsAtEnd => _rest.IsEmpty;

    /// <summary>Refuses what was read.</summary>
    public void Fail() => HasFailed = true;

    public int Octet() => Octets(1) is [var octet] ? octet : 0;

    public ulong Number()
    {
        ulong value = 0;
        for (int shift = 0; shift < 64; shift += 7)
        {
            int octet = Octet();
            value |= (ulong)(octet & 0x7f) << shift;
            if (octet < 0x80)
                return value;
        }

        HasFailed = true;
        return 0;
    }

    /// <summary>A number no greater than <paramref name="maximum"/>.</summary>
    public int Number(int maximum)
    {
        ulong value = Number();
        if (value <= (ulong)maximum)
            return (int)value;
        HasFailed = true;
        return 0;
    }

    public uint Fixed32() => Octets(4) is { Length: 4 } octets ? BinaryPrimitives.ReadUInt32LittleEndian(octets) : 0;

    public long Fixed64() => Octets(8) is { Length: 8 } octets ? BinaryPrimitives.ReadInt64LittleEndian(octets) : 0;

    public ReadOnlySpan<byte> Text() => Octets(Octet());

    public T Value<T>()
        where T : unmanaged => Octets(Unsafe.SizeOf<T>()) is { IsEmpty: false } octets ? MemoryMarshal.Read<T>(octets) : default;

    /// <summary>Empty when so many are not there.</summary>
    public ReadOnlySpan<byte> Octets(int length)
    {
        if (_rest.Length < length)
        {
            HasFailed = true;
            _rest = [];
            return [];
        }

        ReadOnlySpan<byte> octets = _rest[..length];
        _rest = _rest[length..];
        return octets;
    }
}
