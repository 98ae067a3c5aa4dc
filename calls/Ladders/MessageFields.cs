using Homer.Search.Store;

namespace Homer.Search.Calls;

/// <summary>
/// What ladder, findings, explanation and voice read of a call's messages. A page that shows nothing else of them need not read the other half of the fields.
/// </summary>
public static class MessageFields
{
    public static IReadOnlyCollection<Field> OfCall { get; } =
    [
        Fields.Timestamp, Fields.Sequence, Fields.JournalId, Fields.CaptureTime, Fields.CaptureId, Fields.AgentName, Fields.Tags,
        Fields.SourceIp, Fields.SourcePort, Fields.SourceAlias, Fields.DestinationIp, Fields.DestinationPort, Fields.DestinationAlias,
        Fields.NetworkTransport, Fields.NetworkProtocol, Fields.MessageSize,
        Fields.CallId, Fields.Method, Fields.Code, Fields.ReasonPhrase, Fields.Uri, Fields.UriUser, Fields.CSeqNumber, Fields.CSeqMethod,
        Fields.FromUser, Fields.FromTag, Fields.ToUser, Fields.ToTag, Fields.ContactUser, Fields.ContactHost, Fields.ViaBranch, Fields.ViaCount,
        Fields.MaxForwards, Fields.UserAgent, Fields.AuthUser, Fields.AuthRealm, Fields.ReasonProtocol, Fields.ReasonCause, Fields.ReasonText,
        Fields.ContentType, Fields.Attestation, Fields.SdpAddress, Fields.SdpPort, Fields.SdpDirection, Fields.Codecs,
    ];
}
