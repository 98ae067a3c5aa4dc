using Homer.Search.Protocol;
using Homer.Search.Protocol.Sip;

namespace Homer.Search.Calls;

/// <summary>The part of a note that has the same size in each.</summary>
readonly struct NoteHead(in CapturedMessage message, Method method, uint fromTag, uint toTag, MessageMarks marks)
{
    public readonly Instant Time = message.Time;
    public readonly uint CSeq = (uint)Math.Min(message.Sip.CSeqNumber ?? 0, uint.MaxValue);

    // Hashes; 0 is absent.
    public readonly uint FromTag = fromTag;
    public readonly uint ToTag = toTag;
    public readonly uint Branch = MessageNotes.Hash(SipParameter.Find(message.Sip.Via, "branch"u8));

    public readonly uint AgentId = message.CaptureAgentId;
    public readonly int ViaCount = message.Sip.ViaCount;
    public readonly ushort Code = (ushort)message.Sip.StatusCode;
    public readonly ushort SourcePort = message.SourcePort;
    public readonly ushort DestinationPort = message.DestinationPort;
    public readonly MessageMarks Marks = marks;
    public readonly Method Method = method;
    public readonly TransportProtocol Transport = message.Transport;

    /// <summary>Octets of the addresses, which follow.</summary>
    public readonly byte SourceLength = (byte)AddressOf(message.SourceAddress).Length;
    public readonly byte DestinationLength = (byte)AddressOf(message.DestinationAddress).Length;

    public OpeningRank Rank { get; init; }

    /// <summary>The texts of an <see cref="Opening"/> follow.</summary>
    public bool IsOpening { get; init; }

    /// <summary>4 or 16 octets, or none when they are no address.</summary>
    public static ReadOnlySpan<byte> AddressOf(ReadOnlySpan<byte> octets) => octets.Length is 4 or 16 ? octets : [];
}
