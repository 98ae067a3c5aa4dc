using System.Globalization;
using System.Net;
using Homer.Search.Protocol;
using Homer.Search.Store;

namespace Homer.Search.Calls;

/// <summary>One sending of one message over one hop, with every captured copy of it.</summary>
sealed class Transmission
{
    /// <summary>Copies of one frame (an interface and its VLAN, two agents on one wire) are stamped within this time by one clock.</summary>
    static readonly long SameFrame = 2 * Instant.NanosecondsPerMillisecond;

    /// <summary>Two agents that see one hop are taken to mean the same sending when their stamps differ by no more: T1, after which it is sent again.</summary>
    static readonly long ClockSkew = 500 * Instant.NanosecondsPerMillisecond;

    readonly List<Document> _copies = [];

    Transmission(Document message)
    {
        Message = message;
        Time = message.Time;
        From = Address(message, Fields.SourceIp, Fields.SourcePort);
        To = Address(message, Fields.DestinationIp, Fields.DestinationPort);
        CallId = message.Text(Fields.CallId) ?? "";
        Method = message.Text(Fields.CSeqMethod) ?? message.Text(Fields.Method) ?? "";
        StatusCode = (int)(message.Integer(Fields.Code) ?? 0);
        ViaCount = (int)(message.Integer(Fields.ViaCount) ?? 0);
        Exchange = ExchangeOf(Method);
        ToTag = message.Text(Fields.ToTag);
        Identity = string.Create(CultureInfo.InvariantCulture, $"{Exchange} {StatusCode} {ToTag}");
        _copies.Add(message);
    }

    /// <summary>The copy that stands for all.</summary>
    public Document Message { get; }

    public Instant Time { get; }

    /// <summary>Address and port, as a lane is called.</summary>
    public string From { get; }

    public string To { get; }

    public string CallId { get; }

    /// <summary>Of CSeq.</summary>
    public string Method { get; }

    /// <summary>0 for a request.</summary>
    public int StatusCode { get; }

    public bool IsRequest => StatusCode == 0;

    public int ViaCount { get; }

    public string? ToTag { get; }

    /// <summary>What makes two captured messages the same message, on whatever hop.</summary>
    public string Identity { get; }

    /// <summary>What a request and its responses have in common on every hop.</summary>
    public string Exchange { get; }

    /// <summary>Of an ACK, the exchange that it ends, which has the same CSeq number (RFC 3261 §17.1.1.3); else null.</summary>
    public string? AcknowledgedExchange => IsRequest && Method == "ACK" ? ExchangeOf("INVITE") : null;

    public bool IsRetransmission { get; private set; }

    /// <summary>Every captured copy, in the order of time.</summary>
    public IReadOnlyList<Document> Copies => _copies;

    /// <summary>Puts copies together. A copy is the same sending when its agent did not already have it, or had it within the time of one frame.</summary>
    public static List<Transmission> Of(IEnumerable<Document> messages)
    {
        var transmissions = new List<Transmission>();
        var bySending = new Dictionary<string, List<Transmission>>(StringComparer.Ordinal);
        foreach (Document message in messages.OrderBy(message => message.Time).ThenBy(message => message.Id, StringComparer.Ordinal))
        {
            var transmission = new Transmission(message);
            string way = $"{transmission.Identity} {message.Text(Fields.ViaBranch)} {transmission.From} {transmission.To}";
            if (!bySending.TryGetValue(way, out List<Transmission>? sent))
                bySending[way] = sent = [];
            if (sent.FindLast(other => other.Takes(message)) is { } same)
            {
                same._copies.Add(message);
                continue;
            }

            transmission.IsRetransmission = sent.Count > 0;
            sent.Add(transmission);
            transmissions.Add(transmission);
        }

        return transmissions;
    }

    /// <summary>Whether <paramref name="other"/> came in where this one goes out. Ports may differ: a proxy calls out from one of its own.</summary>
    public bool LeavesWhereArrived(Transmission other) =>
        Message.Address(Fields.SourceIp) is { } address && address.Equals(other.Message.Address(Fields.DestinationIp));

    string ExchangeOf(string method) => string.Create(
        CultureInfo.InvariantCulture, $"{CallId} {Message.Integer(Fields.CSeqNumber)} {method} {Message.Text(Fields.FromTag)}");

    bool Takes(Document message)
    {
        string agent = Agent(message);
        long distance = message.Time.Nanoseconds - Time.Nanoseconds;
        return _copies.Exists(copy => Agent(copy) == agent) ? distance < SameFrame : distance <= ClockSkew;
    }

    public static string Agent(Document message) =>
        message.Text(Fields.AgentName) ?? message.Integer(Fields.CaptureId)?.ToString(CultureInfo.InvariantCulture) ?? "";

    static string Address(Document message, Field address, Field port) => message.Address(address) is { } ip
        ? new IPEndPoint(ip, (int)(message.Integer(port) ?? 0)).ToString()
        : "unknown";
}
