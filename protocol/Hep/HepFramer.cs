using System.Buffers;
using System.Buffers.Binary;

namespace Homer.Search.Protocol.Hep;

/// <summary>Cuts HEP packets out of a TCP or TLS stream by the total length in octets 4 and 5 (HEP rev. 37).</summary>
public static class HepFramer
{
    /// <summary>The longest packet a 16-bit total length allows.</summary>
    public const int MaximumLength = ushort.MaxValue;

    // Long enough to tell a foreign protocol by its first line.
    const int HeadLength = 64;

    /// <summary>
    /// Looks at the head of what has arrived. <paramref name="length"/> is that of the packet when <see cref="HepFrameStatus.Done"/>, else 0;
    /// <paramref name="rejection"/> says why it is <see cref="HepFrameStatus.Invalid"/>.
    /// </summary>
    public static HepFrameStatus Read(ReadOnlySpan<byte> buffer, out int length, out HepRejection rejection)
    {
        length = 0;
        rejection = HepRejection.None;
        switch (HepMagic.Of(buffer))
        {
            case HepMagic.Kind.Hep3 or HepMagic.Kind.Draft:
                break;
            case HepMagic.Kind.Gzip:
                rejection = HepRejection.CompressedFrame;
                return HepFrameStatus.Invalid;
            case HepMagic.Kind.Legacy:
                rejection = HepRejection.UnframedVersion;
                return HepFrameStatus.Invalid;
            default:
                if (HepMagic.MayBecomeHep3(buffer))
                    return HepFrameStatus.NeedMoreData;
                rejection = HepMagic.Diagnose(buffer);
                return HepFrameStatus.Invalid;
        }

        if (buffer.Length < HepReader.EnvelopeLength)
            return HepFrameStatus.NeedMoreData;
        int total = BinaryPrimitives.ReadUInt16BigEndian(buffer[4..]);
        if (total < HepReader.EnvelopeLength)
        {
            rejection = HepRejection.BadTotalLength;
            return HepFrameStatus.Invalid;
        }

        if (buffer.Length < total)
            return HepFrameStatus.NeedMoreData;
        length = total;
        return HepFrameStatus.Done;
    }

    /// <summary>Takes one packet off <paramref name="buffer"/>, or leaves the buffer as it is.</summary>
    public static HepFrameStatus Read(ref ReadOnlySequence<byte> buffer, out ReadOnlySequence<byte> frame, out HepRejection rejection)
    {
        HepFrameStatus status = Read(buffer.FirstSpan, out int length, out rejection);
        if (status != HepFrameStatus.Done && !buffer.IsSingleSegment)
            status = ReadHead(buffer, out length, out rejection);
        frame = buffer.Slice(0, length);
        buffer = buffer.Slice(length);
        return status;
    }

    /// <summary>Copies the first octets together: the head may lie in several segments, however small.</summary>
    static HepFrameStatus ReadHead(in ReadOnlySequence<byte> buffer, out int length, out HepRejection rejection)
    {
        Span<byte> head = stackalloc byte[(int)Math.Min(HeadLength, buffer.Length)];
        buffer.Slice(0, head.Length).CopyTo(head);
        HepFrameStatus status = Read(head, out length, out rejection);
        if (status != HepFrameStatus.NeedMoreData || head.Length < HepReader.EnvelopeLength)
            return status;
        int total = BinaryPrimitives.ReadUInt16BigEndian(head[4..]);
        if (buffer.Length < total)
            return HepFrameStatus.NeedMoreData;
        length = total;
        return HepFrameStatus.Done;
    }
}
