using Homer.Search.Protocol;
using Homer.Search.Protocol.Hep;
using Homer.Search.Protocol.Sdp;
using Homer.Search.Protocol.Sip;

namespace Homer.Search.Benchmarks.Decode;

/// <summary>Reads of one packet every field the indexer stores of a SIP message.</summary>
static class StoredFields
{
    /// <summary>Sum of what was read, so that no reading is optimised away.</summary>
    internal static long Sum { get; private set; }

    internal static void Read(ReadOnlySpan<byte> bytes, Instant arrival)
    {
        if (HepReader.Read(bytes, out HepPacket packet) != HepRejection.None)
            throw new InvalidDataException("A fixture is no HEP packet.");
        Sum += CaptureTime.Resolve(packet, arrival, new(0)).Time.Nanoseconds + packet.SourceAddress[0] + packet.DestinationPort;

        var payload = new SipPayload(packet.Payload);
        while (payload.MoveNext())
        {
            if (payload.Rejection != SipRejection.None)
                throw new InvalidDataException("A fixture is no SIP message.");
            Sum += Read(payload.Message);
        }
    }

    static long Read(in SipMessage message)
    {
        long sum = message.CallId.Length + message.StatusCode + (message.CSeqNumber ?? 0) + message.CSeqMethod.Length + message.ViaCount + message.UserAgent.Length;
        sum += Length(SipAddress.Read(message.From)) + Length(SipAddress.Read(message.To));
        if (message.IsRequest)
            sum += Length(SipAddress.ReadUri(message.RequestUri));
        if (!message.Contact.IsEmpty)
        {
            SipAddress contact = SipAddress.Read(message.Contact);
            sum += Length(contact) + SipParameter.Find(contact.Parameters, "expires"u8).Length;
        }

        if (!message.AssertedIdentity.IsEmpty)
            sum += Length(SipAddress.Read(message.AssertedIdentity));
        if (!message.Diversion.IsEmpty)
            sum += Length(SipAddress.Read(message.Diversion));
        sum += SipParameter.Find(message.Via, "branch"u8).Length;
        if (!message.Authentication.IsEmpty)
            sum += SipCredentials.Read(message.Authentication).Realm.Length;
        if (!message.Reason.IsEmpty)
            sum += SipReason.Read(message.Reason).Cause ?? 0;
        if (!message.Body.IsEmpty && SdpReader.TryReadFirst(SdpReader.Find(message.ContentType, message.Body), out SdpMedia media))
        {
            Span<byte> octets = stackalloc byte[256];
            sum += media.Port + media.Direction.Length + IpOctets.Read(media.Address, octets) + media.WriteCodecs(octets);
        }

        return sum;
    }

    static int Length(in SipAddress address) => address.User.Length + address.Host.Length + address.DisplayName.Length + address.Tag.Length;
}
