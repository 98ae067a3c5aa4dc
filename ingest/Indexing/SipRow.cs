using Homer.Search.Protocol;
using Homer.Search.Protocol.Sdp;
using Homer.Search.Protocol.Sip;
using Homer.Search.Store;

namespace Homer.Search.Ingest;

/// <summary>Which field of a <c>sip</c> document comes from where in the message. Used by one thread.</summary>
sealed class SipRow
{
    const int CodecRoom = 1024;

    readonly HeaderObject _headers = new();
    readonly byte[] _codecs = new byte[CodecRoom];

    public void Set(DocumentBatch batch, int row, in SipMessage sip, int size)
    {
        batch.Set(row, Fields.CallId, sip.CallId);
        batch.Set(row, Fields.CSeqMethod, sip.CSeqMethod);
        SetNumber(batch, row, Fields.CSeqNumber, sip.CSeqNumber);
        batch.Set(row, Fields.ViaBranch, SipParameter.Find(sip.Via, "branch"u8));
        batch.Set(row, Fields.ViaCount, sip.ViaCount);
        batch.Set(row, Fields.UserAgent, sip.UserAgent);
        batch.Set(row, Fields.MessageSize, size);
        batch.Set(row, Fields.ContentType, MediaType(sip.ContentType));
        SetNumber(batch, row, Fields.Expires, sip.Expires);
        SetNumber(batch, row, Fields.MaxForwards, sip.MaxForwards);
        SetStartLine(batch, row, sip);
        SetAddresses(batch, row, sip);
        if (!sip.Authentication.IsEmpty)
            SetCredentials(batch, row, SipCredentials.Read(sip.Authentication));
        if (!sip.Reason.IsEmpty)
            SetReason(batch, row, SipReason.Read(sip.Reason));
        if (!sip.Identity.IsEmpty && Attestation.Read(sip.Identity) is { } attestation)
            batch.Set(row, Fields.Attestation, [(byte)attestation]);
        if (!sip.Body.IsEmpty && SdpReader.TryReadFirst(SdpReader.Find(sip.ContentType, sip.Body), out SdpMedia media))
            SetMedia(batch, row, media);
        if (sip.HasOtherHeaders)
            batch.Set(row, Fields.Headers, _headers.Collect(sip.HeaderLines));
    }

    static void SetStartLine(DocumentBatch batch, int row, in SipMessage sip)
    {
        batch.Set(row, Fields.SipType, sip.IsRequest ? "request"u8 : "response"u8);
        if (!sip.IsRequest)
        {
            batch.Set(row, Fields.Code, sip.StatusCode);
            batch.Set(row, Fields.ReasonPhrase, sip.ReasonPhrase);
            batch.Set(row, Fields.ResponseClass, [(byte)('0' + (sip.StatusCode / 100)), (byte)'x', (byte)'x']);
            return;
        }

        var uri = SipAddress.ReadUri(sip.RequestUri);
        batch.Set(row, Fields.Method, sip.Method);
        batch.Set(row, Fields.Uri, sip.RequestUri);
        batch.Set(row, Fields.UriUser, uri.User);
        batch.Set(row, Fields.UriHost, uri.Host);
    }

    static void SetAddresses(DocumentBatch batch, int row, in SipMessage sip)
    {
        var from = SipAddress.Read(sip.From);
        batch.Set(row, Fields.FromUser, from.User);
        batch.Set(row, Fields.FromHost, from.Host);
        batch.Set(row, Fields.FromDisplay, from.DisplayName);
        batch.Set(row, Fields.FromTag, from.Tag);

        var to = SipAddress.Read(sip.To);
        batch.Set(row, Fields.ToUser, to.User);
        batch.Set(row, Fields.ToHost, to.Host);
        batch.Set(row, Fields.ToDisplay, to.DisplayName);
        batch.Set(row, Fields.ToTag, to.Tag);

        if (!sip.Contact.IsEmpty)
        {
            var contact = SipAddress.Read(sip.Contact);
            batch.Set(row, Fields.ContactUser, contact.User);
            batch.Set(row, Fields.ContactHost, contact.Host);
            if (System.Buffers.Text.Utf8Parser.TryParse(SipParameter.Find(contact.Parameters, "expires"u8), out long expires, out _))
                batch.Set(row, Fields.ContactExpires, expires);
        }

        if (!sip.AssertedIdentity.IsEmpty)
        {
            var asserted = SipAddress.Read(sip.AssertedIdentity);
            batch.Set(row, Fields.PaiUser, asserted.User);
            batch.Set(row, Fields.PaiHost, asserted.Host);
        }

        if (!sip.Diversion.IsEmpty)
        {
            var diversion = SipAddress.Read(sip.Diversion);
            batch.Set(row, Fields.DiversionUser, diversion.User);
            batch.Set(row, Fields.DiversionHost, diversion.Host);
        }
    }

    static void SetCredentials(DocumentBatch batch, int row, in SipCredentials credentials)
    {
        batch.Set(row, Fields.AuthScheme, credentials.Scheme);
        batch.Set(row, Fields.AuthUser, credentials.Username);
        batch.Set(row, Fields.AuthRealm, credentials.Realm);
    }

    static void SetReason(DocumentBatch batch, int row, in SipReason reason)
    {
        batch.Set(row, Fields.ReasonProtocol, reason.Protocol);
        SetNumber(batch, row, Fields.ReasonCause, reason.Cause);
        batch.Set(row, Fields.ReasonText, reason.Text);
    }

    void SetMedia(DocumentBatch batch, int row, in SdpMedia media)
    {
        // A host name is no address; who needs it finds it in the raw message.
        Span<byte> octets = stackalloc byte[16];
        batch.Set(row, Fields.SdpAddress, octets[..IpOctets.Read(media.Address, octets)]);
        batch.Set(row, Fields.SdpPort, media.Port);
        batch.Set(row, Fields.SdpDirection, media.Direction);
        batch.Set(row, Fields.Codecs, _codecs.AsSpan(0, media.WriteCodecs(_codecs)));
    }

    static void SetNumber(DocumentBatch batch, int row, Field field, long? value)
    {
        if (value is { } number)
            batch.Set(row, field, number);
    }

    /// <summary>A Content-Type without its parameters.</summary>
    static ReadOnlySpan<byte> MediaType(ReadOnlySpan<byte> contentType)
    {
        int end = contentType.IndexOf((byte)';');
        return (end < 0 ? contentType : contentType[..end]).TrimEnd((byte)' ');
    }
}
