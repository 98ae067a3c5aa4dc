using Homer.Search.Protocol;

namespace Homer.Search.Calls;

/// <summary>
/// One attempt to set up a call, or one registration: its request, and each further one that answered a challenge, a redirection or a request to try again
/// within 32 s. Such a chain is one attempt, begun by its first request.
/// </summary>
sealed class Attempt
{
    static readonly long Window = (long)CallTimeout.Calling.TotalSeconds * Instant.NanosecondsPerSecond;

    readonly List<uint> _steps = [];

    /// <summary>The first request.</summary>
    public required Moment Start { get; init; }

    /// <summary>The last request.</summary>
    public Moment Last { get; private set; }

    /// <summary>Its final answer: the first 2xx, else what the caller heard last; null while there is none.</summary>
    public Moment? Final { get; private set; }

    /// <summary>The first 180 to 183.</summary>
    public Moment? Ringing { get; private set; }

    public bool IsAnswered => Final is { IsSuccess: true };

    public bool Has(uint cseq) => _steps.Contains(cseq);

    /// <summary>Every attempt, in the order of time; none when no request that could begin one was captured.</summary>
    public static List<Attempt> All(ReadOnlySpan<Moment> moments, in Opening opening)
    {
        var requests = new List<Moment>();
        foreach (Moment moment in moments)
        {
            if (moment.IsRequest && moment.Key.Method == opening.Method && moment.Key.FromTag == opening.FromTag
                && (moment.Key.ToTag == 0 || opening.Rank >= OpeningRank.InDialog))
                requests.Add(moment);
        }

        requests.Sort(static (left, right) => left.Time.CompareTo(right.Time) is var order && order != 0 ? order : left.Key.CompareTo(right.Key));
        var attempts = new List<Attempt>();
        foreach (Moment request in requests)
        {
            if (attempts.Count == 0 || !attempts[^1].GoesOnWith(request))
                attempts.Add(new Attempt { Start = request });
            attempts[^1].Add(request, moments);
        }

        return attempts;
    }

    /// <summary>The delay until each early dialog rang (To-tag), for a call that was forked.</summary>
    public IEnumerable<long> RingDelays(Moment[] moments)
    {
        Moment[] ringing = [.. moments.Where(moment => moment.IsRinging && Has(moment.Key.CSeq) && moment.Key.Method == Start.Key.Method)];
        return ringing.Where(moment => moment.Distance == ringing.Min(other => other.Distance))
            .GroupBy(moment => moment.Key.ToTag)
            .Select(dialog => dialog.Min(moment => moment.Time.Nanoseconds) - Start.Time.Nanoseconds)
            .Order();
    }

    bool GoesOnWith(in Moment request)
    {
        if (request.Time.Nanoseconds - (Final ?? Last).Time.Nanoseconds > Window)
            return false;
        // Without an answer between them the answer was not captured: a caller has one INVITE under way at a time.
        return Final is not { } final || final.Key.Code is 401 or 407 or 422 or 423 or 491 or (>= 300 and < 400);
    }

    void Add(in Moment request, ReadOnlySpan<Moment> moments)
    {
        Last = request;
        Final = null;
        _steps.Add(request.Key.CSeq);
        Moment? ringing = null;
        foreach (Moment moment in moments)
        {
            MessageKey key = moment.Key;
            if (moment.IsRequest || key.CSeq != request.Key.CSeq || key.Method != request.Key.Method || key.FromTag != request.Key.FromTag)
                continue;
            if (moment.IsFinal && (Final is not { } final || IsBetterFinal(moment, final)))
                Final = moment;
            if (moment.IsRinging && (ringing is not { } other || IsNearer(moment, other, moment.Time < other.Time)))
                ringing = moment;
        }

        Ringing ??= ringing;
    }

    static bool IsBetterFinal(in Moment moment, in Moment other) => IsNearer(
        moment, other, moment.IsSuccess != other.IsSuccess ? moment.IsSuccess : moment.IsSuccess ? moment.Time < other.Time : moment.Time > other.Time);

    static bool IsNearer(in Moment moment, in Moment other, bool whenEqual) =>
        moment.Distance == other.Distance ? whenEqual : moment.Distance < other.Distance;
}
