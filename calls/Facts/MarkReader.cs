using System.Text;
using Homer.Search.Protocol;
using Homer.Search.Protocol.Sdp;
using Homer.Search.Protocol.Sip;

namespace Homer.Search.Calls;

/// <summary>Reads the marks of one message. Of most messages a few comparisons say that there are none.</summary>
static class MarkReader
{
    /// <param name="sip">The message's own, which is too large to be copied at each step.</param>
    /// <param name="toTag">Hash of the To-tag; 0 when there is none.</param>
    /// <param name="hasSdp">It is an INVITE or its answer, with a session description.</param>
    /// <param name="media">The media line that stands for the call; empty when the description has none.</param>
    public static MessageMarks Of(in CapturedMessage message, in SipMessage sip, Method method, uint toTag, bool hasSdp, in SdpMedia media)
    {
        MessageMarks marks = sip.IsTruncated ? MessageMarks.Cut : MessageMarks.None;
        if (hasSdp)
            marks |= MessageMarks.HasSdp | OfMedia(media, message.SourceAddress);
        if (method == Method.Invite && (sip.IsRequest || sip.StatusCode is >= 200 and < 300)
            && IsPrivateFromPublic(SipAddress.Read(sip.Contact).Host, message.SourceAddress))
            marks |= MessageMarks.PrivateContact;
        return marks | (sip.IsRequest ? OfRequest(message, sip, method, toTag) : OfResponse(sip, method));
    }

    static MessageMarks OfMedia(in SdpMedia media, ReadOnlySpan<byte> source)
    {
        if (media.Kind.IsEmpty)
            return MessageMarks.None;
        MessageMarks marks = media.Direction.SequenceEqual("sendrecv"u8) ? MessageMarks.None : MessageMarks.OneWay;
        return IsPrivateFromPublic(media.Address, source) ? marks | MessageMarks.PrivateMedia : marks;
    }

    static MessageMarks OfRequest(in CapturedMessage message, in SipMessage sip, Method method, uint toTag)
    {
        MessageMarks marks = message.Transport == TransportProtocol.Udp && message.Size > TooLargeForUdp.Largest ? MessageMarks.TooLarge : MessageMarks.None;
        if (!sip.Authentication.IsEmpty && !SipCredentials.Read(sip.Authentication).Username.IsEmpty)
            marks |= MessageMarks.Credentials;
        return method switch
        {
            Method.Register when sip.Expires == 0 || SipParameter.Find(SipAddress.Read(sip.Contact).Parameters, "expires"u8).SequenceEqual("0"u8) =>
                marks | MessageMarks.Withdraws,
            Method.Notify when IsFragment(sip.ContentType) && IsFailure(sip.Body) => marks | MessageMarks.TransferFailed,
            Method.Invite when toTag == 0 => marks | OfInvitation(sip),
            _ => marks,
        };
    }

    static MessageMarks OfInvitation(in SipMessage sip)
    {
        MessageMarks marks = sip.MaxForwards <= MaxForwardsNearlyUsed.Few ? MessageMarks.FewForwards : MessageMarks.None;
        if (EmergencyCall.Is(SipAddress.ReadUri(sip.RequestUri).User, sip.RequestUri))
            marks |= MessageMarks.Emergency;
        return !sip.Identity.IsEmpty && Attestation.Read(sip.Identity) == 'C' ? marks | MessageMarks.WeaklyAttested : marks;
    }

    static MessageMarks OfResponse(in SipMessage sip, Method method) => sip.StatusCode switch
    {
        401 or 407 when IsStale(sip.Authentication) => MessageMarks.Stale,
        > 100 and < 200 when method == Method.Invite && sip.HeaderLines.IndexOf("\nRSeq:"u8) >= 0 => MessageMarks.Reliable,
        _ => MessageMarks.None,
    };

    static bool IsStale(ReadOnlySpan<byte> challenge)
    {
        int name = challenge.LastIndexOf("stale="u8);
        return name >= 0 && Ascii.EqualsIgnoreCase(challenge[(name + 6)..].TrimStart((byte)'"') is var value && value.Length >= 4 ? value[..4] : [], "true"u8);
    }

    /// <summary><c>message/sipfrag;version=2.0</c> (RFC 3420 §2).</summary>
    static bool IsFragment(ReadOnlySpan<byte> contentType) =>
        Ascii.EqualsIgnoreCase((contentType.IndexOf((byte)';') is var end && end < 0 ? contentType : contentType[..end]).TrimEnd((byte)' '), "message/sipfrag"u8);

    /// <summary><c>SIP/2.0 486 Busy Here</c>.</summary>
    static bool IsFailure(ReadOnlySpan<byte> fragment) => fragment.StartsWith("SIP/2.0 "u8) && fragment.Length > 8 && fragment[8] is >= (byte)'3' and <= (byte)'6';

    static bool IsPrivateFromPublic(ReadOnlySpan<byte> host, ReadOnlySpan<byte> source)
    {
        Span<byte> octets = stackalloc byte[16];
        return !source.IsEmpty && !PrivateAddress.Is(source)
            && IpOctets.Read(host, octets) is var length && length > 0 && PrivateAddress.Is(octets[..length]);
    }
}
