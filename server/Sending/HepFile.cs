using Homer.Search.Protocol.Hep;

namespace Homer.Search.Server.Sending;

/// <summary>A file of HEP packets, one behind the other as on a stream.</summary>
static class HepFile
{
    /// <summary>Whether a file that begins so is one.</summary>
    public static bool Begins(ReadOnlySpan<byte> head) => head.StartsWith("HEP3"u8);

    /// <summary>The packets in file order.</summary>
    /// <exception cref="CommandException">The file holds something else between packets, or ends inside one.</exception>
    public static IEnumerable<byte[]> Read(Stream stream, string name)
    {
        byte[] buffer = new byte[2 * HepFramer.MaximumLength];
        int length = 0;
        long offset = 0;
        while (true)
        {
            int read = stream.Read(buffer, length, buffer.Length - length);
            length += read;
            int taken = 0;
            while (Next(buffer.AsSpan(taken, length - taken), name, offset + taken) is { } packet)
            {
                taken += packet.Length;
                yield return packet;
            }

            buffer.AsSpan(taken, length - taken).CopyTo(buffer);
            length -= taken;
            offset += taken;
            if (read == 0)
                break;
        }

        if (length > 0)
            throw CommandException.Failure($"{name} ends inside the packet that begins at octet {offset}; what stands before it was sent.");
    }

    static byte[]? Next(ReadOnlySpan<byte> bytes, string name, long offset) =>
        HepFramer.Read(bytes, out int length, out HepRejection rejection) switch
        {
            HepFrameStatus.Done => bytes[..length].ToArray(),
            HepFrameStatus.NeedMoreData => null,
            _ => throw CommandException.Failure(
                $"{name} holds no HEPv3 packet at octet {offset} ({rejection}); what stands before it was sent."),
        };
}
