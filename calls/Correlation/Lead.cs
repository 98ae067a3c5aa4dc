using Homer.Search.Store;

namespace Homer.Search.Calls;

/// <summary>Where a rule expects further legs of a call.</summary>
/// <param name="Rule">Name of the rule.</param>
/// <param name="Value">What they would share, as <c>type=value</c>.</param>
/// <param name="Where">Finds them among calls.</param>
public sealed record Lead(string Rule, string Value, Query Where);
