using System.IO.Hashing;
using System.Text;
using Homer.Search.Protocol;

namespace Homer.Search.Calls;

/// <summary>
/// How many calls have had an identifier lately. Remembers hashes, for at least the time it was made for, unless there are more than some hundred thousand.
/// </summary>
sealed class IdentifierCounts(TimeSpan around)
{
    const int Most = 500_000;

    Generation _recent = new();
    Generation _before = new();
    Instant _since;

    /// <summary>Forgets what is older than it need be.</summary>
    public void Forget(Instant now)
    {
        if (_recent.Holders.Count < Most && now.Since(_since) < around)
            return;
        (_before, _recent, _since) = (_recent, new Generation(), now);
    }

    /// <summary>Takes down that a call has the identifier; how many others had it before. Null when the call is known to have it.</summary>
    public int? Add(string identifier, string callId)
    {
        ulong hash = Hash(identifier);
        ulong holder = Hash(callId) ^ ulong.RotateLeft(hash, 1);
        if (_before.Holders.Contains(holder) || !_recent.Holders.Add(holder))
            return null;
        int others = _recent.Calls.GetValueOrDefault(hash);
        _recent.Calls[hash] = others + 1;
        return others + _before.Calls.GetValueOrDefault(hash);
    }

    static ulong Hash(string text) => XxHash3.HashToUInt64(Encoding.UTF8.GetBytes(text));

    sealed class Generation
    {
        public Dictionary<ulong, int> Calls { get; } = [];

        /// <summary>Each call with each of its identifiers.</summary>
        public HashSet<ulong> Holders { get; } = [];
    }
}
