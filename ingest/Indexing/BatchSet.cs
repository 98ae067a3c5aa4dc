using Homer.Search.Store;

namespace Homer.Search.Ingest;

/// <summary>The batches that are being filled, one a kind and namespace. Used by one thread; a kind nobody sends takes no memory.</summary>
/// <param name="space">The namespace of its documents; null for the store's own.</param>
sealed class BatchSet(uint journal, string? space = null)
{
    /// <summary>Rows one packet may add: the messages of one payload.</summary>
    const int RowsOfPacket = Protocol.Sip.SipPayload.MaximumPieces;

    /// <summary>Octets of text after which a batch counts as full, lest long log lines fill the memory.</summary>
    const int TextBound = 4 * 1024 * 1024;

    readonly Dictionary<string, BatchSet> _routed = [];
    BatchMark _marked;

    readonly DocumentBatch?[] _batches = new DocumentBatch?[Enum.GetValues<DocumentKind>().Length];

    public DocumentBatch Sip => Of(DocumentKind.Sip);

    public DocumentBatch Of(DocumentKind kind) => _batches[(int)kind] ??= new DocumentBatch(kind, journal, space);

    /// <summary>Those of a namespace to which the capture plan routes; null are these.</summary>
    public BatchSet In(string? routed)
    {
        if (routed is null)
            return this;
        if (!_routed.TryGetValue(routed, out BatchSet? set))
            _routed.Add(routed, set = new BatchSet(journal, routed));
        return set;
    }

    /// <summary>Whether every batch has room for one more packet.</summary>
    public bool HasRoom
    {
        get
        {
            foreach (DocumentBatch? batch in _batches)
            {
                if (batch is not null && (batch.Count > DocumentBatch.Capacity - RowsOfPacket || batch.TextLength > TextBound))
                    return false;
            }

            foreach (BatchSet set in _routed.Values)
            {
                if (!set.HasRoom)
                    return false;
            }

            return true;
        }
    }

    /// <summary>How far they are filled, to come back to.</summary>
    public BatchMark Mark()
    {
        foreach (BatchSet set in _routed.Values)
            set._marked = set.Mark();
        return new(Count(DocumentKind.Sip), Count(DocumentKind.Log), Count(DocumentKind.Qos));
    }

    /// <summary>The batch that a packet which is not SIP has been added to since.</summary>
    /// <param name="first">Its first row.</param>
    public DocumentBatch Since(BatchMark mark, out int first)
    {
        bool isLog = Count(DocumentKind.Log) > mark.Log;
        first = isLog ? mark.Log : mark.Qos;
        return Of(isLog ? DocumentKind.Log : DocumentKind.Qos);
    }

    /// <summary>Takes back the rows that were added since.</summary>
    public void TakeBack(BatchMark mark)
    {
        TakeBack(DocumentKind.Sip, mark.Sip);
        TakeBack(DocumentKind.Log, mark.Log);
        TakeBack(DocumentKind.Qos, mark.Qos);
        foreach (BatchSet set in _routed.Values)
            set.TakeBack(set._marked);
    }

    /// <summary>Those with rows.</summary>
    public IEnumerable<DocumentBatch> Filled =>
        _batches.OfType<DocumentBatch>().Where(batch => batch.Count > 0).Concat(_routed.Values.SelectMany(static set => set.Filled));

    public void Clear()
    {
        foreach (DocumentBatch? batch in _batches)
            batch?.Clear();
        foreach (BatchSet set in _routed.Values)
            set.Clear();
    }

    int Count(DocumentKind kind) => _batches[(int)kind]?.Count ?? 0;

    void TakeBack(DocumentKind kind, int count)
    {
        while (Count(kind) > count)
            Of(kind).RemoveLastRow();
    }
}

/// <summary>Rows of each kind that there were.</summary>
readonly record struct BatchMark(int Sip, int Log, int Qos);
