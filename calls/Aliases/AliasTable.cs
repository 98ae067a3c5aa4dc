using System.Net;
using System.Text;
using Homer.Search.Store;

namespace Homer.Search.Calls;

/// <summary>
/// What is declared in <c>rules/aliases.yaml</c>. Of several aliases of an address that with the longest prefix counts, then that with a port, then that with
/// an agent.
/// </summary>
public sealed class AliasTable
{
    /// <summary>Where the file lies in the folder of rules.</summary>
    public const string FileName = "aliases.yaml";

    /// <summary>A table for each length of prefix, the longest first.</summary>
    readonly (UInt128 Mask, Dictionary<UInt128, Entry[]> Entries)[] _lengths;

    public AliasTable(IReadOnlyList<Alias> aliases)
    {
        Aliases = aliases;
        _lengths = [.. aliases.Select(static alias => (alias, network: Mask(alias.Network)))
            .GroupBy(static entry => entry.network.Mask)
            .OrderByDescending(static length => length.Key)
            .Select(static length => (length.Key, length.GroupBy(static entry => entry.network.Prefix).ToDictionary(
                static place => place.Key, static place => place.Select(static entry => new Entry(entry.alias))
                    .OrderByDescending(static entry => entry.Alias.Port.HasValue).ThenByDescending(static entry => entry.Alias.Agent.HasValue).ToArray())))];
    }

    /// <summary>Without a file.</summary>
    public static AliasTable Empty { get; } = new([]);

    public IReadOnlyList<Alias> Aliases { get; }

    /// <summary>The alias in UTF-8; empty when there is none.</summary>
    /// <param name="address">With IPv4 mapped into IPv6.</param>
    public ReadOnlySpan<byte> Find(UInt128 address, long port, long agent)
    {
        foreach ((UInt128 mask, Dictionary<UInt128, Entry[]> entries) in _lengths)
        {
            if (!entries.TryGetValue(address & mask, out Entry[]? places))
                continue;
            foreach (Entry place in places)
            {
                if ((place.Alias.Port is not { } itsPort || itsPort == port) && (place.Alias.Agent is not { } itsAgent || itsAgent == agent))
                    return place.Name;
            }
        }

        return [];
    }

    /// <summary>A network as what of an address counts, and what that has to be; IPv4 mapped into IPv6.</summary>
    static (UInt128 Prefix, UInt128 Mask) Mask(IPNetwork network)
    {
        int free = (8 * network.BaseAddress.GetAddressBytes().Length) - network.PrefixLength;
        UInt128 mask = free == 128 ? UInt128.Zero : UInt128.MaxValue << free;
        return (ValueOrder.Number(network.BaseAddress) & mask, mask);
    }

    sealed class Entry(Alias alias)
    {
        public Alias Alias { get; } = alias;
        public byte[] Name { get; } = Encoding.UTF8.GetBytes(alias.Name);
    }
}
