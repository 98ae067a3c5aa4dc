using Homer.Search.Protocol.Hep;
using Homer.Search.Protocol.Sip;
using Homer.Search.Store;

namespace Homer.Search.Journal;

/// <summary>The bytes of one document out of the packet they came in.</summary>
public static class CapturedPayload
{
    /// <summary>Records lie at multiples of 8; what is above one tells the documents of one packet apart.</summary>
    const long PieceMask = 7;

    /// <summary>
    /// The piece of the packet's payload that a document stands for, uncompressed; of what is no HEP packet, the whole.
    /// </summary>
    /// <param name="bytes">The packet.</param>
    /// <param name="kind">
    /// Of the document: SIP messages of one payload are told apart by their number; several reports may be read out of one message, so their
    /// numbers tell no messages apart.
    /// </param>
    /// <param name="sequence">The document's <c>event.sequence</c>.</param>
    public static ReadOnlySpan<byte> Of(ReadOnlySpan<byte> bytes, DocumentKind kind, long sequence)
    {
        if (HepReader.Read(bytes, out HepPacket packet) != HepRejection.None)
        {
            if (CompressedPayload.Inflate(bytes, out byte[] inner) != HepRejection.None || HepReader.Read(inner, out packet) != HepRejection.None)
                return bytes;
        }

        ReadOnlySpan<byte> payload = packet.Payload;
        if (packet.IsCompressed && CompressedPayload.Inflate(payload, out byte[] inflated) == HepRejection.None)
            payload = inflated;
        int piece = kind == DocumentKind.Sip ? (int)(sequence & PieceMask) : 0;
        return packet.ProtocolType == HepProtocolType.Sip ? SipPayload.Piece(payload, piece) : payload;
    }
}
