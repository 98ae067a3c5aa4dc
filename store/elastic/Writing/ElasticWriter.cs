using Homer.Search.Journal;

namespace Homer.Search.Store.Elastic;

/// <summary>
/// Sends documents as they are appended, several requests at once, and waits for all of them at the end of a unit. A document's identity and index
/// follow from where it stands in the journal, so whatever is sent again is stored once.
/// </summary>
sealed class ElasticWriter : ICaptureWriter
{
    readonly BulkSender _sender;
    readonly IndexNames _names;
    readonly Archive _archive;
    readonly JournalProgress _progress;
    readonly SummaryMerge _summaries;
    readonly Func<CancellationToken, Task> _refresh;
    readonly Action _closed;
    readonly uint _journal;
    readonly int _bulkBytes;
    readonly Dictionary<DateOnly, string> _indices = [];
    readonly List<Task> _underWay = [];
    Task _committing = Task.CompletedTask;
    readonly Stack<BulkBody> _spare = [];
    readonly int _requests;
    DocumentKind _kind;
    BulkBody _body;

    public ElasticWriter(
        ElasticOptions options, BulkSender sender, IndexNames names, Archive archive, JournalProgress progress, SummaryMerge summaries, uint journal,
        long replayEnd, Func<CancellationToken, Task> refresh, Action closed)
    {
        (_sender, _names, _archive, _progress, _summaries) = (sender, names, archive, progress, summaries);
        (_journal, _refresh, _closed) = (journal, refresh, closed);
        (_bulkBytes, _requests) = (options.BulkBytes, options.BulkRequests);
        ReplayEnd = replayEnd;
        _body = new BulkBody(_bulkBytes);
    }

    public long ReplayEnd { get; }

    public async ValueTask AppendAsync(DocumentBatch batch, CancellationToken cancellation)
    {
        if (batch.Kind != _kind)
        {
            _indices.Clear();
            _kind = batch.Kind;
        }

        for (int row = 0; row < batch.Count; row++)
        {
            DocumentId id = batch.Id(row);
            byte[] payload = _archive.TryRead(id.Position, out ArchivedPacket packet) ? CapturedPayload.Of(packet.Packet, id.Position) : [];
            _body.Create(IndexOf(id.Time.Day), id.ToString(), batch, row, payload);
            if (_body.Length >= _bulkBytes)
                await SendAsync(cancellation);
        }
    }

    public ValueTask CommitAsync(long end, IReadOnlyCollection<SummaryUpdate> summaries, CancellationToken cancellation)
    {
        // Before anything is waited for: rows of the next unit may come meanwhile.
        if (_body.Items.Count > 0)
            Begin(cancellation);
        Task[] unit = [.. _underWay];
        _underWay.Clear();
        _committing = CommitAsync(unit, end, summaries, cancellation);
        return new ValueTask(_committing);
    }

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll([_committing, .. _underWay]).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _body.Dispose();
        foreach (BulkBody body in _spare)
            body.Dispose();
        _closed();
    }

    async Task CommitAsync(Task[] unit, long end, IReadOnlyCollection<SummaryUpdate> summaries, CancellationToken cancellation)
    {
        await Task.WhenAll(unit);
        // From here on a summary may have this unit: after a power cut that the journal's note of it did not survive, it has to come again with the same end.
        await _progress.WriteAsync(_journal, end, cancellation);
        await _summaries.ApplyAsync(summaries, cancellation);
        await _refresh(cancellation);
    }

    string IndexOf(DateOnly day)
    {
        if (!_indices.TryGetValue(day, out string? index))
            _indices.Add(day, index = _names.Of(_kind, day));
        return index;
    }

    /// <summary>Hands the body to a request of its own; waits while as many as allowed are under way.</summary>
    async Task SendAsync(CancellationToken cancellation)
    {
        while (_underWay.Count >= _requests)
        {
            Task ended = await Task.WhenAny(_underWay);
            _underWay.Remove(ended);
            await ended;
        }

        Begin(cancellation);
    }

    void Begin(CancellationToken cancellation)
    {
        BulkBody body = _body;
        lock (_spare)
            _body = _spare.Count > 0 ? _spare.Pop() : new BulkBody(_bulkBytes);
        _underWay.Add(Task.Run(() => SendAsync(body, cancellation), CancellationToken.None));
    }

    async Task SendAsync(BulkBody body, CancellationToken cancellation)
    {
        // A conflict is a document that is there already.
        await _sender.SendAsync(body.Bytes, body.Items, cancellation);
        body.Clear();
        lock (_spare)
            _spare.Push(body);
    }
}
