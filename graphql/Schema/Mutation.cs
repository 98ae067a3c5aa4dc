using GraphQL;
using Homer.Search.Api.Changes;

namespace Homer.Search.Api.Schema;

/// <summary>What can be changed, by who sends the key of `--change-key` in the header `Homer-Key`.</summary>
public sealed class Mutation
{
    Mutation()
    {
    }

    /// <summary>Makes these the aliases, and no others; answers all there are then.</summary>
    /// <param name="aliases">All of them; none takes all names away.</param>
    public static IReadOnlyList<NamedPlace> ReplaceAliases([FromServices] AliasChanges changes, IReadOnlyList<NamedPlaceInput> aliases) =>
        changes.Make(nameof(aliases), book => book.Replace([.. aliases.Select(static alias => alias.Read())]));

    /// <summary>Adds aliases, and renames places that have one; answers all there are then.</summary>
    /// <param name="aliases">What is added or renamed.</param>
    public static IReadOnlyList<NamedPlace> PutAliases([FromServices] AliasChanges changes, IReadOnlyList<NamedPlaceInput> aliases) =>
        changes.Make(nameof(aliases), book => book.Put([.. aliases.Select(static alias => alias.Read())]));

    /// <summary>Takes the names of places away; of all, or when one has none, of none. Answers those that remain.</summary>
    /// <param name="places">By address or network, port and agent, as the aliases have them.</param>
    public static IReadOnlyList<NamedPlace> RemoveAliases([FromServices] AliasChanges changes, IReadOnlyList<PlaceInput> places) =>
        changes.Make(nameof(places), book => book.Remove([.. places.Select(static place => place.Read())]));
}
