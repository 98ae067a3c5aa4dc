using System.IO.Hashing;
using System.Numerics;
using System.Security.Cryptography;
using Homer.Search.Store;

namespace Homer.Search.Calls;

/// <summary>Folds the messages of one unit of the journal into one update a Call-ID. Used by one thread; cleared and used again.</summary>
/// <remarks>
/// A table of open addresses from the hash of the Call-ID to its update, grown at half full; the updates are kept over <see cref="Clear"/>. The hash has
/// a seed of its own, so that nobody can send Call-IDs that all fall on one place.
/// </remarks>
public sealed class CallFold(uint journal)
{
    /// <summary>An update that grew beyond this is not kept for the next unit.</summary>
    const int LargeSightings = 64;

    readonly long _seed = BitConverter.ToInt64(RandomNumberGenerator.GetBytes(8));
    readonly FoldTools _tools = new();
    CallUpdate[] _updates = [];
    int[] _table = new int[1024];
    int _count;

    /// <summary>The journal the messages come from.</summary>
    public uint Journal { get; } = journal;

    /// <summary>One update for each Call-ID seen since the last <see cref="Clear"/>; they are valid until the next.</summary>
    public IReadOnlyCollection<SummaryUpdate> Updates => new ArraySegment<SummaryUpdate>(_updates, 0, _count);

    /// <summary>Adds one message; a message without Call-ID belongs to no call.</summary>
    public void Add(in CapturedMessage message)
    {
        ReadOnlySpan<byte> callId = message.Sip.CallId;
        if (!callId.IsEmpty)
            UpdateOf(callId).Add(message, Journal);
    }

    public void Clear()
    {
        for (int index = 0; index < _count; index++)
        {
            if (_updates[index].Facts.Sightings.Length > LargeSightings)
                _updates[index] = new CallUpdate(_tools);
        }

        _count = 0;
        Array.Clear(_table);
    }

    CallUpdate UpdateOf(ReadOnlySpan<byte> callId)
    {
        ulong hash = XxHash3.HashToUInt64(callId, _seed);
        int place = (int)hash & (_table.Length - 1);
        for (int entry; (entry = _table[place]) != 0; place = (place + 1) & (_table.Length - 1))
        {
            CallUpdate known = _updates[entry - 1];
            if (known.Hash == hash && known.Key.Span.SequenceEqual(callId))
                return known;
        }

        if (_count == _updates.Length)
            Grow();
        CallUpdate update = _updates[_count];
        update.Begin(callId, hash);
        _table[place] = ++_count;
        if (_count > _table.Length / 2)
            Rehash();
        return update;
    }

    void Grow()
    {
        int length = _updates.Length;
        Array.Resize(ref _updates, Math.Max(256, length * 2));
        for (int index = length; index < _updates.Length; index++)
            _updates[index] = new CallUpdate(_tools);
    }

    void Rehash()
    {
        _table = new int[(int)BitOperations.RoundUpToPowerOf2((uint)(_table.Length * 2))];
        for (int index = 0; index < _count; index++)
        {
            int place = (int)_updates[index].Hash & (_table.Length - 1);
            while (_table[place] != 0)
                place = (place + 1) & (_table.Length - 1);
            _table[place] = index + 1;
        }
    }
}
