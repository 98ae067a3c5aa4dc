using Homer.Search.Journal;

namespace Homer.Search.Store.DuckDb;

/// <summary>Reads the captured bytes of documents out of the archive.</summary>
sealed class RawPayloads(Archive archive)
{
    /// <summary>Records lie at multiples of 8; what is above it tells the messages of one payload apart.</summary>
    const long PositionMask = ~7L;

    public ValueTask<IReadOnlyList<byte[]?>> ReadAsync(IReadOnlyList<Document> documents, CancellationToken cancellation)
    {
        var payloads = new byte[]?[documents.Count];
        for (int index = 0; index < payloads.Length; index++)
        {
            cancellation.ThrowIfCancellationRequested();
            if (documents[index].Integer(Fields.Sequence) is { } position)
                payloads[index] = archive.Read(position & PositionMask);
        }

        return ValueTask.FromResult<IReadOnlyList<byte[]?>>(payloads);
    }
}
