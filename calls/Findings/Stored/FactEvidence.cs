using Homer.Search.Protocol;

namespace Homer.Search.Calls;

/// <summary>What the stored findings are drawn from: the facts put together as exchanges.</summary>
sealed class FactEvidence
{
    readonly CallFacts _facts;

    public FactEvidence(CallFacts facts, CallSummary summary)
    {
        _facts = facts;
        Summary = summary;
        Sendings = Sending.Of(facts);
        Exchanges = Assemble(Sendings);
        foreach (Sending sending in Sendings)
            Marks |= sending.Marks;
        Invitations = Exchanges.FindAll(static exchange => exchange.IsInvitation);
        AtCaller = Exchanges.FindAll(exchange => summary.Vantage.Distance(exchange.Request.Key.Hop) < 2);
    }

    public CallSummary Summary { get; }

    /// <summary>Every message over every hop, in the order of their keys.</summary>
    public Sending[] Sendings { get; }

    public List<Exchange> Exchanges { get; }

    /// <summary>The marks of all messages together.</summary>
    public MessageMarks Marks { get; }

    public List<Exchange> Invitations { get; }

    /// <summary>Those on the hop nearest the caller.</summary>
    public List<Exchange> AtCaller { get; }

    public ReadOnlySpan<byte> Text(int number) => _facts.Texts[number];

    /// <summary>Whether the messages themselves show that so much time passed.</summary>
    public bool HasPassed(TimeSpan wait, Instant since) => _facts.Last.Since(since) >= wait;

    /// <summary>Each message as its recipient got it: not those that were sent on, and of what a router changed on its way the first.</summary>
    public bool HasReceived(MessageMarks mark) => (Marks & mark) != 0 && Array.Exists(Sendings, sending => sending.Has(mark)
        && !Array.Exists(Sendings, other => other.Key.IsSameMessage(sending.Key)
            && (other.FromHost == sending.ToHost || (other.Key.Branch == sending.Key.Branch && other.First < sending.First))));

    static List<Exchange> Assemble(Sending[] sendings)
    {
        var exchanges = new List<Exchange>(4);
        for (int start = 0, end; start < sendings.Length; start = end)
        {
            MessageKey key = sendings[start].Key;
            int answers = start;
            for (end = start; end < sendings.Length && sendings[end].Key.CSeq == key.CSeq && sendings[end].Key.Method == key.Method; end++)
                answers += sendings[end].IsRequest ? 1 : 0;
            if (key.Method == Method.Ack)
                Acknowledge(exchanges, sendings.AsSpan(start, end - start));
            else
                Assemble(exchanges, sendings.AsSpan(start, answers - start), sendings.AsSpan(answers, end - answers));
        }

        return exchanges;
    }

    static void Assemble(List<Exchange> exchanges, ReadOnlySpan<Sending> requests, ReadOnlySpan<Sending> responses)
    {
        foreach (Sending request in requests)
        {
            var exchange = new Exchange(request);
            foreach (Sending response in responses)
                exchange.TakeAnswer(response);
            exchange.CountFinal(responses);
            exchanges.Add(exchange);
        }
    }

    /// <summary>
    /// INVITE stands before ACK in the order of methods, so its exchanges of the same CSeq are the last ones made. Several parties may share a machine: the
    /// same two ends say more than the same host.
    /// </summary>
    static void Acknowledge(List<Exchange> exchanges, ReadOnlySpan<Sending> acknowledgements)
    {
        foreach (Sending ack in acknowledgements)
        {
            if (!Acknowledge(exchanges, ack, bySameEnds: true))
                Acknowledge(exchanges, ack, bySameEnds: false);
        }
    }

    static bool Acknowledge(List<Exchange> exchanges, Sending ack, bool bySameEnds)
    {
        bool isTaken = false;
        for (int last = exchanges.Count - 1; last >= 0 && exchanges[last].Request.Key.CSeq == ack.Key.CSeq; last--)
            isTaken |= exchanges[last].Method == Method.Invite && exchanges[last].TakeAcknowledgement(ack, bySameEnds);
        return isTaken;
    }
}
