using System.Net;
using Homer.Search.Store;

namespace Homer.Search.Api.Schema;

/// <summary>The capture agents as the way in knows them; one look at them a request.</summary>
public sealed class AgentDirectory
{
    readonly Lazy<Dictionary<(long, IPAddress), CaptureAgent>> _seen;
    readonly Lazy<IngestStatus> _status;

    public AgentDirectory(IngestStatusSource source)
    {
        _status = new(source.Snapshot);
        _seen = new(() => Status.Agents.ToDictionary(agent => ((long)agent.Id, agent.Peer)));
    }

    internal IngestStatus Status => _status.Value;

    internal IReadOnlyList<Agent> All() => [.. Status.Agents.Select(agent => new Agent(agent.Id, agent.Name, agent.Peer, agent))];

    /// <summary>The agent that captured a document.</summary>
    internal Agent Of(Document document)
    {
        long id = document.Integer(Fields.CaptureId) ?? 0;
        IPAddress? peer = document.Address(Fields.Peer);
        CaptureAgent? seen = peer is null ? null : _seen.Value.GetValueOrDefault((id, peer));
        return new Agent(id, document.Text(Fields.AgentName) ?? id.ToString(System.Globalization.CultureInfo.InvariantCulture), peer, seen);
    }
}
