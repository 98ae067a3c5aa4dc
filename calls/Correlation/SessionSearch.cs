using Homer.Search.Store;

namespace Homer.Search.Calls;

/// <summary>Follows the rules from call to call, all calls of one distance at once.</summary>
/// <param name="search">Finds calls that began about when the first one did, no more than it is asked for.</param>
public sealed class SessionSearch(CorrelationRules rules, Func<Query, int, Task<IReadOnlyList<Document>>> search)
{
    /// <summary>More legs are not put into one session.</summary>
    public const int MostLegs = 50;

    /// <summary>Most calls that are asked for at once; beyond it each lead is followed alone.</summary>
    const int MostFound = 500;

    /// <summary>Registrations and keep-alives have summaries too.</summary>
    static readonly Query IsCall = new Query.Equal(Fields.CallMethod, "INVITE");

    readonly Dictionary<string, Document> _legs = [];
    readonly Dictionary<(string From, string To), CorrelationEdge> _edges = [];
    readonly List<string> _ignored = [];
    readonly HashSet<string> _followed = [];
    bool _isFull;

    /// <summary>The session of a call whose legs are in a store.</summary>
    /// <param name="wanted">What is read of the other legs, <see cref="CallSession.FieldsOfLegs"/> or more; null for all.</param>
    public static Task<CallSession> FindAsync(
        ICaptureStore store, CorrelationRules rules, Document call, IReadOnlyCollection<Field>? wanted, CancellationToken cancellation)
    {
        var range = new TimeRange(call.Time.Plus(-rules.Around), call.Time.Plus(rules.Around));
        return new SessionSearch(rules, FindAsync).FindAsync(call);

        async Task<IReadOnlyList<Document>> FindAsync(Query where, int most)
        {
            var query = new CaptureQuery(DocumentKind.Call, range, new Query.And([IsCall, where]))
            {
                Sort = [new Sort(Fields.Timestamp)],
                First = most,
                CountTotal = false,
                Wanted = wanted,
            };
            return (await store.SearchAsync(query, cancellation).ConfigureAwait(false)).Documents;
        }
    }

    public async Task<CallSession> FindAsync(Document call)
    {
        _legs[call.Id] = call;
        IReadOnlyList<Document> nearest = [call];
        for (int distance = 0; distance < rules.Depth && nearest.Count > 0; distance++)
            nearest = await StepAsync(nearest);

        Document[] ordered = [.. _legs.Values.OrderBy(leg => leg.Time).ThenBy(leg => leg.Id, StringComparer.Ordinal)];
        return new CallSession(ordered[0].Id, ordered, [.. _edges.Values], _ignored, _isFull || nearest.Count > 0);
    }

    /// <summary>The legs that are new.</summary>
    async Task<IReadOnlyList<Document>> StepAsync(IReadOnlyList<Document> legs)
    {
        IGrouping<string, (Document Leg, Lead Lead)>[] places = [.. legs.SelectMany(leg => rules.Leads(leg).Select(lead => (Leg: leg, Lead: lead)))
            .GroupBy(from => from.Lead.Where.ToString()).Where(place => _followed.Add(place.Key))];
        IReadOnlyList<IReadOnlyList<Document>> found = await FollowAsync([.. places.Select(place => place.First().Lead.Where)]);
        var added = new List<Document>();
        foreach ((IGrouping<string, (Document Leg, Lead Lead)> place, IReadOnlyList<Document> others) in places.Zip(found))
        {
            if (others.Count > rules.Hub)
            {
                _ignored.Add(place.First().Lead.Value);
                continue;
            }

            foreach ((Document leg, Lead lead) in place)
                added.AddRange(others.Where(other => other.Id != leg.Id && Tie(leg, other, lead)));
        }

        return added;
    }

    /// <summary>Whether the other is a new leg.</summary>
    bool Tie(Document leg, Document other, Lead lead)
    {
        bool isKnown = _legs.ContainsKey(other.Id);
        if (!isKnown && _legs.Count == MostLegs)
        {
            _isFull = true;
            return false;
        }

        _legs.TryAdd(other.Id, other);
        if (!_edges.ContainsKey((other.Id, leg.Id)))
            _edges.TryAdd((leg.Id, other.Id), new CorrelationEdge(leg.Id, other.Id, lead.Rule, lead.Value));
        return !isKnown;
    }

    /// <summary>What each of the questions finds.</summary>
    async Task<IReadOnlyList<IReadOnlyList<Document>>> FollowAsync(IReadOnlyList<Query> questions)
    {
        if (questions.Count == 0)
            return [];
        IReadOnlyList<Document> together = await search(new Query.Or(questions), MostFound + 1);
        if (together.Count <= MostFound)
            return [.. questions.Select(question => (IReadOnlyList<Document>)[.. together.Where(call => QueryMatch.Matches(question, call))])];

        var alone = new List<IReadOnlyList<Document>>();
        foreach (Query question in questions)
            alone.Add(await search(question, rules.Hub + 1));
        return alone;
    }
}
