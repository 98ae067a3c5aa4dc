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
    public int Index { get; private set; } = -1;

    /// <summary>Where the piece begins in the payload.</summary>
    public int Offset { get; private set; }

    public int Length { get; private set; }

    /// <summary>The piece.</summary>
    public readonly ReadOnlySpan<byte> Bytes => _payload.Slice(Offset, Length);

    /// <summary>Why the piece is no SIP message: it is stored raw.</summary>
    public SipRejection Rejection { get; private set; }

    /// <summary>The piece, read.</summary>
    [UnscopedRef]
    public readonly ref readonly SipMessage Message => ref _message;

    /// <summary>Goes to the next piece. An empty payload is one empty piece.</summary>
    public bool MoveNext()
    {
        int start = Offset + Length;
        if (Index >= 0 && start == _payload.Length)
            return false;
        ReadOnlySpan<byte> rest = _payload[start..];
        Rejection = SipReader.Read(rest, out _message, out int end);
        Index++;
        Offset = start;
        if (Index == MaximumPieces - 1)
            Length = rest.Length;
        else if (Rejection == SipRejection.None)
            Length = LengthOfMessage(rest, end);
        else
            Length = Rejection == SipRejection.NoStartLine ? LengthOfFragment(rest) : rest.Length;
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

    /// <summary>Up to where the next message begins, if one does right behind this; padding and junk belong to this one.</summary>
    int LengthOfMessage(ReadOnlySpan<byte> rest, int end)
    {
        if (end == rest.Length || !SipStartLine.BeginsMessage(rest[end..].TrimStart("\r\n \0"u8)))
            return rest.Length;
        if (_message.ContentLength is null)
            _message.Body = [];
        return end;
    }

    /// <summary>Up to the line at which a message begins.</summary>
    static int LengthOfFragment(ReadOnlySpan<byte> rest)
    {
        int line = 0;
        for (int feed = rest.IndexOf((byte)'\n'); feed >= 0; feed = rest[line..].IndexOf((byte)'\n'))
        {
            line += feed + 1;
            if (SipStartLine.BeginsMessage(rest[line..]))
                return line;
        }

        return rest.Length;
    }
}
