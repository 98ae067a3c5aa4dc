using System.Text;

namespace Homer.Search.Ingest;

/// <summary>Keys of single capture agents by their id (HEP chunk 0x0c): whoever shows one speaks for that agent and for no other.</summary>
public sealed class AgentKeys
{
    readonly Dictionary<uint, byte[][]> _keys;

    /// <param name="keys">An agent has several while one follows the other.</param>
    public AgentKeys(IReadOnlyDictionary<uint, IReadOnlyList<string>> keys) =>
        _keys = keys.ToDictionary(static agent => agent.Key, static agent => agent.Value.Select(Encoding.UTF8.GetBytes).ToArray());

    /// <summary>No agent has a key of its own.</summary>
    public static AgentKeys None { get; } = new(new Dictionary<uint, IReadOnlyList<string>>());

    /// <summary>Agents that have one.</summary>
    public int Count => _keys.Count;

    /// <summary>Null when the agent has none.</summary>
    internal byte[][]? Of(uint agent) => _keys.GetValueOrDefault(agent);
}
