using Homer.Search.Journal;

namespace Homer.Search.Store.Elastic;

/// <summary>
/// Writes rows of captured documents into bulk bodies, each with the payload that the journal has of it. A document's identity and index follow from
/// where it stands in the journal, so whatever is sent again is stored once. Used by one thread.
/// </summary>
sealed class CapturedRows(IndexNames names, Archive archive, ElasticMeter meter) : IDisposable
{
    /// <summary>Records lie at multiples of it.</summary>
    const long Record = 8;

    readonly PacketReads _packets = archive.OpenReads();
    readonly Dictionary<(DocumentKind, DateOnly, string?), string> _indices = [];

    /// <summary>Comes before the rows of each batch.</summary>
    public void Begin() => _packets.Renew();

    public void Add(DocumentBatch batch, int row, BulkBody body)
    {
        DocumentId id = batch.Id(row);
        ReadOnlySpan<byte> packet = _packets.Read(id.Position);
        if (packet.IsEmpty)
            meter.StoredWithoutRaw();
        ReadOnlySpan<byte> payload = packet.IsEmpty ? default : CapturedPayload.Of(packet, batch.Kind, id.Position);
        body.Create(IndexOf(batch, id.Time.Day), id.ToString(), batch, row, payload, id.Position & -Record);
    }

    public void Dispose() => _packets.Dispose();

    string IndexOf(DocumentBatch batch, DateOnly day)
    {
        if (!_indices.TryGetValue((batch.Kind, day, batch.Namespace), out string? index))
            _indices.Add((batch.Kind, day, batch.Namespace), index = names.Of(batch.Kind, day, batch.Namespace));
        return index;
    }
}
