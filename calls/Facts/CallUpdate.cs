using Homer.Search.Protocol;
using Homer.Search.Store;

namespace Homer.Search.Calls;

/// <summary>What one unit of the journal says of one Call-ID. Kept by its <see cref="CallFold"/> and used again after the unit.</summary>
sealed class CallUpdate(FoldTools tools) : SummaryUpdate
{
    byte[] _callId = [];
    int _length;

    public CallFacts Facts { get; } = new();

    public override DocumentKind Kind => DocumentKind.Call;

    public override ReadOnlyMemory<byte> Key => _callId.AsMemory(0, _length);

    public override Instant FirstTime => Facts.First;

    /// <summary>Of the Call-ID, as the fold hashes it.</summary>
    public ulong Hash { get; private set; }

    /// <summary>Begins a new call.</summary>
    public void Begin(ReadOnlySpan<byte> callId, ulong hash)
    {
        if (_callId.Length < callId.Length)
            _callId = new byte[Math.Max(64, callId.Length)];
        callId.CopyTo(_callId);
        _length = callId.Length;
        Hash = hash;
        Facts.Clear();
    }

    public void Add(in CapturedMessage message, uint journal)
    {
        MessageFacts.Add(message, journal, Facts);
        if (!Facts.IsLoose)
            return;
        byte[] kept = tools.Encoder.Write(Facts).ToArray();
        Facts.Clear();
        tools.Decoder.TryRead(kept, Facts);
    }

    /// <remarks>
    /// A stored summary that cannot be read any more is replaced, and the row says so by the tag <c>summary-restarted</c>.
    /// </remarks>
    public override bool Merge(ReadOnlySpan<byte> stored, DocumentBatch target)
    {
        CallFacts merged = tools.Merged;
        merged.Clear();
        bool isLost = !stored.IsEmpty && !tools.Decoder.TryRead(stored, merged);
        foreach ((uint journal, long position) in Facts.Applied)
        {
            // A unit is stored in a summary wholly or not at all, so its last position stands for all of it.
            if (merged.AppliedOf(journal) >= position)
                return false;
        }

        merged.Merge(Facts);
        merged.HasLostFacts |= isLost;
        CallRow.Write(Key.Span, merged, CallSummary.Of(merged), tools.Encoder.Write(merged), target);
        return true;
    }
}

/// <summary>What all updates of one fold share, since they are merged one after the other.</summary>
sealed class FoldTools
{
    public CallFacts Merged { get; } = new();
    public FactsEncoder Encoder { get; } = new();
    public FactsDecoder Decoder { get; } = new();
}
