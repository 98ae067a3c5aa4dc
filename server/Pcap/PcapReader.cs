using System.Buffers.Binary;
using Homer.Search.Protocol;

namespace Homer.Search.Server.Pcap;

/// <summary>Reads the records of a pcap file whose magic number has been read (draft-ietf-opsawg-pcap).</summary>
sealed class PcapReader(Stream stream, bool bigEndian, bool nanoseconds, Action<string> damage)
{
    readonly byte[] _header = new byte[20];
    byte[] _frame = new byte[65_536];

    public IEnumerable<CapturedFrame> Read()
    {
        if (Fill(_header) < _header.Length)
        {
            damage("the file header is cut");
            yield break;
        }

        // The upper bits say whether frames end in a checksum, which the readers of the layers above do not mind.
        int linkType = (int)(Number(16) & 0xFFFF);
        for (int read; (read = Fill(_header.AsSpan(0, 16))) > 0;)
        {
            long seconds = Number(0);
            long fraction = Number(4);
            uint length = Number(8);
            if (read < 16 || length > CaptureFile.MaximumFrame)
            {
                damage(read < 16 ? "the last record is cut" : $"a record claims {length} octets");
                yield break;
            }

            if (_frame.Length < length)
                _frame = new byte[length];
            if (Fill(_frame.AsSpan(0, (int)length)) < length)
            {
                damage("the last record is cut");
                yield break;
            }

            var time = new Instant((seconds * Instant.NanosecondsPerSecond) + (nanoseconds ? fraction : fraction * 1000));
            yield return new CapturedFrame(time, linkType, _frame.AsMemory(0, (int)length));
        }
    }

    int Fill(Span<byte> target) => stream.ReadAtLeast(target, target.Length, throwOnEndOfStream: false);

    uint Number(int offset) => bigEndian
        ? BinaryPrimitives.ReadUInt32BigEndian(_header.AsSpan(offset))
        : BinaryPrimitives.ReadUInt32LittleEndian(_header.AsSpan(offset));
}
