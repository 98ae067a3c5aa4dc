using Homer.Search.Protocol.Hep;
using Homer.Search.Protocol.Sip;

namespace Homer.Search.Journal;

/// <summary>The bytes of one document out of the packet they came in.</summary>
public static class CapturedPayload
{
    /// <summary>Records lie at multiples of 8; what is above one tells the messages of one payload apart.</summary>
    const long PieceMask = 7;

    /// <summary>
    /// The piece of the packet's payload that <paramref name="sequence"/> (a document's <c>event.sequence</c>) stands for, uncompressed; of what is
    /// no HEP packet, the whole.
    /// </summary>
    public static byte[] Of(byte[] bytes, long sequence)
    {
        if (HepReader.Read(bytes, out HepPacket packet) != HepRejection.None)
        {
            if (CompressedPayload.Inflate(bytes, out byte[] inner) != HepRejection.None || HepReader.Read(inner, out packet) != HepRejection.None)
                return bytes;
        }

        ReadOnlySpan<byte> payload = packet.Payload;
        if (packet.IsCompressed && CompressedPayload.Inflate(payload, out byte[] inflated) == HepRejection.None)
            payload = inflated;
        return packet.ProtocolType == HepProtocolType.Sip ? SipPayload.Piece(payload, (int)(sequence & PieceMask)).ToArray() : payload.ToArray();
    }
}
