using System.Globalization;
using System.Net;
using Homer.Search.Protocol;
using Homer.Search.Store;

namespace Homer.Search.Calls;

/// <summary>The call flow: a lane for each address and port, an arrow for each message, in the order in which they happened.</summary>
/// <param name="Lanes">By first appearance, so that the caller stands left.</param>
/// <param name="Legs">Call-IDs by first appearance.</param>
public sealed record Ladder(IReadOnlyList<Lane> Lanes, IReadOnlyList<Arrow> Arrows, IReadOnlyList<string> Legs)
{
    public static Ladder Empty { get; } = new([], [], []);

    /// <summary>Draws the messages of one call or of a whole session, given in any order. Copies of one message on one hop make one arrow.</summary>
    /// <param name="byHost">One lane a host, whatever its ports.</param>
    public static Ladder Of(IReadOnlyList<Document> messages, bool byHost = false)
    {
        List<Transmission> transmissions = MessageOrder.Sort(Transmission.Of(messages));
        var lanes = new List<Lane>();
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        var arrows = new List<Arrow>(transmissions.Count);
        string[] legs = [.. transmissions.Select(transmission => transmission.CallId).Distinct(StringComparer.Ordinal)];
        foreach (Transmission transmission in transmissions)
        {
            int from = LaneOf(End(transmission.From), transmission.Message.Text(Fields.SourceAlias));
            int to = LaneOf(End(transmission.To), transmission.Message.Text(Fields.DestinationAlias));
            lanes[from] = lanes[from] with { UserAgent = lanes[from].UserAgent ?? OwnUserAgent(transmission) };
            arrows.Add(ArrowOf(transmission, from, to, Array.IndexOf(legs, transmission.CallId), transmissions[0].Time, arrows.Count == 0 ? transmission.Time : arrows[^1].Time));
        }

        return new Ladder(lanes, arrows, legs);

        string End(string address) => byHost ? HostOf(address) : address;

        int LaneOf(string address, string? alias)
        {
            if (!numbers.TryGetValue(address, out int number))
            {
                numbers[address] = number = lanes.Count;
                lanes.Add(new Lane(address, null, alias));
            }

            return number;
        }
    }

    /// <summary>Log lines and quality reports beside the arrows, in the order of time.</summary>
    public IReadOnlyList<LadderMark> Marks(IEnumerable<Document> events) =>
        [.. events.OrderBy(document => document.Time).Select(document => new LadderMark(document, document.Time, LaneOf(document), LadderMark.LabelOf(document)))];

    /// <summary>By the address alone: media and logs have ports of their own.</summary>
    int? LaneOf(Document document)
    {
        if (document.Address(Fields.SourceIp) is not { } address)
            return null;
        string host = address.ToString();
        for (int lane = 0; lane < Lanes.Count; lane++)
        {
            if (HostOf(Lanes[lane].Address) == host)
                return lane;
        }

        return null;
    }

    /// <summary>Of <c>10.0.0.1:5060</c> or <c>[2001:db8::1]:5060</c>, or of what is none of these.</summary>
    static string HostOf(string address) => IPEndPoint.TryParse(address, out IPEndPoint? end) ? end.Address.ToString() : address;

    /// <summary>What a message says of its sender only when no proxy stands between them.</summary>
    static string? OwnUserAgent(Transmission transmission) =>
        transmission.IsRequest && transmission.ViaCount > 1 ? null : transmission.Message.Text(Fields.UserAgent);

    static Arrow ArrowOf(Transmission transmission, int from, int to, int leg, Instant start, Instant previous)
    {
        Document message = transmission.Message;
        string label = transmission.IsRequest
            ? message.Text(Fields.Method) ?? transmission.Method
            : string.Create(CultureInfo.InvariantCulture, $"{transmission.StatusCode} {message.Text(Fields.ReasonPhrase)}").TrimEnd();
        // A 200 says nothing until one knows to what.
        if (transmission.StatusCode >= 200)
            label += $" ({transmission.Method})";
        return new Arrow(
            message, from, to, leg, transmission.Time, transmission.Time.Since(start),
            transmission.Time < previous ? TimeSpan.Zero : transmission.Time.Since(previous),
            label, transmission.StatusCode, message.Many(Fields.Codecs).Count > 0 || message.Text(Fields.ContentType) == "application/sdp",
            transmission.IsRetransmission,
            [.. transmission.Copies.Select(Transmission.Agent).Distinct(StringComparer.Ordinal)]);
    }
}
