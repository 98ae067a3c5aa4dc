using System.Buffers.Binary;
using Homer.Search.Protocol;

namespace Homer.Search.Server.Pcap;

/// <summary>One frame of a capture file.</summary>
/// <param name="LinkType">Number of the link layer (tcpdump.org/linktypes.html).</param>
/// <param name="Bytes">What was captured; lives until the next frame is read.</param>
readonly record struct CapturedFrame(Instant Time, int LinkType, ReadOnlyMemory<byte> Bytes);

/// <summary>Reads pcap and pcapng files, in any byte order, told apart by their first four octets.</summary>
static class CaptureFile
{
    /// <summary>A frame longer than this is damage: twice the largest snapshot length tools write.</summary>
    public const int MaximumFrame = 512 * 1024;

    /// <summary>
    /// The frames in file order. Ends at the first damaged or cut record, which <paramref name="damage"/> is then told about.
    /// </summary>
    /// <exception cref="CommandException">This is no capture file.</exception>
    public static IEnumerable<CapturedFrame> Read(Stream stream, string name, Action<string> damage)
    {
        byte[] magic = new byte[4];
        if (stream.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false) < magic.Length)
            throw CommandException.Failure($"{name} is empty or cut: give a pcap or pcapng file.");
        return BinaryPrimitives.ReadUInt32LittleEndian(magic) switch
        {
            PcapNgReader.SectionHeader => new PcapNgReader(stream, damage).Read(),
            0xA1B2C3D4 => new PcapReader(stream, bigEndian: false, nanoseconds: false, damage).Read(),
            0xD4C3B2A1 => new PcapReader(stream, bigEndian: true, nanoseconds: false, damage).Read(),
            0xA1B23C4D => new PcapReader(stream, bigEndian: false, nanoseconds: true, damage).Read(),
            0x4D3CB2A1 => new PcapReader(stream, bigEndian: true, nanoseconds: true, damage).Read(),
            _ => throw CommandException.Failure(
                $"{name} is no pcap or pcapng file (it begins with {Convert.ToHexStringLower(magic)}); if it is compressed, unpack it first."),
        };
    }
}
