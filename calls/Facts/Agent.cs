using System.Buffers.Binary;
using System.IO.Hashing;

namespace Homer.Search.Calls;

/// <summary>A capture agent that saw messages of the call.</summary>
/// <param name="Id">HEP chunk 0x0c.</param>
/// <param name="Name">Number of its name among the texts.</param>
/// <param name="Hash">What stands for it in a <see cref="MessageKey"/>.</param>
readonly record struct Agent(uint Id, int Name, uint Hash)
{
    public static uint HashOf(uint id, ReadOnlySpan<byte> name)
    {
        Span<byte> octets = stackalloc byte[4 + Texts.MaximumLength];
        BinaryPrimitives.WriteUInt32LittleEndian(octets, id);
        name = name.Length > Texts.MaximumLength ? name[..Texts.MaximumLength] : name;
        name.CopyTo(octets[4..]);
        return (uint)XxHash3.HashToUInt64(octets[..(4 + name.Length)]);
    }
}
