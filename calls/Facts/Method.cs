namespace Homer.Search.Calls;

/// <summary>SIP methods as facts keep them. Values reach disk (<see cref="FactsFormat"/>): append only.</summary>
enum Method : byte
{
    Other = 0,
    Invite = 1,
    Ack = 2,
    Bye = 3,
    Cancel = 4,
    Options = 5,
    Register = 6,
    Prack = 7,
    Subscribe = 8,
    Notify = 9,
    Publish = 10,
    Info = 11,
    Refer = 12,
    Message = 13,
    Update = 14,
}

static class Methods
{
    /// <summary>Methods are case-sensitive (RFC 3261 §7.1).</summary>
    public static Method Read(ReadOnlySpan<byte> name) => name.Length switch
    {
        3 when name.SequenceEqual("ACK"u8) => Method.Ack,
        3 when name.SequenceEqual("BYE"u8) => Method.Bye,
        4 when name.SequenceEqual("INFO"u8) => Method.Info,
        5 when name.SequenceEqual("PRACK"u8) => Method.Prack,
        5 when name.SequenceEqual("REFER"u8) => Method.Refer,
        6 when name.SequenceEqual("INVITE"u8) => Method.Invite,
        6 when name.SequenceEqual("CANCEL"u8) => Method.Cancel,
        6 when name.SequenceEqual("NOTIFY"u8) => Method.Notify,
        6 when name.SequenceEqual("UPDATE"u8) => Method.Update,
        7 when name.SequenceEqual("OPTIONS"u8) => Method.Options,
        7 when name.SequenceEqual("PUBLISH"u8) => Method.Publish,
        7 when name.SequenceEqual("MESSAGE"u8) => Method.Message,
        8 when name.SequenceEqual("REGISTER"u8) => Method.Register,
        9 when name.SequenceEqual("SUBSCRIBE"u8) => Method.Subscribe,
        _ => Method.Other,
    };

    /// <summary>Methods that exist only within what an INVITE began.</summary>
    public static bool BelongsToInvite(this Method method) =>
        method is Method.Invite or Method.Ack or Method.Bye or Method.Cancel or Method.Prack or Method.Info or Method.Update;

    /// <summary>Methods that may stand first under a Call-ID.</summary>
    public static bool MayBegin(this Method method) => method == Method.Invite || !method.BelongsToInvite();
}
