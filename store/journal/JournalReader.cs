namespace Homer.Search.Journal;

/// <summary>Follows a journal in order, through sealed segments and live ones. Used by one thread.</summary>
public sealed class JournalReader : IDisposable
{
    /// <summary>Behind the last record read.</summary>
    public long Position => throw new NotImplementedException();

    /// <summary>The next record; false when the end is reached.</summary>
    public bool TryRead(out JournalRecord record) => throw new NotImplementedException();

    /// <summary>Completes when there is something to read.</summary>
    public ValueTask WaitAsync(CancellationToken cancellation) => throw new NotImplementedException();

    public void Dispose() => throw new NotImplementedException();
}
