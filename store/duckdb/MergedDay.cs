using System.Collections.Concurrent;

namespace Homer.Search.Store.DuckDb;

/// <summary>What one unit changes in the calls of one day: the merged summaries, and the rows in whose place they are written.</summary>
sealed class MergedDay(DateOnly date)
{
    static readonly int[] AllRows = [.. Enumerable.Range(0, DocumentBatch.Capacity)];

    readonly List<DocumentBatch> _batches = [];
    readonly List<long> _replaced = [];
    readonly List<uint> _added = [];

    /// <summary>Merges one update into what is stored of it; nothing is added when that has it already.</summary>
    public void Add(SummaryUpdate update, StoredSummary? stored, ConcurrentBag<DocumentBatch> spare, uint journal)
    {
        if (_batches is not [.., { IsFull: false }])
            _batches.Add(spare.TryTake(out DocumentBatch? empty) ? empty : new DocumentBatch(DocumentKind.Call, journal));
        if (!update.Merge(stored is null ? [] : stored.Summary, _batches[^1]))
            return;
        if (stored is null)
            _added.Add(CallHash.Of(update.Key.Span));
        else
            _replaced.Add(stored.Row);
    }

    /// <summary>Writes it in one transaction.</summary>
    public void Write(DayFiles files, uint journal)
    {
        if (_batches is [] or [{ Count: 0 }])
            return;
        using var day = new DayUnit(files, date, journal);
        if (_replaced.Count > 0)
            day.Connection.Run($"DELETE FROM {day.File.Table(DocumentKind.Call)} WHERE rowid IN (SELECT unnest($1))", _replaced);
        foreach (DocumentBatch batch in _batches)
            day.Append(batch, AllRows.AsSpan(0, batch.Count));
        WriteIdentifiers(day);
        CallFilter calls = files.Calls.FilterOf(day.File);
        day.Commit();
        foreach (uint hash in _added)
            calls.Add(hash);
    }

    /// <summary>A call that is written again has them again: fewer than looking each up would cost.</summary>
    void WriteIdentifiers(DayUnit day)
    {
        if (!day.File.HasIdentifiers)
            return;
        var identifiers = new List<uint>();
        var calls = new List<uint>();
        foreach (DocumentBatch batch in _batches)
            CallKeys.AddIdentifiers(batch, identifiers, calls);
        if (identifiers.Count > 0)
            day.Connection.Run($"INSERT INTO {day.File.Identifiers} SELECT unnest($1), unnest($2)", identifiers, calls);
    }

    /// <summary>Clears its batches for others.</summary>
    public void GiveBack(ConcurrentBag<DocumentBatch> spare)
    {
        foreach (DocumentBatch batch in _batches)
        {
            batch.Clear();
            spare.Add(batch);
        }

        _batches.Clear();
    }
}
