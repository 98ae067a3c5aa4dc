namespace Homer.Search.Store.Elastic;

/// <summary>
/// Writes log documents that come from no journal, such as the lines of this program: at once, and until the engine has them or an attempt fails. Who sends
/// a document again with the same identity stores it once. Used by one thread at a time.
/// </summary>
public sealed class LogWriter : IDisposable
{
    readonly Setup _setup;
    readonly BulkSender _sender;
    readonly IndexNames _names;
    readonly BulkBody _body;
    bool _isSetUp;

    internal LogWriter(ElasticClient client, ElasticOptions options, RefusedDocuments refused, ElasticMeter meter, IndexNames names, TimeProvider clock)
    {
        _setup = new Setup(client, options);
        // Whoever logs has its own patience.
        _sender = new BulkSender(client, options with { Patience = TimeSpan.Zero }, refused, meter, clock);
        _names = names;
        _body = new BulkBody(options.BulkBytes);
    }

    /// <summary>Stores the rows; the text of each is its payload too.</summary>
    /// <exception cref="StoreException">Not all are stored.</exception>
    public async Task WriteAsync(DocumentBatch batch, CancellationToken cancellation)
    {
        if (!_isSetUp)
            await _setup.ApplyAsync(cancellation);
        _isSetUp = true;
        _body.Clear();
        int text = Fields.Text.Column(batch.Kind);
        for (int row = 0; row < batch.Count; row++)
        {
            DocumentId id = batch.Id(row);
            _body.Create(_names.Of(batch.Kind, id.Time.Day), id.ToString(), batch, row, batch.Bytes(batch.Cells(text)[row]));
        }

        await _sender.SendAsync(_body.Bytes, _body.Items, cancellation);
    }

    public void Dispose() => _body.Dispose();
}
