using Homer.Search.Protocol;
using Homer.Search.Store;

namespace Homer.Search.Calls;

/// <summary>
/// What messages that follow each other in a journal say of one Call-ID. Lent out by its <see cref="CallFold"/> and used again after the unit.
/// </summary>
/// <param name="adding">Tools of the thread that adds.</param>
/// <param name="merging">Tools of the thread that merges.</param>
sealed class CallUpdate(FoldTools adding, FoldTools merging) : SummaryUpdate
{
    byte[] _callId = [];
    int _length;
    bool _isSettled;
    string? _namespace;

    public CallFacts Facts { get; } = new();

    public override DocumentKind Kind => DocumentKind.Call;

    public override ReadOnlyMemory<byte> Key => _callId.AsMemory(0, _length);

    public override string? Namespace => _namespace;

    public override Instant FirstTime => Facts.First;

    /// <summary>Of the Call-ID, as the fold hashes it.</summary>
    public ulong Hash { get; private set; }

    /// <summary>Journal position of its first message.</summary>
    public long FirstPosition { get; private set; }

    /// <summary>When its first message was added, by the fold's clock.</summary>
    public TimeSpan Begun { get; private set; }

    /// <summary>When its last message was added.</summary>
    public TimeSpan Changed { get; private set; }

    /// <summary>Begins a new call.</summary>
    public void Begin(ReadOnlySpan<byte> callId, string? space, ulong hash, long position, TimeSpan now)
    {
        _namespace = space;
        if (_callId.Length < callId.Length)
            _callId = new byte[Math.Max(64, callId.Length)];
        callId.CopyTo(_callId);
        _length = callId.Length;
        Hash = hash;
        FirstPosition = position;
        Begun = now;
        Facts.Clear();
    }

    /// <summary>Whether it is to be written: nothing more is expected for a while, or it has waited long enough.</summary>
    public bool IsDue(TimeSpan now, TimeSpan hold) => now - Begun >= hold || (_isSettled && now - Changed >= CallFold.Quiet);

    public void Add(in CapturedMessage message, uint journal, TimeSpan now)
    {
        MessageFacts.Add(message, journal, Facts);
        Changed = now;
        Method method = Methods.Read(message.Sip.CSeqMethod);
        _isSettled = method == Method.Ack || (message.Sip.StatusCode >= 200 && method is not (Method.Invite or Method.Cancel));
        if (!Facts.IsLoose)
            return;
        byte[] kept = adding.Encoder.Write(Facts).ToArray();
        Facts.Clear();
        adding.Decoder.TryRead(kept, Facts);
    }

    /// <remarks>
    /// A stored summary that cannot be read any more is replaced, and the row says so by the tag <c>summary-restarted</c>.
    /// </remarks>
    public override bool Merge(ReadOnlySpan<byte> stored, DocumentBatch target)
    {
        CallFacts merged = merging.Merged;
        merged.Clear();
        bool isLost = !stored.IsEmpty && !merging.Decoder.TryRead(stored, merged);
        foreach ((uint journal, long position) in Facts.Applied)
        {
            // A unit is stored in a summary wholly or not at all, so its last position stands for all of it.
            if (merged.AppliedOf(journal) >= position)
                return false;
        }

        merged.Merge(Facts);
        merged.HasLostFacts |= isLost;
        CallRow.Write(Key.Span, merged, CallSummary.Of(merged), merging.Encoder.Write(merged), target);
        merging.Complete?.Invoke(target, target.Count - 1);
        return true;
    }
}

/// <summary>What all updates of one fold share on one thread, since they are worked on one after the other.</summary>
sealed class FoldTools
{
    public CallFacts Merged { get; } = new();
    public FactsEncoder Encoder { get; } = new();
    public FactsDecoder Decoder { get; } = new();
    public Action<DocumentBatch, int>? Complete { get; init; }
}
