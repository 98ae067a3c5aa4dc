using Homer.Search.Journal;

namespace Homer.Search.Store.DuckDb;

/// <summary>Reads the captured bytes of documents out of the archive.</summary>
sealed class RawPayloads(Archive archive)
{
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
                payloads[index] = CapturedPayload.Of(packet.Packet, documents[index].Kind, position).ToArray();
        }

        return payloads;
    }
}
