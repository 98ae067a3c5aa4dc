using System.IO.Hashing;
using System.Numerics;
using System.Security.Cryptography;
using Homer.Search.Store;

namespace Homer.Search.Calls;

/// <summary>
/// Folds messages into one update a Call-ID and holds each back until its call has settled, or has waited long enough: a short call is written once, not
/// with each unit of the journal. Used by one thread, beside one that writes the updates taken.
/// </summary>
/// <param name="journal">The journal the messages come from.</param>
/// <param name="complete">Adds to the row of a summary what is not folded from messages; called on the thread that merges.</param>
/// <remarks>
/// A table of open addresses from the hash of the Call-ID to its update, grown at half full; the updates are used again. The hash has a seed of its own, so
/// that nobody can send Call-IDs that all fall on one place.
/// </remarks>
public sealed class CallFold(uint journal, Action<DocumentBatch, int>? complete = null)
{
    /// <summary>
    /// A call that has settled is given this part of the time others wait for what comes late, a copy from another hop or a second attempt.
    /// </summary>
    public const double QuietPart = 0.25;

    readonly long _seed = BitConverter.ToInt64(RandomNumberGenerator.GetBytes(8));
    readonly FoldTools _adding = new() { Journal = journal };
    readonly FoldTools _merging = new() { Journal = journal, Complete = complete };
    readonly Stack<CallUpdate> _spare = [];
    CallUpdate[] _updates = new CallUpdate[256];
    int[] _table = new int[1024];

    /// <summary>Calls that are held.</summary>
    public int Count { get; private set; }

    /// <summary>Journal position of the first message that is held; <see cref="long.MaxValue"/> when none is.</summary>
    public long FirstPosition { get; private set; } = long.MaxValue;

    /// <summary>Adds one message; a message without Call-ID belongs to no call.</summary>
    /// <param name="now">Time on a clock that only goes forward.</param>
    public void Add(in CapturedMessage message, TimeSpan now)
    {
        ReadOnlySpan<byte> callId = message.Sip.CallId;
        if (callId.IsEmpty)
            return;
        FirstPosition = Math.Min(FirstPosition, message.Position);
        UpdateOf(callId, message.Namespace, message.Position, now).Add(message, now);
    }

    /// <summary>Whether <see cref="Take"/> would take any.</summary>
    public bool HasDue(TimeSpan now, TimeSpan hold)
    {
        foreach (CallUpdate update in _updates.AsSpan(0, Count))
        {
            if (update.IsDue(now, hold))
                return true;
        }

        return false;
    }

    /// <summary>
    /// Takes out the updates that are due: those that have been settled for a while, and those older than <paramref name="hold"/>; zero takes all. They are the caller's until
    /// <see cref="GiveBack"/>.
    /// </summary>
    public IReadOnlyCollection<SummaryUpdate> Take(TimeSpan now, TimeSpan hold)
    {
        var taken = new List<CallUpdate>();
        int held = 0;
        FirstPosition = long.MaxValue;
        foreach (CallUpdate update in _updates.AsSpan(0, Count))
        {
            if (update.IsDue(now, hold))
            {
                taken.Add(update);
                continue;
            }

            _updates[held++] = update;
            FirstPosition = Math.Min(FirstPosition, update.FirstPosition);
        }

        _updates.AsSpan(held, Count - held).Clear();
        Count = held;
        Rehash();
        return taken;
    }

    /// <summary>Lets updates that were taken, and have been written, serve other calls.</summary>
    public void GiveBack(IReadOnlyCollection<SummaryUpdate> written)
    {
        foreach (CallUpdate update in written.Cast<CallUpdate>())
        {
            if (update.IsSmall)
                _spare.Push(update);
        }
    }

    CallUpdate UpdateOf(ReadOnlySpan<byte> callId, string? space, long position, TimeSpan now)
    {
        ulong hash = XxHash3.HashToUInt64(callId, _seed) ^ (ulong)(space?.GetHashCode(StringComparison.Ordinal) ?? 0);
        int place = (int)hash & (_table.Length - 1);
        for (int entry; (entry = _table[place]) != 0; place = (place + 1) & (_table.Length - 1))
        {
            CallUpdate known = _updates[entry - 1];
            if (known.Is(hash, callId, space))
                return known;
        }

        if (Count == _updates.Length)
            Array.Resize(ref _updates, Count * 2);
        CallUpdate update = _spare.TryPop(out CallUpdate? spare) ? spare : new CallUpdate(_adding, _merging);
        update.Begin(callId, space, hash, position, now);
        _updates[Count] = update;
        _table[place] = ++Count;
        if (Count > _table.Length / 2)
        {
            _table = new int[(int)BitOperations.RoundUpToPowerOf2((uint)(_table.Length * 2))];
            Rehash();
        }

        return update;
    }

    void Rehash()
    {
        Array.Clear(_table);
        for (int index = 0; index < Count; index++)
        {
            int place = (int)_updates[index].Hash & (_table.Length - 1);
            while (_table[place] != 0)
                place = (place + 1) & (_table.Length - 1);
            _table[place] = index + 1;
        }
    }
}
