using System.Net;
using Homer.Search.Store;

namespace Homer.Search.Calls;

sealed class PrivateMediaAddress() : FindingRule(
    "private-media-address", Severity.Error, new(1918, "3"),
    "Voice sent there is lost: let the proxy steer media over a relay (rtpengine, RTPproxy), or give the device its public address (STUN, external address setting).")
{
    public override IEnumerable<Finding> Find(CallEvidence call) =>
        from message in call.AsReceived()
        let media = message.MediaAddress()
        where media is not null && media.IsPrivate() && message.Message.Address(Fields.SourceIp) is { } source && !source.IsPrivate()
        group message by (message.From, Media: media.ToString()) into sender
        select Found($"{sender.Key.From} asks for voice at the private address {sender.Key.Media}, which {sender.First().To} cannot reach.", sender.First());
}

sealed class PrivateContact() : FindingRule(
    "private-contact", Severity.Warning, new(3261, "12.1.1"),
    "ACK and BYE go to that address and are lost: let the edge proxy mend Contact (NAT support), or switch on rport and STUN in the device.")
{
    public override IEnumerable<Finding> Find(CallEvidence call) =>
        from message in call.AsReceived()
        where message.Method is "INVITE" && (message.IsRequest || message.StatusCode is >= 200 and < 300)
        let contact = message.Message.Text(Fields.ContactHost)
        where IPAddress.TryParse(contact, out IPAddress? address) && address.IsPrivate()
        where message.Message.Address(Fields.SourceIp) is { } source && !source.IsPrivate()
        group message by (message.From, contact) into sender
        select Found(
            $"{sender.Key.From} gives the private address {sender.Key.contact} as its Contact in {sender.First().Label()}; later requests will be sent there.", sender.First());
}

/// <summary>A proxy adds a Via; what is changed while the topmost Via stays was changed by something that should not touch SIP.</summary>
sealed class RewrittenOnTheWay() : FindingRule(
    "sip-alg", Severity.Error, new(3261, "16.6"),
    "Switch off the SIP ALG (SIP helper, SIP inspection) of the router or firewall between the two; it changes addresses inside messages and breaks dialogs.")
{
    public override IEnumerable<Finding> Find(CallEvidence call) =>
        from copies in call.Messages.Where(message => message.IsRequest).GroupBy(message => (message.Identity, Branch: message.Message.Text(Fields.ViaBranch), message.ViaCount))
        where copies.Key.Branch is not null
        let first = copies.First()
        let other = copies.FirstOrDefault(copy => copy.From != first.From && (Differs(copy, first, Fields.ContactHost) || Differs(copy, first, Fields.SdpAddress)))
        where other is not null
        select Found(
            $"Between {first.From} and {other.To} the {first.Method} was rewritten without a proxy: {What(first, other)}.", first, other);

    static bool Differs(Transmission left, Transmission right, Field field) =>
        left.Message[field] is { } before && right.Message[field] is { } after && !before.Equals(after);

    static string What(Transmission first, Transmission other) => Differs(first, other, Fields.ContactHost)
        ? $"Contact was {first.Message.Text(Fields.ContactHost)} and became {other.Message.Text(Fields.ContactHost)}"
        : $"the media address was {first.MediaAddress()} and became {other.MediaAddress()}";
}
