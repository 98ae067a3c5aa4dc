using Homer.Search.Store;

namespace Homer.Search.Calls;

/// <summary>
/// Tells among calls that are read oldest first which are the first leg of their session, so that a call which a back-to-back user agent parts into legs is
/// counted once: as their summaries say, and of calls of which that is not known yet, as far as identifiers say. Guesses tie nothing here that is not stored,
/// nor does what more calls share than the rules allow.
/// </summary>
/// <remarks>Remembers those that began within <see cref="CorrelationRules.Around"/>.</remarks>
public sealed class FirstLegs(CorrelationRules rules)
{
    readonly SharedIdentifier[] _rules = [.. rules.Rules.OfType<SharedIdentifier>()];
    readonly IdentifierCounts _identifiers = new(rules.Around);
    readonly IdentifierCounts _sessions = new(rules.Around);

    /// <summary>The fields of a summary it looks at.</summary>
    public static IReadOnlyList<Field> Read { get; } =
        [Fields.CallId, Fields.CallMethod, Fields.SessionId, Fields.Identifiers, Fields.Caller, Fields.Callee, Fields.SourceIp, Fields.DestinationIp];

    /// <summary>Whether no call before this one is known to be a leg of the same session. Anything but a call is always first.</summary>
    public bool IsFirst(CallView call)
    {
        if (call.Method != "INVITE")
            return true;
        string callId = call.Document.Id;
        string session = call.Document.Text(Fields.SessionId) ?? callId;
        _sessions.Forget(call.StartedAt);
        _identifiers.Forget(call.StartedAt);
        bool isFirst = _sessions.Add(session, callId) is null or 0;
        bool isUntied = true;
        foreach (string identifier in _rules.SelectMany(rule => rule.Shared(call.Document).Select(value => $"{rule.Name}={value}")).Distinct())
            isUntied &= _identifiers.Add(identifier, callId) is not { } others || others == 0 || others >= rules.Hub;
        return isFirst && (isUntied || session != callId);
    }
}
