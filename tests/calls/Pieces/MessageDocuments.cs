using System.Net;
using System.Text;
using Homer.Search.Protocol;
using Homer.Search.Protocol.Sdp;
using Homer.Search.Protocol.Sip;
using Homer.Search.Store;
using Homer.Search.Tests.Stores;

namespace Homer.Search.Tests.Calls;

/// <summary>Messages as the store gives them back.</summary>
static class MessageDocuments
{
    public static Document[] Of(IEnumerable<Message> messages)
    {
        var batch = new DocumentBatch(DocumentKind.Sip, Folding.Journal);
        foreach (Message message in messages)
            Add(batch, message);
        return [.. Enumerable.Range(0, batch.Count).Select(row => BatchRows.Read(batch, row))];
    }

    static void Add(DocumentBatch batch, Message message)
    {
        int row = batch.AddRow();
        IPEndPoint source = IPEndPoint.Parse(message.From);
        IPEndPoint destination = IPEndPoint.Parse(message.To);
        batch.Set(row, Fields.Timestamp, message.Time);
        batch.Set(row, Fields.Sequence, (long)row * 8);
        batch.Set(row, Fields.SourceIp, source.Address.GetAddressBytes());
        batch.Set(row, Fields.SourcePort, (long)source.Port);
        batch.Set(row, Fields.DestinationIp, destination.Address.GetAddressBytes());
        batch.Set(row, Fields.DestinationPort, (long)destination.Port);
        batch.Set(row, Fields.AgentName, message.Agent);
        batch.Set(row, Fields.CallId, message.CallId);
        batch.Set(row, Fields.CSeqNumber, message.CSeq);
        batch.Set(row, Fields.CSeqMethod, message.CSeqMethod);
        batch.Set(row, Fields.ViaBranch, message.Branch);
        batch.Set(row, Fields.ViaCount, (long)message.ViaCount);
        batch.Set(row, Fields.FromTag, message.FromTag);
        batch.Set(row, Fields.ToTag, message.ToTag ?? "");
        batch.Set(row, Fields.NetworkTransport, message.Transport.ToString().ToLowerInvariant());
        AddRead(batch, row, message.Bytes());
        if (message.IsRequest)
        {
            batch.Set(row, Fields.Method, message.StartLine.Split(' ')[0]);
        }
        else
        {
            batch.Set(row, Fields.Code, long.Parse(message.StartLine[8..11]));
            batch.Set(row, Fields.ReasonPhrase, message.StartLine[12..]);
        }
    }

    /// <summary>What the indexer would read out of the message.</summary>
    static void AddRead(DocumentBatch batch, int row, byte[] bytes)
    {
        Assert.Equal(SipRejection.None, SipReader.Read(bytes, out SipMessage sip));
        var uri = SipAddress.ReadUri(sip.RequestUri);
        var contact = SipAddress.Read(sip.Contact);
        var credentials = SipCredentials.Read(sip.Authentication);
        var reason = SipReason.Read(sip.Reason);
        batch.Set(row, Fields.MessageSize, bytes.Length);
        batch.Set(row, Fields.Uri, sip.RequestUri);
        batch.Set(row, Fields.UriUser, uri.User);
        batch.Set(row, Fields.FromUser, SipAddress.Read(sip.From).User);
        batch.Set(row, Fields.ContactUser, contact.User);
        batch.Set(row, Fields.ContactHost, contact.Host);
        batch.Set(row, Fields.AuthUser, credentials.Username);
        batch.Set(row, Fields.AuthRealm, credentials.Realm);
        batch.Set(row, Fields.ReasonProtocol, reason.Protocol);
        batch.Set(row, Fields.ReasonText, reason.Text);
        batch.Set(row, Fields.ContentType, Encoding.UTF8.GetString(sip.ContentType).Split(';')[0]);
        batch.Set(row, Fields.UserAgent, sip.UserAgent);
        if (reason.Cause is { } cause)
            batch.Set(row, Fields.ReasonCause, cause);
        if (sip.Expires is { } expires)
            batch.Set(row, Fields.Expires, expires);
        if (sip.MaxForwards is { } hops)
            batch.Set(row, Fields.MaxForwards, hops);
        if (sip.IsTruncated)
            batch.Set(row, Fields.Tags, "truncated");
        if (!sip.Identity.IsEmpty && Attestation.Read(sip.Identity) is { } attestation)
            batch.Set(row, Fields.Attestation, [(byte)attestation]);
        if (SdpReader.TryReadFirst(SdpReader.Find(sip.ContentType, sip.Body), out SdpMedia media))
            AddMedia(batch, row, media);
    }

    static void AddMedia(DocumentBatch batch, int row, in SdpMedia media)
    {
        Span<byte> octets = stackalloc byte[256];
        batch.Set(row, Fields.SdpAddress, octets[..IpOctets.Read(media.Address, octets)]);
        batch.Set(row, Fields.SdpPort, media.Port);
        batch.Set(row, Fields.SdpDirection, media.Direction);
        batch.Set(row, Fields.Codecs, octets[..media.WriteCodecs(octets)]);
    }
}
