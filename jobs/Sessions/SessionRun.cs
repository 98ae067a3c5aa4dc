using Homer.Search.Calls;
using Homer.Search.Store;

namespace Homer.Search.Jobs;

/// <summary>The sessions of some calls that follow each other in the order in which they were written.</summary>
/// <param name="tied">What is known of the calls before.</param>
/// <param name="again">Calls to be looked at again though nothing is new about them; those that changed while they were looked at are added.</param>
sealed class SessionRun(ICaptureStore store, CorrelationRules rules, TiedCalls tied, HashSet<string> again)
{
    /// <summary>Summaries that are read at most; what is left is for the next run.</summary>
    const int MostCalls = 20_000;

    /// <summary>Sessions that are looked for at most.</summary>
    const int MostSessions = 500;

    /// <summary>Summaries changed at once: the store lets nobody else change calls meanwhile.</summary>
    const int MostTogether = 500;

    /// <summary>Legs of sessions that were found, by Call-ID.</summary>
    readonly HashSet<string> _found = [];
    readonly Dictionary<string, SessionUpdate> _updates = [];
    int _calls;
    int _sessions;

    /// <summary>It takes no more calls.</summary>
    public bool IsFull => _calls >= MostCalls || _sessions >= MostSessions;

    /// <summary>Takes calls until it is full.</summary>
    public async Task AddAsync(IAsyncEnumerable<Document> calls, CancellationToken cancellation)
    {
        await foreach (Document call in calls.WithCancellation(cancellation).ConfigureAwait(false))
        {
            _calls++;
            await AddAsync(call, cancellation).ConfigureAwait(false);
            if (IsFull)
                break;
        }
    }

    /// <summary>Stores what was found; how many summaries that changed.</summary>
    public async Task<long> WriteAsync(CancellationToken cancellation)
    {
        foreach (SessionUpdate[] some in _updates.Values.Chunk(MostTogether))
            await store.MergeAsync(some, cancellation).ConfigureAwait(false);
        again.UnionWith(_updates.Where(update => !update.Value.IsWritten).Select(update => update.Key));
        return _updates.Values.Count(update => update.IsWritten);
    }

    async Task AddAsync(Document call, CancellationToken cancellation)
    {
        bool isNew = tied.IsNew(call, call.Instant(Fields.Ingested) ?? call.Time) | again.Remove(call.Id);
        if (!isNew || _found.Contains(call.Id))
            return;
        CallSession session = await SessionSearch.FindAsync(store, rules, call, wanted: null, cancellation).ConfigureAwait(false);
        _sessions++;
        foreach (Document leg in session.Legs)
        {
            _found.Add(leg.Id);
            if (SessionUpdate.IsDue(leg, session))
                _updates[leg.Id] = new SessionUpdate(leg, session);
        }
    }
}
