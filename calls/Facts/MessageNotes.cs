using System.IO.Hashing;
using Homer.Search.Protocol.Sdp;
using Homer.Search.Protocol.Sip;

namespace Homer.Search.Calls;

/// <summary>
/// What messages say of one Call-ID, a note for each as they came. Noting neither compares nor sorts, so that it is cheap on the thread that decodes, and is
/// one piece of memory a call; the facts are put together where they are merged.
/// </summary>
sealed class MessageNotes
{
    /// <summary>Notes of so many octets are better put together than kept.</summary>
    public const int Many = 64 * 1024;

    /// <summary>Room for the notes of a short call.</summary>
    const int UsualOctets = 512;

    readonly OctetWriter _octets = new(UsualOctets);
    bool _hasBeginning;

    /// <summary>Octets that they take.</summary>
    public int Length => _octets.Length;

    /// <summary>Whether their memory is worth keeping for another call.</summary>
    public bool IsSmall => _octets.Capacity <= 8 * UsualOctets;

    public void Clear()
    {
        _octets.Clear();
        _hasBeginning = false;
    }

    public void Add(in CapturedMessage message, Method method)
    {
        SipMessage sip = message.Sip;
        SipAddress from = SipAddress.Read(sip.From);
        SipAddress to = SipAddress.Read(sip.To);
        uint toTag = Hash(to.Tag);
        ReadOnlySpan<byte> sdp = method == Method.Invite && !sip.Body.IsEmpty && sip.StatusCode < 300 ? SdpReader.Find(sip.ContentType, sip.Body) : [];
        SdpMedia media = default;
        bool hasMedia = !sdp.IsEmpty && SdpReader.TryReadFirst(sdp, out media);

        OpeningRank rank = RankOf(sip, method, toTag);
        bool isOpening = rank < OpeningRank.InDialog || !_hasBeginning;
        _hasBeginning |= rank < OpeningRank.InDialog;

        _octets.Value(new NoteHead(message, method, Hash(from.Tag), toTag, MarkReader.Of(message, sip, method, toTag, !sdp.IsEmpty, media))
        {
            Rank = rank,
            IsOpening = isOpening,
        });
        _octets.Octets(NoteHead.AddressOf(message.SourceAddress));
        _octets.Octets(NoteHead.AddressOf(message.DestinationAddress));
        _octets.Text(message.AgentName);
        _octets.Text(sip.StatusCode >= 200 && method.MayBegin() ? sip.ReasonPhrase : []);
        _octets.Text(sip.StatusCode >= 300 || (sip.IsRequest && method is Method.Bye or Method.Cancel) ? sip.Reason : []);
        AddCodecs(hasMedia, media);
        if (isOpening)
            AddOpening(sip, method, from, to);
        AddIdentifiers(message, sip, method);
    }

    /// <summary>One of the identifiers of the message that is being noted.</summary>
    public void AddIdentifier(ReadOnlySpan<byte> identifier)
    {
        if (identifier.Length is > 0 and <= Texts.MaximumLength)
            _octets.Text(identifier);
    }

    /// <summary>Adds what the notes say to facts; the notes stay.</summary>
    public void AddTo(CallFacts facts)
    {
        var reader = new OctetReader(_octets.Written);
        while (!reader.IsAtEnd)
            AddNote(ref reader, facts);
    }

    void AddCodecs(bool hasMedia, in SdpMedia media)
    {
        Span<byte> codecs = stackalloc byte[Texts.MaximumLength];
        _octets.Text(hasMedia ? codecs[..media.WriteCodecs(codecs)] : []);
    }

    void AddOpening(in SipMessage sip, Method method, in SipAddress from, in SipAddress to)
    {
        _octets.Text(method == Method.Other ? sip.CSeqMethod : []);
        _octets.Text(SipAddress.ReadUri(sip.RequestUri).User);
        _octets.Text(from.User);
        _octets.Text(from.Host);
        _octets.Text(to.User);
        _octets.Text(to.Host);
        _octets.Text(SipAddress.Read(sip.AssertedIdentity).User);
        _octets.Text(SipAddress.Read(sip.Diversion).User);
        _octets.Text(sip.IsRequest ? sip.UserAgent : []);
    }

    /// <summary>The last of them is followed by an empty one.</summary>
    void AddIdentifiers(in CapturedMessage message, in SipMessage sip, Method method)
    {
        // What identifies a leg stands in what begins it and in its answer; walking the headers of the rest would double their cost.
        if (method.MayBegin() && (sip.IsRequest || (method == Method.Invite && sip.StatusCode is >= 200 and < 300)))
            IdentifierHeaders.Add(sip, message.CorrelationId, this);
        foreach (byte[] label in message.Labels)
            AddIdentifier(label);
        _octets.Text([]);
    }

    static void AddNote(ref OctetReader reader, CallFacts facts)
    {
        NoteHead head = reader.Value<NoteHead>();
        var source = HopEnd.Of(reader.Octets(head.SourceLength), head.SourcePort);
        var destination = HopEnd.Of(reader.Octets(head.DestinationLength), head.DestinationPort);
        uint hop = facts.Add(Hop.Of(head.Transport, source, destination, out bool reversed));
        uint agent = facts.AddAgent(head.AgentId, reader.Text());
        Texts texts = facts.Texts;
        facts.Count(1, head.Time, head.Time);
        facts.Add(new Sighting
        {
            Key = new MessageKey(head.CSeq, head.Method, head.Code, head.FromTag, head.ToTag, hop, reversed, head.Branch, agent),
            Count = 1,
            First = head.Time,
            Last = head.Time,
            Phrase = texts.Add(reader.Text()),
            Reason = texts.Add(reader.Text()),
            Codecs = texts.Add(reader.Text()),
            Marks = head.Marks,
        });
        if (head.IsOpening)
            AddOpening(ref reader, head, hop, head.Rank == OpeningRank.Response ? !reversed : reversed, facts);
        for (ReadOnlySpan<byte> identifier = reader.Text(); !identifier.IsEmpty; identifier = reader.Text())
            facts.AddIdentifier(identifier);
    }

    static void AddOpening(ref OctetReader reader, in NoteHead head, uint hop, bool callerIsHigh, CallFacts facts)
    {
        Span<int> numbers = stackalloc int[Opening.TextCount];
        bool isWanted = facts.Wants(head.Rank);
        foreach (ref int number in numbers)
        {
            ReadOnlySpan<byte> text = reader.Text();
            number = isWanted ? facts.Texts.Add(text) : 0;
        }

        var opening = new Opening
        {
            Rank = head.Rank,
            ViaCount = head.ViaCount,
            Hop = hop,
            Method = head.Method,
            First = head.Time,
            FromTag = head.FromTag,
            CallerIsHigh = callerIsHigh,
        };
        opening.SetTexts(numbers);
        facts.Add(opening);
    }

    static OpeningRank RankOf(in SipMessage sip, Method method, uint toTag)
    {
        if (!sip.IsRequest)
            return OpeningRank.Response;
        if (toTag != 0 || !method.MayBegin())
            return OpeningRank.InDialog;
        return method == Method.Invite ? OpeningRank.Invite : OpeningRank.Request;
    }

    /// <summary>0 only for what is not there.</summary>
    internal static uint Hash(ReadOnlySpan<byte> value) => value.IsEmpty ? 0 : Math.Max(1, (uint)XxHash3.HashToUInt64(value));
}
