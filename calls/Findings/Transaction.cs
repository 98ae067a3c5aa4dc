using System.Globalization;
using Homer.Search.Store;

namespace Homer.Search.Calls;

/// <summary>One request over one hop, each time it was sent, with its responses and, of an INVITE, its ACK.</summary>
sealed class Transaction
{
    readonly List<Transmission> _requests = [];
    readonly List<Transmission> _responses = [];
    readonly List<Transmission> _acknowledgements = [];

    Transaction(Transmission request) => _requests.Add(request);

    public Transmission Request => _requests[0];

    /// <summary>The request and each time it was sent again.</summary>
    public IReadOnlyList<Transmission> Requests => _requests;

    /// <summary>Every response, those sent again included.</summary>
    public IReadOnlyList<Transmission> Responses => _responses;

    public IReadOnlyList<Transmission> Acknowledgements => _acknowledgements;

    public string Method => Request.Method;

    /// <summary>The request has no To-tag.</summary>
    public bool BeginsDialog => string.IsNullOrEmpty(Request.Message.Text(Fields.ToTag));

    /// <summary>The first 2xx, else the first final response.</summary>
    public Transmission? Final => Success ?? _responses.Find(response => response.StatusCode >= 200);

    public Transmission? Success => _responses.Find(response => response.StatusCode is >= 200 and < 300);

    /// <summary>The first 180 to 183.</summary>
    public Transmission? Ringing => _responses.Find(response => response.StatusCode is >= 180 and <= 183);

    /// <summary>The response with the session description that answers the request's; null when either has none.</summary>
    public Transmission? MediaAnswer => Request.HasSdp()
        ? _responses.Find(response => response.StatusCode is >= 200 and < 300 && response.HasSdp()) ?? _responses.Find(response => response.StatusCode < 200 && response.HasSdp())
        : null;

    /// <summary>Puts messages, which stand in the order in which they happened, together.</summary>
    public static List<Transaction> Of(IEnumerable<Transmission> messages)
    {
        var transactions = new List<Transaction>();
        // A long call has thousands: each message is held only against those it can belong to.
        var byExchange = new Dictionary<string, List<Transaction>>(StringComparer.Ordinal);
        var invitationsByDialog = new Dictionary<string, List<Transaction>>(StringComparer.Ordinal);
        foreach (Transmission message in messages)
        {
            List<Transaction> known = message is { IsRequest: true, Method: "ACK" }
                ? Among(invitationsByDialog, Dialog(message))
                : Among(byExchange, message.Exchange);
            if (!message.IsRequest)
            {
                known.FindLast(transaction => transaction.IsAnsweredBy(message))?._responses.Add(message);
            }
            else if (message.Method == "ACK")
            {
                // Several parties may share a machine: the same two ends say more than the same host.
                (known.FindLast(transaction => transaction.IsBetweenTheEndsOf(message)) ?? known.FindLast(transaction => transaction.IsAcknowledgedBy(message)))
                    ?._acknowledgements.Add(message);
            }
            else if (known.Find(transaction => transaction.IsSentAgainBy(message)) is { } again)
            {
                again._requests.Add(message);
            }
            else
            {
                var transaction = new Transaction(message);
                transactions.Add(transaction);
                known.Add(transaction);
                if (message.Method == "INVITE")
                    Among(invitationsByDialog, Dialog(message)).Add(transaction);
            }
        }

        return transactions;
    }

    static List<Transaction> Among(Dictionary<string, List<Transaction>> transactions, string key)
    {
        if (!transactions.TryGetValue(key, out List<Transaction>? found))
            transactions[key] = found = [];
        return found;
    }

    /// <summary>Whether <paramref name="other"/> is this request sent on by who received it.</summary>
    public bool IsForwardedBy(Transaction other) =>
        other != this && other.Request.Exchange == Request.Exchange && other.Request.ViaCount > Request.ViaCount && other.Request.LeavesWhereArrived(Request);

    bool IsSentAgainBy(Transmission request) => Branch(request) == Branch(Request) && IsBetweenTheEndsOf(request);

    bool IsBetweenTheEndsOf(Transmission request) => request.From == Request.From && request.To == Request.To;

    bool IsAnsweredBy(Transmission response) =>
        Branch(response) == Branch(Request) && Host(response, Fields.SourceIp) == Host(Request, Fields.DestinationIp);

    /// <summary>An ACK has the CSeq number of what it acknowledges; that of a 2xx has a branch of its own.</summary>
    bool IsAcknowledgedBy(Transmission ack) => Host(ack, Fields.SourceIp) == Host(Request, Fields.SourceIp);

    static string Branch(Transmission message) => message.Message.Text(Fields.ViaBranch) ?? "";

    static string Host(Transmission message, Field address) => message.Message.Address(address)?.ToString() ?? "";

    static string Dialog(Transmission message) => string.Create(
        CultureInfo.InvariantCulture, $"{message.Message.Text(Fields.CallId)} {message.Message.Integer(Fields.CSeqNumber)} {message.Message.Text(Fields.FromTag)}");
}
