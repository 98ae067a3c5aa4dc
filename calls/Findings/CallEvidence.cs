using System.Text;
using Homer.Search.Protocol.Sip;
using Homer.Search.Store;

namespace Homer.Search.Calls;

/// <summary>What findings are drawn from: the messages of one Call-ID in the order in which they happened, put together as transactions.</summary>
sealed class CallEvidence
{
    /// <summary>In a shorter call reports may not have come yet.</summary>
    static readonly TimeSpan ShortTalk = TimeSpan.FromSeconds(6);

    const double AllLost = 99.5;

    readonly IReadOnlyDictionary<string, byte[]> _raw;
    readonly IReadOnlyList<AudioEnd> _ends = [];

    /// <param name="raw">Captured bytes by the message's identifier; what is missing is not judged by its rarer headers.</param>
    /// <param name="reports">Quality reports of the call.</param>
    public CallEvidence(
        CallView call, IReadOnlyList<Document> messages, IReadOnlyDictionary<string, byte[]> raw, IReadOnlyList<Document> reports)
    {
        Call = call;
        _raw = raw;
        Reports = reports;
        if (reports.Count > 0)
        {
            _ends = AudioEnd.Of(messages, raw);
            Streams = MediaQuality.Streams(reports, _ends);
        }

        Messages = MessageOrder.Sort(Transmission.Of(messages));
        Transactions = Transaction.Of(Messages);
        int nearest = Transactions.Count == 0 ? 0 : Transactions.Min(transaction => transaction.Request.ViaCount);
        AtCaller = [.. Transactions.Where(transaction => transaction.Request.ViaCount == nearest)];
    }

    public CallView Call { get; }

    /// <summary>Every sending over every hop.</summary>
    public IReadOnlyList<Transmission> Messages { get; }

    /// <summary>On every hop, in the order of their requests.</summary>
    public IReadOnlyList<Transaction> Transactions { get; }

    /// <summary>Those on the hop nearest the caller.</summary>
    public IReadOnlyList<Transaction> AtCaller { get; }

    /// <summary>Quality reports.</summary>
    public IReadOnlyList<Document> Reports { get; }

    /// <summary>What they say, stream by stream.</summary>
    public IReadOnlyList<MediaFlow> Streams { get; } = [];

    /// <summary>How long both sides had for talking; null when it was too short to judge, or goes on.</summary>
    public TimeSpan? Talk => Call.DurationMs is { } milliseconds && TimeSpan.FromMilliseconds(milliseconds) is var talk && talk >= ShortTalk ? talk : null;

    /// <summary>The 2xx that answered the call, at the caller's hop.</summary>
    public Transmission? Answer => AtCaller.Select(transaction => transaction is { Method: "INVITE", BeginsDialog: true } ? transaction.Success : null).FirstOrDefault(answer => answer is not null);

    /// <summary>Whether a report was sent from where this side has its media.</summary>
    public bool IsAt(Document report, Side side) =>
        report.Address(Fields.SourceIp) is { } address && _ends.Any(end => end.Owner == side && end.Address.Equals(address)
            && (_ends.All(other => other.Owner == side || !other.Address.Equals(address)) || Math.Abs(end.Port - (report.Integer(Fields.SourcePort) ?? 0)) <= 1));

    /// <summary>Every report says that nothing of the stream arrived.</summary>
    public static bool IsSilent(MediaFlow stream) => stream.Packets == 0 || stream.LossPercent >= AllLost;

    /// <summary>Transactions of INVITEs that begin a dialog, on every hop.</summary>
    public IEnumerable<Transaction> Invitations => Transactions.Where(transaction => transaction is { Method: "INVITE", BeginsDialog: true });

    /// <summary>
    /// Answers that refused a request, each once and where it came from: each proxy on its way back takes a Via off, and a proxy that says the same in its own
    /// name is not another that refused.
    /// </summary>
    public IEnumerable<(Transaction Transaction, Transmission Answer)> Refusals(params int[] codes) => Transactions
        .Where(transaction => transaction.Final is { } final && (codes.Length == 0 ? final.StatusCode >= 300 : codes.Contains(final.StatusCode)))
        .GroupBy(transaction => transaction.Final!.Identity)
        .Select(hops => hops.MaxBy(transaction => transaction.Final!.ViaCount)!)
        .Where(transaction => !Transactions.Any(other => other.Final?.StatusCode == transaction.Final!.StatusCode && transaction.IsForwardedBy(other)))
        .Select(transaction => (transaction, transaction.Final!));

    /// <summary>Each message as its recipient got it, behind all proxies: requests gain a Via with each, responses lose one.</summary>
    public IEnumerable<Transmission> AsReceived() => Messages
        .Where(message => !message.IsRetransmission)
        .GroupBy(message => message.Identity)
        .Select(hops => hops.MaxBy(message => message.IsRequest ? message.ViaCount : -message.ViaCount)!);

    /// <summary>Whether that much time has passed since the message when the call is looked at.</summary>
    public bool HasPassed(TimeSpan wait, Transmission since) => Call.ReadAt.Since(since.Time) >= wait;

    /// <summary>The first value of a header; null when it is absent or the bytes are not kept.</summary>
    public string? Header(Transmission message, string name)
    {
        if (!_raw.TryGetValue(message.Message.Id, out byte[]? bytes) || SipReader.Read(bytes, out SipMessage sip) != SipRejection.None)
            return null;
        foreach (SipHeader header in new SipHeaders(sip.HeaderLines))
        {
            if (Ascii.EqualsIgnoreCase(header.Name, name))
                return Encoding.UTF8.GetString(header.Value);
        }

        return null;
    }

    /// <summary>The body as text; null when the bytes are not kept.</summary>
    public string? Body(Transmission message) =>
        _raw.TryGetValue(message.Message.Id, out byte[]? bytes) && SipReader.Read(bytes, out SipMessage sip) == SipRejection.None
            ? Encoding.UTF8.GetString(sip.Body)
            : null;
}
