namespace Homer.Search.Store.Elastic;

/// <summary>What became of the documents that were sent once more.</summary>
/// <param name="Stored">They are gone from the file.</param>
/// <param name="ThereAlready">Stored by an earlier attempt, or a call that has gone on since; they are gone from the file.</param>
/// <param name="RefusedAgain">They stay, with the new reason.</param>
/// <param name="Unreadable">Lines that are not whole; they stay.</param>
public sealed record RefusedReplayReport(long Stored, long ThereAlready, long RefusedAgain, long Unreadable);

/// <summary>
/// Sends refused documents to the engine once more, with the identity they had, so that none is stored twice however often this is done. The file
/// changes when the engine has answered for all.
/// </summary>
public sealed class RefusedReplay : IDisposable
{
    readonly ElasticMeter _meter = new();
    readonly ElasticOptions _options;
    readonly ElasticClient _client;
    readonly TimeProvider _clock;
    readonly RefusedFile _file;

    /// <param name="file">Of the refused documents.</param>
    /// <param name="options">Where the engine is.</param>
    /// <param name="clock">Counts pauses and timeouts.</param>
    public RefusedReplay(RefusedFile file, ElasticOptions options, TimeProvider clock)
        : this(file, options, clock, new ElasticClient(options, clock))
    {
    }

    internal RefusedReplay(RefusedFile file, ElasticOptions options, TimeProvider clock, ElasticClient client) =>
        (_file, _options, _clock, _client) = (file, options, clock, client);

    /// <exception cref="StoreException">The engine cannot be reached or lets nothing in; the file is as it was.</exception>
    /// <exception cref="IOException">The file cannot be read or written anew.</exception>
    public async Task<RefusedReplayReport> RunAsync(CancellationToken cancellation)
    {
        if (!File.Exists(_file.Path))
            return new RefusedReplayReport(0, 0, 0, 0);
        using RefusedRewrite rewrite = _file.Rewrite();
        var refused = new RefusedDocuments(documents => KeepIn(rewrite, documents), _meter);
        var sender = new BulkSender(_client, _options, refused, _meter, _clock);
        using var body = new BulkBody(sender.Pace.Bytes);
        var report = new RefusedReplayReport(0, 0, 0, 0);
        while (rewrite.Next() is { } line)
        {
            if (RefusedDocument.Parse(line) is { } document)
            {
                body.Repeat(document.Document);
            }
            else
            {
                rewrite.Keep(line);
                report = report with { Unreadable = report.Unreadable + 1 };
            }

            if (body.Length >= sender.Pace.Bytes)
                report = await SendAsync(sender, body, report, cancellation);
        }

        report = await SendAsync(sender, body, report, cancellation);
        rewrite.Complete();
        return report;
    }

    public void Dispose()
    {
        _client.Dispose();
        _meter.Dispose();
    }

    static void KeepIn(RefusedRewrite rewrite, IReadOnlyList<RefusedDocument> documents)
    {
        foreach (RefusedDocument document in documents)
            rewrite.Keep(document.ToLine());
    }

    static async Task<RefusedReplayReport> SendAsync(BulkSender sender, BulkBody body, RefusedReplayReport report, CancellationToken cancellation)
    {
        if (body.Items.Count == 0)
            return report;
        Verdict[] verdicts = await sender.SendAsync(body.Bytes, body.Items, cancellation);
        body.Clear();
        return report with
        {
            Stored = report.Stored + verdicts.Count(verdict => verdict == Verdict.Stored),
            ThereAlready = report.ThereAlready + verdicts.Count(verdict => verdict == Verdict.Conflict),
            RefusedAgain = report.RefusedAgain + verdicts.Count(verdict => verdict == Verdict.Refused),
        };
    }
}
