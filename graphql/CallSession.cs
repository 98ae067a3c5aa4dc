using Homer.Search.Store;

namespace Homer.Search.Api;

/// <summary>The calls that are tied to one call, directly or over others.</summary>
/// <param name="Id">Call-ID of the leg that began first.</param>
/// <param name="Legs">Call summaries in the order in which they began.</param>
/// <param name="Ignored">Identifiers shared by too many calls to say anything.</param>
public sealed record CallSession(string Id, IReadOnlyList<Document> Legs, IReadOnlyList<CorrelationEdge> Edges, IReadOnlyList<string> Ignored)
{
    /// <summary>More calls than this with one identifier have it by accident: a trunk's or a device's, not a call's.</summary>
    public const int MostLegs = 50;

    /// <summary>
    /// Follows identifiers from call to call. <paramref name="sharers"/> finds the calls with an identifier and is asked once for each; it need not
    /// answer more than <see cref="MostLegs"/> + 1.
    /// </summary>
    internal static async Task<CallSession> OfAsync(Document call, Func<string, Task<IReadOnlyList<Document>>> sharers)
    {
        var legs = new Dictionary<string, Document> { [call.Id] = call };
        var edges = new List<CorrelationEdge>();
        var ignored = new List<string>();
        var asked = new HashSet<string>();
        var waiting = new Queue<Document>([call]);
        while (waiting.TryDequeue(out Document? leg))
        {
            foreach (string identifier in leg.Many(Fields.Identifiers).Where(asked.Add))
            {
                IReadOnlyList<Document> found = await sharers(identifier);
                if (found.Count > MostLegs)
                {
                    ignored.Add(identifier);
                    continue;
                }

                foreach (Document other in found.Where(other => other.Id != leg.Id))
                {
                    edges.Add(new CorrelationEdge(leg.Id, other.Id, identifier));
                    if (legs.Count < MostLegs && legs.TryAdd(other.Id, other))
                        waiting.Enqueue(other);
                }
            }
        }

        Document[] ordered = [.. legs.Values.OrderBy(leg => leg.Time).ThenBy(leg => leg.Id, StringComparer.Ordinal)];
        return new CallSession(ordered[0].Id, ordered, [.. edges.Where(edge => legs.ContainsKey(edge.To))], ignored);
    }
}

/// <summary>Two calls that share an identifier.</summary>
/// <param name="From">Call-ID.</param>
/// <param name="To">Call-ID.</param>
/// <param name="Identifier">What they share, as `type=value`.</param>
public sealed record CorrelationEdge(string From, string To, string Identifier);
