namespace Homer.Search.Store.Elastic;

/// <summary>
/// Documents that the engine refuses for good, so that one does not stop the others: each is counted and, when something keeps them, handed on
/// with the reason.
/// </summary>
sealed class RefusedDocuments(Action<IReadOnlyList<RefusedDocument>>? keep, ElasticMeter meter)
{
    /// <summary>The reason of the last one; null when there is none.</summary>
    public string? LastReason { get; private set; }

    public void Add(IReadOnlyList<RefusedDocument> documents)
    {
        if (documents.Count == 0)
            return;
        foreach (RefusedDocument document in documents)
            meter.Refuse(document.Reason);
        LastReason = documents[^1].Reason;
        keep?.Invoke(documents);
    }
}
