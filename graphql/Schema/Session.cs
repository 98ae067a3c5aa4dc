using GraphQL;

namespace Homer.Search.Api.Schema;

/// <summary>Calls that belong together: those that can be reached from one another over shared identifiers.</summary>
public sealed class Session
{
    internal Session(CaptureQueries queries, CallSession session)
    {
        Id = session.Id;
        Legs = [.. session.Legs.Select(leg => new Call(queries, leg))];
        Edges = session.Edges;
        Ignored = session.Ignored;
    }

    /// <summary>Call-ID of the leg that began first.</summary>
    [Id]
    public string Id { get; }

    /// <summary>The calls, in the order in which they began.</summary>
    public IReadOnlyList<Call> Legs { get; }

    /// <summary>Which calls are tied together, and by what.</summary>
    public IReadOnlyList<CorrelationEdge> Edges { get; }

    /// <summary>Identifiers shared by too many calls to say anything, as `type=value`.</summary>
    public IReadOnlyList<string> Ignored { get; }
}
