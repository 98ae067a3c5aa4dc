using Homer.Search.Protocol;

namespace Homer.Search.Calls;

/// <summary>A request over one hop and its responses, out of facts: what <see cref="Transaction"/> is out of messages.</summary>
sealed class Exchange(Sending request)
{
    public Sending Request { get; } = request;

    public Method Method => Request.Key.Method;

    /// <summary>The request has no To-tag.</summary>
    public bool BeginsDialog => Request.Key.ToTag == 0;

    public bool IsInvitation => Method == Method.Invite && BeginsDialog;

    public bool IsAnswered { get; private set; }

    public bool IsAcknowledged { get; private set; }

    /// <summary>When the first response came.</summary>
    public Instant FirstAnswer { get; private set; }

    /// <summary>When the last response came, sent again or not.</summary>
    public Instant LastAnswer { get; private set; }

    /// <summary>It rang: 180 to 183.</summary>
    public bool Rang { get; private set; }

    public Sending? Success { get; private set; }

    /// <summary>The first final response that is no 2xx.</summary>
    public Sending? Failure { get; private set; }

    /// <summary>The first 2xx, else the first final response.</summary>
    public Sending? Final => Success ?? Failure;

    /// <summary>How often responses of the final one's code were sent.</summary>
    public int FinalCount { get; private set; }

    /// <summary>Two devices answered with 2xx.</summary>
    public bool IsAnsweredTwice { get; private set; }

    /// <summary>A reliable provisional response was sent again.</summary>
    public int ReliableCount { get; private set; }

    /// <summary>The response with the session description that answers the request's: of a 2xx, else of a provisional one.</summary>
    public Sending? MediaAnswer { get; private set; }

    /// <summary>Takes a response when it is one to this request.</summary>
    public void TakeAnswer(Sending response)
    {
        MessageKey key = response.Key;
        if (key.FromTag != Request.Key.FromTag || key.Branch != Request.Key.Branch || response.FromHost != Request.ToHost)
            return;
        FirstAnswer = IsAnswered && FirstAnswer < response.First ? FirstAnswer : response.First;
        LastAnswer = IsAnswered && LastAnswer > response.Last ? LastAnswer : response.Last;
        IsAnswered = true;
        Rang |= key.Code is >= 180 and <= 183;
        ReliableCount += response.Has(MessageMarks.Reliable) ? response.Count : 0;
        if (key.Code is >= 200 and < 300)
        {
            IsAnsweredTwice |= Success is { } other && other.Key.ToTag != key.ToTag;
            Success = Earlier(Success, response);
        }
        else if (key.Code >= 300)
        {
            Failure = Earlier(Failure, response);
        }

        if (response.Has(MessageMarks.HasSdp) && Request.Has(MessageMarks.HasSdp) && key.Code < 300)
            MediaAnswer = MediaAnswer is { } known && (known.Key.Code >= 200) != (key.Code >= 200) ? (key.Code >= 200 ? response : known) : Earlier(MediaAnswer, response);
    }

    /// <summary>Takes an ACK when it is one to this request: it has the CSeq number of what it acknowledges, that of a 2xx a branch of its own.</summary>
    /// <param name="bySameEnds">Only between the same two ends; else from the same host.</param>
    public bool TakeAcknowledgement(Sending ack, bool bySameEnds)
    {
        bool isOwn = ack.Key.FromTag == Request.Key.FromTag
            && (bySameEnds ? ack.From == Request.From && ack.To == Request.To : ack.FromHost == Request.FromHost);
        IsAcknowledged |= isOwn;
        return isOwn;
    }

    /// <summary>Counts the sendings of the final response, when all responses were taken.</summary>
    public void CountFinal(ReadOnlySpan<Sending> responses)
    {
        if (Final is not { } final)
            return;
        foreach (Sending response in responses)
            FinalCount += response.Key.Code == final.Key.Code && response.Key.Branch == final.Key.Branch && response.From == final.From ? response.Count : 0;
    }

    /// <summary>The same request, sent on by who received it.</summary>
    public bool IsForwardedBy(Exchange other) => other != this && IsSameRequest(other) && other.Request.FromHost == Request.ToHost;

    /// <summary>On whatever hop.</summary>
    public bool IsSameRequest(Exchange other) =>
        other.Request.Key.CSeq == Request.Key.CSeq && other.Method == Method && other.Request.Key.FromTag == Request.Key.FromTag;

    static Sending Earlier(Sending? known, Sending other) => known is { } before && before.First <= other.First ? before : other;
}
