using GraphQL;
using Homer.Search.Calls;

namespace Homer.Search.Api.Schema;

/// <summary>What people call a place in the network.</summary>
[Name("Alias")]
public sealed class NamedPlace
{
    readonly Alias _alias;

    internal NamedPlace(Alias alias) => _alias = alias;

    /// <summary>At most 64 characters.</summary>
    public string Name => _alias.Name;

    /// <summary>An address, or a network like 10.0.0.0/8. Of several aliases of an address the longest prefix counts.</summary>
    public string Ip => _alias.Ip;

    /// <summary>Only this port; null for all.</summary>
    public int? Port => _alias.Port;

    /// <summary>Only as the capture agent with this id sees it; null for all.</summary>
    public long? Agent => _alias.Agent;

    internal static IReadOnlyList<NamedPlace> Of(IEnumerable<Alias> aliases) => [.. aliases.Select(static alias => new NamedPlace(alias))];
}

/// <summary>A name for a place in the network.</summary>
[Name("AliasInput")]
public sealed record NamedPlaceInput
{
    /// <summary>At most 64 characters.</summary>
    public required string Name { get; init; }

    /// <summary>An address, or a network like 10.0.0.0/8.</summary>
    public required string Ip { get; init; }

    /// <summary>Only this port; all when left out.</summary>
    public int? Port { get; init; }

    /// <summary>Only as the capture agent with this id sees it; all when left out.</summary>
    public long? Agent { get; init; }

    internal WrittenAlias Read() => new(Name, Ip, Port, Agent);
}

/// <summary>A place in the network that has a name.</summary>
[Name("AliasPlaceInput")]
public sealed record PlaceInput
{
    /// <summary>The address or network, as the alias has it.</summary>
    public required string Ip { get; init; }

    /// <summary>The port, when the alias has one.</summary>
    public int? Port { get; init; }

    /// <summary>The capture agent's id, when the alias has one.</summary>
    public long? Agent { get; init; }

    internal WrittenAlias Read() => new("any", Ip, Port, Agent);
}
