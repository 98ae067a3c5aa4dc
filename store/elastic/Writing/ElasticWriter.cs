namespace Homer.Search.Store.Elastic;

/// <summary>
/// Sends documents as they are appended, as many requests at once as the engine takes, and waits for all of them at the end of a unit.
/// </summary>
sealed class ElasticWriter : ICaptureWriter
{
    readonly BulkSender _sender;
    readonly CapturedRows _rows;
    readonly JournalProgress _progress;
    readonly SummaryMerge _summaries;
    readonly Func<CancellationToken, Task> _refresh;
    readonly Action _closed;
    readonly uint _journal;

    /// <summary>Every request that has not ended, of this unit and of the one that is committed.</summary>
    readonly List<Task> _underWay = [];
    readonly Stack<BulkBody> _spare = [];

    /// <summary>The requests of this unit; each gives the packets of which the engine refused a document.</summary>
    List<Task<IReadOnlyList<long>>> _unit = [];
    Task _committing = Task.CompletedTask;
    BulkBody _body;

    public ElasticWriter(
        BulkSender sender, CapturedRows rows, JournalProgress progress, SummaryMerge summaries, uint journal, long replayEnd,
        Func<CancellationToken, Task> refresh, Action closed)
    {
        (_sender, _rows, _progress, _summaries) = (sender, rows, progress, summaries);
        (_journal, _refresh, _closed) = (journal, refresh, closed);
        ReplayEnd = replayEnd;
        _body = new BulkBody(sender.Pace.Bytes);
    }

    public long ReplayEnd { get; }

    public async ValueTask AppendAsync(DocumentBatch batch, CancellationToken cancellation)
    {
        _rows.Begin();
        for (int row = 0; row < batch.Count; row++)
        {
            _rows.Add(batch, row, _body);
            if (_body.Length >= _sender.Pace.Bytes)
                await SendAsync(cancellation);
        }
    }

    public async ValueTask<long> CommitAsync(long end, IReadOnlyCollection<SummaryUpdate> summaries, CancellationToken cancellation)
    {
        // Before anything is waited for: rows of the next unit may come meanwhile.
        if (_body.Items.Count > 0)
            Begin(cancellation);
        List<Task<IReadOnlyList<long>>> unit = _unit;
        _unit = [];
        Task<long> committing = CommitAsync(_committing, unit, end, summaries, cancellation);
        _committing = committing;
        return await committing;
    }

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll([_committing, .. _underWay]).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _rows.Dispose();
        _body.Dispose();
        foreach (BulkBody body in _spare)
            body.Dispose();
        _closed();
    }

    async Task<long> CommitAsync(
        Task before, List<Task<IReadOnlyList<long>>> unit, long end, IReadOnlyCollection<SummaryUpdate> summaries, CancellationToken cancellation)
    {
        await Task.WhenAll([before, .. unit]);
        IReadOnlyList<long>[] refused = await Task.WhenAll(unit);
        // From here on a summary may have this unit: after a power cut that the journal's note of it did not survive, it has to come again with the same end.
        await _progress.WriteAsync(_journal, end, cancellation);
        await _summaries.ApplyAsync(summaries, cancellation);
        await _refresh(cancellation);
        return refused.SelectMany(packets => packets).Distinct().LongCount();
    }

    /// <summary>Hands the body to a request of its own; waits while as many as allowed are under way.</summary>
    async Task SendAsync(CancellationToken cancellation)
    {
        _underWay.RemoveAll(request => request.IsCompleted);
        while (_underWay.Count >= _sender.Pace.Requests)
        {
            await Task.WhenAny(_underWay);
            _underWay.RemoveAll(request => request.IsCompleted);
        }

        // A unit of which a part was refused is void: the sooner it is known, the better.
        foreach (Task request in _unit.Where(request => request.IsFaulted || request.IsCanceled))
            await request;
        Begin(cancellation);
    }

    void Begin(CancellationToken cancellation)
    {
        BulkBody body = _body;
        lock (_spare)
            _body = _spare.Count > 0 ? _spare.Pop() : new BulkBody(_sender.Pace.Bytes);
        var request = Task.Run(() => SendAsync(body, cancellation), CancellationToken.None);
        _unit.Add(request);
        _underWay.Add(request);
    }

    async Task<IReadOnlyList<long>> SendAsync(BulkBody body, CancellationToken cancellation)
    {
        // A conflict is a document that is there already.
        Verdict[] verdicts = await _sender.SendAsync(body.Bytes, body.Items, cancellation);
        long[] refused = [.. body.Items.Where((_, index) => verdicts[index] == Verdict.Refused).Select(item => item.Packet)];
        body.Clear();
        lock (_spare)
            _spare.Push(body);
        return refused;
    }
}
