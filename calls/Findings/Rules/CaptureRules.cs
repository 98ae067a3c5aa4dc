using System.Text;
using Homer.Search.Store;

namespace Homer.Search.Calls;

sealed class ClocksDisagree() : FindingRule(
    "clocks-disagree", Severity.Info, new(5905, "1"),
    "Messages are put in the order of cause and effect; let all capture agents follow NTP, else delays between hops are wrong.")
{
    public override IEnumerable<Finding> Find(CallEvidence call)
    {
        foreach (Transaction transaction in call.Transactions)
        {
            Transmission? early = transaction.Responses.FirstOrDefault(response => response.Time < transaction.Request.Time);
            if (early is not null)
            {
                yield return Found(
                    $"{early.Label()} is stamped {transaction.Request.Time.Since(early.Time).Seconds()} before the {transaction.Method} it answers: the capture agents' clocks differ.",
                    transaction.Request, early);
            }
        }
    }
}

sealed class OneSidedCapture() : FindingRule(
    "one-sided-capture", Severity.Warning, new(3261, "17"),
    "The agent sees one direction of the traffic only: check the mirror port or the capture filter, or that both directions pass this interface.")
{
    public override IEnumerable<Finding> Find(CallEvidence call)
    {
        // An ACK proves that an answer came.
        if (call.Messages.All(message => message.IsRequest) && call.Messages.FirstOrDefault(message => message.Method == "ACK") is { } ack)
            yield return Found($"Only requests were captured, and no response to them, though {ack.From} acknowledged one.", call.Messages[0], ack);
        else if (call.Messages.Count > 1 && call.Messages.All(message => !message.IsRequest))
            yield return Found("Only responses were captured, and no request they answer.", call.Messages[0]);
    }
}

sealed class CutMessage() : FindingRule(
    "cut-message", Severity.Warning, new(3261, "18.3"),
    "The agent's snap length or buffer is too short, or it does not put IP fragments together; what is missing cannot be searched.")
{
    public override IEnumerable<Finding> Find(CallEvidence call)
    {
        Transmission[] cut = [.. call.Messages.Where(message => message.Message.Many(Fields.Tags).Contains("truncated"))];
        if (cut.Length > 0)
            yield return Found($"{(cut.Length == 1 ? "A message was" : $"{cut.Length} messages were")} captured incompletely, first {cut[0].Label()} from {cut[0].From}.", cut);
    }
}

sealed class TooLargeForUdp() : FindingRule(
    "too-large-for-udp", Severity.Warning, new(3261, "18.1.1"),
    "Such packets are fragmented, and many firewalls drop fragments: use TCP or TLS on this hop, or make the message smaller (fewer codecs, no extra headers).")
{
    public const long Largest = 1300;

    public override IEnumerable<Finding> Find(CallEvidence call) =>
        from message in call.Messages
        where message.IsRequest && message.Message.Text(Fields.NetworkTransport) == "udp" && message.Message.Integer(Fields.MessageSize) > Largest
        group message by (message.Method, message.From, message.To) into hop
        let largest = hop.MaxBy(message => message.Message.Integer(Fields.MessageSize))!
        select Found($"The {hop.Key.Method} from {hop.Key.From} to {hop.Key.To} has {largest.Message.Integer(Fields.MessageSize)} bytes, too many for one UDP packet.", largest);
}

sealed class EmergencyCall() : FindingRule(
    "emergency-call", Severity.Info, new(5031, "4.2"),
    "Handle with priority, and keep what was captured.")
{
    public override IEnumerable<Finding> Find(CallEvidence call)
    {
        Transmission? request = call.Invitations.Select(transaction => transaction.Request).FirstOrDefault(request =>
            Is(Encoding.UTF8.GetBytes(request.Message.Text(Fields.UriUser) ?? ""), Encoding.UTF8.GetBytes(request.Message.Text(Fields.Uri) ?? "")));
        if (request is not null)
            yield return Found($"An emergency call, to {request.Message.Text(Fields.Uri) ?? request.Message.Text(Fields.UriUser)}.", request);
    }

    /// <summary>The numbers of Europe and North America, and the services of RFC 5031.</summary>
    public static bool Is(ReadOnlySpan<byte> user, ReadOnlySpan<byte> uri)
    {
        ReadOnlySpan<byte> service = "urn:service:sos"u8;
        return user.SequenceEqual("112"u8) || user.SequenceEqual("911"u8)
            || (uri.Length >= service.Length && Ascii.EqualsIgnoreCase(uri[..service.Length], service));
    }
}

sealed class WeakAttestation() : FindingRule(
    "weak-attestation", Severity.Info, new(8588, "4"),
    "The carrier that signed the call only forwards it and vouches for nothing; callees may be shown it as spam. The signature itself is not verified here.")
{
    public override IEnumerable<Finding> Find(CallEvidence call)
    {
        Transmission? request = call.Invitations.Select(transaction => transaction.Request).FirstOrDefault(request => request.Message.Text(Fields.Attestation) == "C");
        if (request is not null)
            yield return Found($"The caller's number {request.Message.Text(Fields.FromUser)} is attested C, as by a gateway that does not know the caller.", request);
    }
}
