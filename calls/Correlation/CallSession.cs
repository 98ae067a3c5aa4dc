using Homer.Search.Store;

namespace Homer.Search.Calls;

/// <summary>The calls that are tied to one call, directly or over others.</summary>
/// <param name="Id">Call-ID of the leg that began first.</param>
/// <param name="Legs">Call summaries in the order in which they began.</param>
/// <param name="Ignored">What too many calls share to say anything, as <c>type=value</c>.</param>
/// <param name="IsCut">The bounds of depth or number were reached: there may be further legs.</param>
public sealed record CallSession(
    string Id, IReadOnlyList<Document> Legs, IReadOnlyList<CorrelationEdge> Edges, IReadOnlyList<string> Ignored, bool IsCut)
{
    /// <summary>
    /// What the rules, a list of legs and their outcomes, and the search for their messages read of a leg: who shows no more need not read the other half of
    /// the fields.
    /// </summary>
    public static IReadOnlyCollection<Field> FieldsOfLegs { get; } =
    [
        Fields.Timestamp, Fields.CallId, Fields.CallMethod, Fields.Identifiers, Fields.Caller, Fields.Callee, Fields.SourceIp, Fields.DestinationIp,
        Fields.EventStart, Fields.EventEnd, Fields.MessageCount, Fields.CallState, Fields.CallOutcome,
    ];
}

/// <summary>Why two calls belong together.</summary>
/// <param name="From">Call-ID.</param>
/// <param name="To">Call-ID.</param>
/// <param name="Rule">Name of the rule that tied them.</param>
/// <param name="Identifier">What they share, as `type=value`.</param>
public sealed record CorrelationEdge(string From, string To, string Rule, string Identifier);
