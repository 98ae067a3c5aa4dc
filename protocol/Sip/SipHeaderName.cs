namespace Homer.Search.Protocol.Sip;

/// <summary>The header fields the product reads.</summary>
public enum SipHeaderName : byte
{
    Other = 0,
    Authorization,
    CallId,
    Contact,
    ContentLength,
    ContentType,
    CSeq,
    Diversion,
    Expires,
    From,
    Identity,
    MaxForwards,
    PAssertedIdentity,
    PPreferredIdentity,
    ProxyAuthenticate,
    ProxyAuthorization,
    Reason,
    RemotePartyId,
    Server,
    To,
    UserAgent,
    Via,
    WwwAuthenticate,
}
