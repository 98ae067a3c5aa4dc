using Homer.Search.Store;

namespace Homer.Search.Calls;

/// <summary>Folds the messages of one unit of the journal into one update a Call-ID. Used by one thread; cleared and used again.</summary>
public sealed class CallFold(uint journal)
{
    /// <summary>The journal the messages come from.</summary>
    public uint Journal { get; } = journal;

    /// <summary>Adds one message; a message without Call-ID belongs to no call.</summary>
    public void Add(in CapturedMessage message) => throw new NotImplementedException();

    /// <summary>One update for each Call-ID seen since the last <see cref="Clear"/>.</summary>
    public IReadOnlyCollection<SummaryUpdate> Updates => throw new NotImplementedException();

    public void Clear() => throw new NotImplementedException();
}
