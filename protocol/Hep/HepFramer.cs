using System.Buffers;

namespace Homer.Search.Protocol.Hep;

/// <summary>How far the head of a stream has come.</summary>
public enum HepFrameStatus
{
    /// <summary>A whole packet stands at the head.</summary>
    Done = 0,

    /// <summary>The packet has not arrived in full; nothing was consumed.</summary>
    NeedMoreData,

    /// <summary>No HEP packet begins here, and a stream cannot be picked up again: close it.</summary>
    Invalid,
}

/// <summary>Cuts HEP packets out of a TCP or TLS stream by the total length in octets 4 and 5 (HEP rev. 37).</summary>
public static class HepFramer
{
    /// <summary>The longest packet a 16-bit total length allows.</summary>
    public const int MaximumLength = ushort.MaxValue;

    /// <summary>
    /// Looks at the head of what has arrived. <paramref name="length"/> is that of the packet when <see cref="HepFrameStatus.Done"/>, else 0;
    /// <paramref name="rejection"/> says why it is <see cref="HepFrameStatus.Invalid"/>.
    /// </summary>
    public static HepFrameStatus Read(ReadOnlySpan<byte> buffer, out int length, out HepRejection rejection)
    {
        length = 0;
        rejection = HepRejection.None;
        return HepFrameStatus.NeedMoreData;
    }

    /// <summary>Takes one packet off <paramref name="buffer"/>, or leaves the buffer as it is.</summary>
    public static HepFrameStatus Read(ref ReadOnlySequence<byte> buffer, out ReadOnlySequence<byte> frame, out HepRejection rejection)
    {
        frame = default;
        rejection = HepRejection.None;
        return HepFrameStatus.NeedMoreData;
    }
}
