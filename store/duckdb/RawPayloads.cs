using Homer.Search.Journal;
using Homer.Search.Protocol.Hep;
using Homer.Search.Protocol.Sip;

namespace Homer.Search.Store.DuckDb;

/// <summary>Reads the captured bytes of documents out of the archive.</summary>
sealed class RawPayloads(Archive archive)
{
    /// <summary>Records lie at multiples of 8; what is above one tells the messages of one payload apart.</summary>
    const long PieceMask = 7;

    public IReadOnlyList<byte[]?> Read(IReadOnlyList<Document> documents)
    {
        long?[] positions = [.. documents.Select(document => document.Integer(Fields.Sequence))];
        long[] known = [.. positions.OfType<long>()];
        IReadOnlyList<ArchivedPacket?> packets = archive.Read(known);
        var payloads = new byte[]?[documents.Count];
        int next = 0;
        for (int index = 0; index < payloads.Length; index++)
        {
            if (positions[index] is { } position && packets[next++] is { } packet)
                payloads[index] = Payload(packet.Packet, (int)(position & PieceMask));
        }

        return payloads;
    }

    /// <summary>The piece of a packet's payload; of what is no HEP packet, the whole.</summary>
    static byte[] Payload(byte[] bytes, int piece)
    {
        if (HepReader.Read(bytes, out HepPacket packet) != HepRejection.None)
        {
            if (CompressedPayload.Inflate(bytes, out byte[] inner) != HepRejection.None || HepReader.Read(inner, out packet) != HepRejection.None)
                return bytes;
        }

        ReadOnlySpan<byte> payload = packet.Payload;
        if (packet.IsCompressed && CompressedPayload.Inflate(payload, out byte[] inflated) == HepRejection.None)
            payload = inflated;
        return packet.ProtocolType == HepProtocolType.Sip ? SipPayload.Piece(payload, piece).ToArray() : payload.ToArray();
    }
}
