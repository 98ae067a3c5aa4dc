using System.IO.Hashing;
using System.Text;
using Homer.Search.Protocol;

namespace Homer.Search.Calls;

/// <summary>
/// Tells among calls that are read oldest first which are the first leg of their session as far as identifiers say, so that a call which a back-to-back
/// user agent parts into legs is counted once. Guesses tie nothing here, nor does what more calls share than the rules allow.
/// </summary>
/// <remarks>Remembers hashes of the identifiers of calls that began within <see cref="CorrelationRules.Around"/>, and of no more than some hundred thousand.</remarks>
public sealed class FirstLegs(CorrelationRules rules)
{
    const int Most = 500_000;

    readonly SharedIdentifier[] _rules = [.. rules.Rules.OfType<SharedIdentifier>()];
    Dictionary<ulong, int> _recent = [];
    Dictionary<ulong, int> _before = [];
    Instant _since;

    /// <summary>Whether no call before this one is known to be a leg of the same session. Anything but a call is always first.</summary>
    public bool IsFirst(CallView call)
    {
        if (call.Method != "INVITE")
            return true;
        Forget(call.StartedAt);
        bool isFirst = true;
        foreach (string identifier in _rules.SelectMany(rule => rule.Shared(call.Document).Select(value => $"{rule.Name}={value}")).Distinct())
        {
            ulong hash = XxHash3.HashToUInt64(Encoding.UTF8.GetBytes(identifier));
            int calls = _recent.GetValueOrDefault(hash) + _before.GetValueOrDefault(hash);
            isFirst &= calls == 0 || calls >= rules.Hub;
            _recent[hash] = _recent.GetValueOrDefault(hash) + 1;
        }

        return isFirst;
    }

    void Forget(Instant now)
    {
        if (_recent.Count < Most && now.Since(_since) < rules.Around)
            return;
        (_before, _recent, _since) = (_recent, [], now);
    }
}
