using Homer.Search.Protocol;

namespace Homer.Search.Calls;

/// <summary>
/// What the facts of one Call-ID say: where it stands, how it ended, when, and who ended it. A pure function of the facts, so that the same messages give the
/// same summary on every machine; what needs a clock is left to <see cref="CallView"/>.
/// </summary>
/// <remarks>
/// Of several attempts under one Call-ID the first that was answered is told, else the last; of a request other than INVITE always the last, so that a
/// registration shows how it stands now.
/// </remarks>
sealed class CallSummary
{
    const int RequestTimeout = 408;

    readonly Moment[] _moments;

    CallSummary(CallFacts facts)
    {
        Vantage = Vantage.Of(facts);
        _moments = Moment.Of(facts, Vantage);
        IsCall = Vantage.Opening.Rank switch
        {
            OpeningRank.Invite => true,
            OpeningRank.Request => false,
            _ => Array.Exists(_moments, static moment => moment.Key.Method.BelongsToInvite()),
        };
        (Retransmissions, Transactions, Redirects) = Counted(facts, Vantage.Opening);
    }

    public Vantage Vantage { get; }

    /// <summary>Begun by an INVITE; false for a registration, a subscription and the like.</summary>
    public bool IsCall { get; }

    public CallState State { get; private set; }

    public CallOutcome Outcome { get; private set; }

    /// <summary>The attempt that is told; null when its beginning was not captured.</summary>
    public Attempt? Attempt { get; private set; }

    /// <summary>Attempts made under the Call-ID, each challenge or redirection and what followed counted once.</summary>
    public int Attempts { get; private set; }

    /// <summary>Transactions that began them.</summary>
    public int Transactions { get; }

    /// <summary>Those of them that were answered by a 3xx.</summary>
    public int Redirects { get; }

    /// <summary>Messages sent again, on all hops, each hop as the agent tells it that saw most.</summary>
    public int Retransmissions { get; }

    /// <summary>The final answer, whatever it was.</summary>
    public Moment? Final { get; private set; }

    public Instant? AnsweredAt { get; private set; }

    public Instant? EndedAt { get; private set; }

    /// <summary>Request to ringing, else to the 2xx; null when it neither rang nor was answered (SRD, RFC 6076 §4.3).</summary>
    public long? RingDelay { get; private set; }

    /// <summary>Request to final answer. Like all delays here in nanoseconds.</summary>
    public long? Setup { get; private set; }

    /// <summary>Answer to BYE.</summary>
    public long? Duration { get; private set; }

    /// <summary>Request to BYE, or to the failure; null while it goes on and without a final answer.</summary>
    public long? Holding => Final is { IsSuccess: true } ? Setup + Duration : Setup;

    /// <summary>First BYE to its 2xx.</summary>
    public long? DisconnectDelay { get; private set; }

    public Side? ReleasedBy { get; private set; }

    /// <summary>Number of the text of the Reason header of what ended it; 0 when there is none.</summary>
    public int Reason { get; private set; }

    /// <summary>Number of the text of the offered codecs.</summary>
    public int OfferedCodecs { get; private set; }

    /// <summary>Number of the text of the codecs in the answer, final or early.</summary>
    public int AnsweredCodecs { get; private set; }

    /// <summary>The delay of each early dialog of a forked call, the shortest first.</summary>
    public IReadOnlyList<long> RingDelays => Attempt is null ? [] : [.. Attempt.RingDelays(_moments)];

    public static CallSummary Of(CallFacts facts)
    {
        var summary = new CallSummary(facts);
        summary.Tell(facts);
        return summary;
    }

    void Tell(CallFacts facts)
    {
        Opening opening = Vantage.Opening;
        bool hasBeginning = opening.Rank < OpeningRank.InDialog || !IsCall;
        List<Attempt> attempts = hasBeginning ? Attempt.All(_moments, opening) : [];
        Attempts = attempts.Count;
        if (attempts.Count == 0)
        {
            TellWithoutBeginning();
            return;
        }

        Attempt = (IsCall ? attempts.Find(static attempt => attempt.IsAnswered) : null) ?? attempts[^1];
        Final = Attempt.Final;
        OfferedCodecs = Attempt.Start.Codecs;
        AnsweredCodecs = Codecs();
        if (Attempt.Ringing is { } ringing)
            RingDelay = Delay(Attempt.Start, ringing);

        if (Final is not { } final)
            TellWithoutFinal();
        else if (!final.IsSuccess)
            TellFailure(final, facts);
        else if (IsCall)
            TellAnswer(final, facts);
        else
            TellSuccess(final);

        if (Final is { } end)
            Setup = Delay(Attempt.Start, end);
    }

    void TellAnswer(in Moment final, CallFacts facts)
    {
        (State, Outcome, AnsweredAt) = (CallState.InCall, CallOutcome.Answered, final.Time);
        RingDelay ??= Delay(Attempt!.Start, final);
        if (FirstBye(final.Key.ToTag) is not { } bye)
            return;

        State = CallState.Completed;
        EndedAt = bye.Time;
        Duration = Delay(final, bye);
        Reason = bye.Reason;
        ReleasedBy = bye.Key.FromTag == Vantage.Opening.FromTag ? Side.Caller : Side.Callee;
        if (First(moment => moment.IsSuccess && moment.Key.Method == Method.Bye && moment.Key.FromTag == bye.Key.FromTag) is { } answer)
            DisconnectDelay = Delay(bye, answer);
        if (OutcomeClass.IsFailure(facts.Texts[bye.Reason]) || HasLostPeer())
            Outcome = CallOutcome.Dropped;
    }

    void TellFailure(in Moment final, CallFacts facts)
    {
        Moment? cancel = First(moment => moment.IsRequest && moment.Key.Method == Method.Cancel && Attempt!.Has(moment.Key.CSeq));
        Outcome = OutcomeClass.Of(final.Key.Code, RingDelay is not null, cancel is not null, facts.Texts[final.Reason]);
        Reason = final.Reason != 0 ? final.Reason : cancel?.Reason ?? 0;
        EndedAt = final.Time;
        State = Outcome switch
        {
            CallOutcome.Busy => CallState.Busy,
            CallOutcome.CancelledCaller => CallState.Cancelled,
            CallOutcome.Redirect => CallState.Redirected,
            _ => CallState.Rejected,
        };
        ReleasedBy = Outcome switch
        {
            CallOutcome.CancelledCaller => Side.Caller,
            CallOutcome.Busy or CallOutcome.Declined => Side.Callee,
            _ => Side.Network,
        };
    }

    void TellSuccess(in Moment final)
    {
        State = CallState.Completed;
        EndedAt = final.Time;
        Outcome = Attempt!.Last switch
        {
            { Key.Method: not Method.Register } => CallOutcome.Accepted,
            { Withdraws: true } => CallOutcome.Unregistered,
            _ => CallOutcome.Registered,
        };
    }

    void TellWithoutFinal()
    {
        // An ACK to a failure has the branch of its INVITE, that to a 2xx one of its own (RFC 3261 §17.1.1.3).
        Moment? ack = First(moment => moment.Key.Method == Method.Ack && Attempt!.Has(moment.Key.CSeq));
        Moment? bye = FirstBye(0);
        if (!IsCall || (ack is null && bye is null))
        {
            (State, Outcome) = (RingDelay is null ? CallState.Calling : CallState.Ringing, CallOutcome.Pending);
            return;
        }

        Outcome = CallOutcome.Incomplete;
        State = bye is not null ? CallState.Completed : ack!.Value.Key.Branch == Attempt!.Last.Key.Branch ? CallState.Rejected : CallState.InCall;
        EndedAt = bye?.Time ?? (State == CallState.Rejected ? ack!.Value.Time : null);
    }

    void TellWithoutBeginning()
    {
        Outcome = CallOutcome.Incomplete;
        Moment? bye = FirstBye(0);
        Moment? answer = First(static moment => moment.IsSuccess && moment.Key.Method == Method.Invite);
        Final = answer ?? First(static moment => moment.IsFinal && moment.Key.Method.MayBegin());
        Reason = bye?.Reason ?? Final?.Reason ?? 0;
        EndedAt = bye?.Time ?? (answer is null ? Final?.Time : null);
        State = bye is not null || Final is { IsSuccess: true, Key.Method: not Method.Invite } ? CallState.Completed
            : Final is { IsSuccess: false } ? CallState.Rejected
            : CallState.InCall;
    }

    /// <summary>Of the dialog with this To-tag, as another may have been ended because its answer came too late; of any when it is 0.</summary>
    Moment? FirstBye(uint toTag)
    {
        uint fromTag = Vantage.Opening.FromTag;
        return First(moment => moment.IsRequest && moment.Key.Method == Method.Bye
            && (toTag == 0
                || (moment.Key.FromTag == fromTag && moment.Key.ToTag == toTag)
                || (moment.Key.FromTag == toTag && moment.Key.ToTag == fromTag)));
    }

    /// <summary>A request within the call went unanswered: the other side is gone.</summary>
    bool HasLostPeer() => Array.Exists(_moments, moment =>
        moment.Key.Code == RequestTimeout && moment.Key.Method is Method.Invite or Method.Update && moment.Time <= EndedAt && !Attempt!.Has(moment.Key.CSeq));

    int Codecs() => First(moment => moment.IsSuccess && IsAnswerWithCodecs(moment))?.Codecs ?? First(IsAnswerWithCodecs)?.Codecs ?? 0;

    bool IsAnswerWithCodecs(Moment moment) =>
        !moment.IsRequest && moment.Codecs != 0 && Attempt!.Has(moment.Key.CSeq) && moment.Key.FromTag == Attempt.Start.Key.FromTag;

    /// <summary>The earliest of those nearest the caller.</summary>
    Moment? First(Predicate<Moment> predicate)
    {
        Moment? first = null;
        foreach (Moment moment in _moments)
        {
            if (predicate(moment) && (first is not { } other || moment.Distance < other.Distance
                || (moment.Distance == other.Distance && moment.Time < other.Time)))
                first = moment;
        }

        return first;
    }

    /// <summary>Never negative, though two agents' clocks may differ.</summary>
    static long Delay(in Moment from, in Moment to) => Math.Max(0, to.Time.Nanoseconds - from.Time.Nanoseconds);

    static (int Retransmissions, int Transactions, int Redirects) Counted(CallFacts facts, in Opening opening)
    {
        int retransmissions = 0;
        int transactions = 0;
        int redirects = 0;
        ReadOnlySpan<Sighting> sightings = facts.Sightings;
        for (int start = 0, end; start < sightings.Length; start = end)
        {
            MessageKey key = sightings[start].Key;
            int again = 0;
            for (end = start; end < sightings.Length && sightings[end].Key.IsSameTransmission(key); end++)
                again = Math.Max(again, sightings[end].Retransmissions);
            retransmissions += again;
            if (key.Method != opening.Method || key.Hop != opening.Hop || key.FromTag != opening.FromTag)
                continue;
            transactions += key.Code == 0 && key.ToTag == 0 ? 1 : 0;
            redirects += key.Code is >= 300 and < 400 ? 1 : 0;
        }

        return (retransmissions, transactions, redirects);
    }
}
