using GraphQL;
using Homer.Search.Calls;
using Homer.Search.Store;

namespace Homer.Search.Api.Schema;

/// <summary>Calls that belong together: those that can be reached from one another by the rules of correlation.</summary>
public sealed class Session
{
    readonly CaptureQueries _queries;
    readonly CallSession _session;

    internal Session(CaptureQueries queries, CallSession session)
    {
        _queries = queries;
        _session = session;
        Id = session.Id;
        Legs = [.. session.Legs.Select(leg => new Call(queries, leg))];
        Edges = session.Edges;
        Ignored = session.Ignored;
        IsCut = session.IsCut;
    }

    /// <summary>Call-ID of the leg that began first.</summary>
    [Id]
    public string Id { get; }

    /// <summary>The calls, in the order in which they began.</summary>
    public IReadOnlyList<Call> Legs { get; }

    /// <summary>Which calls are tied together, by which rule and by what.</summary>
    public IReadOnlyList<CorrelationEdge> Edges { get; }

    /// <summary>Identifiers shared by too many calls to say anything, as `type=value`.</summary>
    public IReadOnlyList<string> Ignored { get; }

    /// <summary>The bounds of depth or number were reached: there may be further legs.</summary>
    public bool IsCut { get; }

    /// <summary>The call flow of all legs in one drawing.</summary>
    /// <param name="byHost">One lane a host, whatever its ports.</param>
    [Complexity(50, 1)]
    public async Task<LadderView> Ladder(bool? byHost = false, CancellationToken cancellation = default) =>
        new(new MessageList(_queries, (await _queries.MessagesOfSessionAsync(_session.Legs, wanted: null, cancellation)).Documents, isWholeCall: true), byHost ?? false, EventsAsync);

    async Task<IReadOnlyList<Document>> EventsAsync(CancellationToken cancellation)
    {
        var events = new List<Document>();
        foreach (Call leg in Legs)
            events.AddRange(await leg.EventsAsync(cancellation));
        return [.. events.DistinctBy(document => document.Id)];
    }
}
