namespace Homer.Search.Calls;

/// <summary>What a message says that findings are drawn from, where the facts keep nothing else of it. Values reach disk: append only.</summary>
[Flags]
enum MessageMarks : ushort
{
    None = 0,

    /// <summary>A REGISTER that asks for expiry 0.</summary>
    Withdraws = 1,

    /// <summary>A request with the name of a user to be authenticated.</summary>
    Credentials = 2,

    /// <summary>A challenge that calls the nonce stale (RFC 7616 §3.3).</summary>
    Stale = 4,

    /// <summary>An INVITE that has few hops left to go.</summary>
    FewForwards = 8,

    /// <summary>An INVITE or its answer has a session description.</summary>
    HasSdp = 16,

    /// <summary>That description is not sendrecv.</summary>
    OneWay = 32,

    /// <summary>That description names a private media address, and the message came from a public one.</summary>
    PrivateMedia = 64,

    /// <summary>The same of Contact.</summary>
    PrivateContact = 128,

    /// <summary>The capture was cut.</summary>
    Cut = 256,

    /// <summary>A request over UDP that is too large for one packet.</summary>
    TooLarge = 512,

    /// <summary>An INVITE to an emergency number or service.</summary>
    Emergency = 1024,

    /// <summary>An INVITE whose caller is attested C (RFC 8588).</summary>
    WeaklyAttested = 2048,

    /// <summary>A provisional response that is to be confirmed by PRACK (RFC 3262).</summary>
    Reliable = 4096,

    /// <summary>A NOTIFY that tells of a transfer that failed.</summary>
    TransferFailed = 8192,
}
