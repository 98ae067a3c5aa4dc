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
    readonly MessageNotes _notes = new();
    byte[] _callId = [];
    int _length;
    byte[] _condensed = [];
    Instant _first;
    long _lastPosition;
    bool _isSettled;
    string? _namespace;

    public override DocumentKind Kind => DocumentKind.Call;

    public override ReadOnlyMemory<byte> Key => _callId.AsMemory(0, _length);

    public override string? Namespace => _namespace;

    public override Instant FirstTime => _first;

    /// <summary>Of the Call-ID, as the fold hashes it.</summary>
    public ulong Hash { get; private set; }

    /// <summary>Journal position of its first message.</summary>
    public long FirstPosition { get; private set; }

    /// <summary>When its first message was added, by the fold's clock.</summary>
    public TimeSpan Begun { get; private set; }

    /// <summary>When its last message was added.</summary>
    public TimeSpan Changed { get; private set; }

    /// <summary>Whether its memory is worth keeping for another call.</summary>
    public bool IsSmall => _notes.IsSmall;

    public bool Is(ulong hash, ReadOnlySpan<byte> callId, string? space) =>
        Hash == hash && _namespace == space && callId.SequenceEqual(_callId.AsSpan(0, _length));

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
        _first = new Instant(long.MaxValue);
        _lastPosition = -1;
        _condensed = [];
        _notes.Clear();
    }

    /// <summary>Whether it is to be written: nothing more is expected for a while, or it has waited long enough.</summary>
    public bool IsDue(TimeSpan now, TimeSpan hold) => now - Begun >= hold || (_isSettled && now - Changed >= CallFold.QuietPart * hold);

    public void Add(in CapturedMessage message, TimeSpan now)
    {
        Method method = Methods.Read(message.Sip.CSeqMethod);
        _notes.Add(message, method);
        _first = message.Time < _first ? message.Time : _first;
        _lastPosition = Math.Max(_lastPosition, message.Position);
        Changed = now;
        _isSettled = method == Method.Ack || (message.Sip.StatusCode >= 200 && method is not (Method.Invite or Method.Cancel));
        if (_notes.Length > MessageNotes.Many)
            Condense();
    }

    /// <remarks>
    /// A stored summary that cannot be read any more is replaced, and the row says so by the tag <c>summary-restarted</c>.
    /// </remarks>
    public override bool Merge(ReadOnlySpan<byte> stored, DocumentBatch target)
    {
        // A unit may be merged while another that waited for it is.
        lock (merging)
            return MergeWithTools(stored, target);
    }

    bool MergeWithTools(ReadOnlySpan<byte> stored, DocumentBatch target)
    {
        CallFacts merged = merging.Facts;
        merged.Clear();
        bool isLost = !stored.IsEmpty && !merging.Decoder.TryRead(stored, merged);
        // A unit is stored in a summary wholly or not at all, so its last position stands for all of it.
        if (merged.AppliedOf(merging.Journal) >= _lastPosition)
            return false;

        if (_condensed.Length > 0)
        {
            var condensed = new CallFacts();
            merging.Decoder.TryRead(_condensed, condensed);
            merged.Merge(condensed);
        }

        _notes.AddTo(merged);
        merged.Apply(merging.Journal, _lastPosition);
        merged.HasLostFacts |= isLost;
        CallRow.Write(Key.Span, merged, CallSummary.Of(merged), merging.Encoder.Write(merged), target);
        merging.Complete?.Invoke(target, target.Count - 1);
        return true;
    }

    /// <summary>Puts the notes together, which takes no more room than a stored summary however many they are.</summary>
    void Condense()
    {
        CallFacts facts = adding.Facts;
        facts.Clear();
        if (_condensed.Length > 0)
            adding.Decoder.TryRead(_condensed, facts);
        _notes.AddTo(facts);
        _condensed = adding.Encoder.Write(facts).ToArray();
        _notes.Clear();
    }
}

/// <summary>What all updates of one fold share on one thread, since they are worked on one after the other.</summary>
sealed class FoldTools
{
    /// <summary>The journal the messages come from.</summary>
    public required uint Journal { get; init; }

    public CallFacts Facts { get; } = new();
    public FactsEncoder Encoder { get; } = new();
    public FactsDecoder Decoder { get; } = new();
    public Action<DocumentBatch, int>? Complete { get; init; }
}
