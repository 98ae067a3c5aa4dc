using Homer.Search.Protocol;
using Homer.Search.Store;

namespace Homer.Search.Calls;

/// <summary>
/// Tells of calls, as they are written, which may have become legs of a session of several: those that bring something which another one has as well. Only
/// their sessions need to be looked for.
/// </summary>
/// <remarks>What more calls have than the rules allow is a trunk's or a device's, and no reason to look.</remarks>
public sealed class TiedCalls(CorrelationRules rules)
{
    readonly IdentifierCounts _counts = new(rules.Around);

    /// <summary>Whether it brings anything that it did not have when it was asked about before and that another call has.</summary>
    /// <param name="now">When it was written.</param>
    public bool IsNew(Document call, Instant now)
    {
        _counts.Forget(now);
        bool isTied = false;
        foreach (string value in rules.Rules.SelectMany(rule => rule.Shared(call)).Distinct(StringComparer.Ordinal))
            isTied |= _counts.Add(value, call.Id) is { } others && others > 0 && others <= rules.Hub;
        return isTied;
    }
}
