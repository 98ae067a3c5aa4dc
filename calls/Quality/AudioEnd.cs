using System.Net;
using System.Text;
using Homer.Search.Protocol.Sdp;
using Homer.Search.Protocol.Sip;
using Homer.Search.Store;

namespace Homer.Search.Calls;

/// <summary>Where one side wants audio sent, as a session description of the call says on one hop.</summary>
/// <param name="Owner">Who listens there: the side that sent the description, or a relay for it.</param>
/// <param name="Codec">The first codec for voice, which is the one in use when it stands in an answer.</param>
/// <param name="ClockRate">Of that codec, Hz; null when neither the description nor RFC 3551 says.</param>
/// <param name="IsAnswer">It stood in a response.</param>
public sealed record AudioEnd(Side Owner, IPAddress Address, int Port, string Codec, int? ClockRate, bool IsAnswer)
{
    /// <summary>All that the messages of a call describe, in the order of time.</summary>
    /// <param name="raw">Captured bytes by the message's identifier; a message without them describes nothing.</param>
    public static IReadOnlyList<AudioEnd> Of(IEnumerable<Document> messages, IReadOnlyDictionary<string, byte[]> raw)
    {
        var ends = new List<AudioEnd>();
        string? caller = null;
        foreach (Document message in messages.OrderBy(message => message.Time))
        {
            caller ??= message.Text(Fields.FromTag);
            if (raw.TryGetValue(message.Id, out byte[]? bytes) && SipReader.Read(bytes, out SipMessage sip) == SipRejection.None
                && Read(sip, OwnerOf(message, caller)) is { } end && !ends.Contains(end))
                ends.Add(end);
        }

        return ends;
    }

    /// <summary>A request is sent by who its From-tag names, a response by the other.</summary>
    static Side OwnerOf(Document message, string? caller) =>
        (message.Text(Fields.FromTag) == caller) == (message.Integer(Fields.Code) is null) ? Side.Caller : Side.Callee;

    static AudioEnd? Read(in SipMessage sip, Side owner)
    {
        ReadOnlySpan<byte> sdp = sip.Body.IsEmpty ? [] : SdpReader.Find(sip.ContentType, sip.Body);
        if (sdp.IsEmpty || !SdpReader.TryReadFirst(sdp, out SdpMedia media) || !IPAddress.TryParse(Encoding.UTF8.GetString(media.Address), out IPAddress? address))
            return null;
        SdpCodec codec = media.FirstCodec("telephone-event"u8, "CN"u8);
        return new AudioEnd(owner, address, media.Port, Encoding.UTF8.GetString(codec.Name), codec.ClockRate, !sip.IsRequest);
    }
}
