using System.Diagnostics.CodeAnalysis;

namespace Homer.Search.Protocol.Sip;

/// <summary>
/// Walks what one captured payload holds: usually one SIP message, sometimes several (a TCP segment), sometimes the tail of an earlier one first.
/// The pieces lie end to end and cover the payload, so nothing of it is lost; the same payload always falls into the same pieces.
/// <code>
/// var payload = new SipPayload(packet.Payload);
/// while (payload.MoveNext())
///     if (payload.Rejection == SipRejection.None) … payload.Message …
/// </code>
/// </summary>
public ref struct SipPayload(ReadOnlySpan<byte> payload)
{
    /// <summary>At most so many pieces; what follows belongs to the last.</summary>
    public const int MaximumPieces = 8;

    readonly ReadOnlySpan<byte> _payload = payload;
    SipMessage _message;

    /// <summary>Number of the piece, from 0.</summary>
    public int Index { get; internal set; } = -1;

    /// <summary>Where the piece begins in the payload.</summary>
    public int Offset { get; internal set; }

    public int Length { get; internal set; }

    /// <summary>The piece.</summary>
    public readonly ReadOnlySpan<byte> Bytes => _payload.Slice(Offset, Length);

    /// <summary>Why the piece is no SIP message: it is stored raw.</summary>
    public SipRejection Rejection { get; internal set; }

    /// <summary>The piece, read.</summary>
    [UnscopedRef]
    public readonly ref readonly SipMessage Message => ref _message;

    /// <summary>Goes to the next piece. An empty payload is one empty piece.</summary>
    public bool MoveNext()
    {
        if (Index >= 0)
            return false;
        Index = 0;
        Length = _payload.Length;
        Rejection = SipReader.Read(_payload, out _message);
        return true;
    }

    /// <summary>The piece with this number; empty when the payload has fewer.</summary>
    public static ReadOnlySpan<byte> Piece(ReadOnlySpan<byte> payload, int index)
    {
        var pieces = new SipPayload(payload);
        while (pieces.MoveNext())
            if (pieces.Index == index)
                return pieces.Bytes;
        return [];
    }
}
