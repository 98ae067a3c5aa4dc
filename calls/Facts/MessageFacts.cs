using System.IO.Hashing;
using Homer.Search.Protocol;
using Homer.Search.Protocol.Sdp;
using Homer.Search.Protocol.Sip;

namespace Homer.Search.Calls;

/// <summary>Takes out of one captured message what a summary is made of.</summary>
static class MessageFacts
{
    public static void Add(in CapturedMessage message, uint journal, CallFacts facts)
    {
        SipMessage sip = message.Sip;
        Method method = Methods.Read(sip.CSeqMethod);
        SipAddress from = SipAddress.Read(sip.From);
        SipAddress to = SipAddress.Read(sip.To);
        Hop hop = Hop.Of(
            message.Transport,
            HopEnd.Of(message.SourceAddress, message.SourcePort),
            HopEnd.Of(message.DestinationAddress, message.DestinationPort),
            out bool reversed);

        uint hopHash = facts.Add(hop);
        uint fromTag = Hash(from.Tag);
        uint toTag = Hash(to.Tag);
        var sighting = new Sighting
        {
            Key = new MessageKey(
                (uint)Math.Min(sip.CSeqNumber ?? 0, uint.MaxValue), method, sip.StatusCode, fromTag, toTag, hopHash, reversed,
                Hash(SipParameter.Find(sip.Via, "branch"u8)), facts.AddAgent(message.CaptureAgentId, message.AgentName)),
            Count = 1,
            First = message.Time,
            Last = message.Time,
        };
        AddContent(ref sighting, message, sip, method, toTag, facts.Texts);

        facts.Count(1, message.Time, message.Time);
        facts.Apply(journal, message.Position);
        facts.Add(sighting);

        OpeningRank rank = RankOf(sip, method, toTag);
        if (facts.Wants(rank))
            AddOpening(sip, message.Time, rank, method, hopHash, rank == OpeningRank.Response ? !reversed : reversed, fromTag, from, to, facts);
        // What identifies a leg stands in what begins it and in its answer; walking the headers of the rest would double their cost.
        if (method.MayBegin() && (sip.IsRequest || (method == Method.Invite && sip.StatusCode is >= 200 and < 300)))
            IdentifierHeaders.Add(sip, message.CorrelationId, facts);
        foreach (byte[] label in message.Labels)
            facts.AddIdentifier(label);
    }

    static void AddContent(ref Sighting sighting, in CapturedMessage message, in SipMessage sip, Method method, uint toTag, Texts texts)
    {
        if (sip.StatusCode >= 200 && method.MayBegin())
            sighting.Phrase = texts.Add(sip.ReasonPhrase);
        if (!sip.Reason.IsEmpty && (sip.StatusCode >= 300 || (sip.IsRequest && method is Method.Bye or Method.Cancel)))
            sighting.Reason = texts.Add(sip.Reason);
        ReadOnlySpan<byte> sdp = method == Method.Invite && !sip.Body.IsEmpty && sip.StatusCode < 300 ? SdpReader.Find(sip.ContentType, sip.Body) : [];
        SdpMedia media = default;
        if (!sdp.IsEmpty && SdpReader.TryReadFirst(sdp, out media))
            sighting.Codecs = AddCodecs(media, texts);
        sighting.Marks = MarkReader.Of(message, sip, method, toTag, !sdp.IsEmpty, media);
    }

    static int AddCodecs(in SdpMedia media, Texts texts)
    {
        Span<byte> codecs = stackalloc byte[Texts.MaximumLength];
        return texts.Add(codecs[..media.WriteCodecs(codecs)]);
    }

    static OpeningRank RankOf(in SipMessage sip, Method method, uint toTag)
    {
        if (!sip.IsRequest)
            return OpeningRank.Response;
        if (toTag != 0 || !method.MayBegin())
            return OpeningRank.InDialog;
        return method == Method.Invite ? OpeningRank.Invite : OpeningRank.Request;
    }

    static void AddOpening(
        in SipMessage sip, Instant time, OpeningRank rank, Method method, uint hop, bool callerIsHigh, uint fromTag, in SipAddress from, in SipAddress to,
        CallFacts facts)
    {
        Texts texts = facts.Texts;
        facts.Add(new Opening
        {
            Rank = rank,
            ViaCount = sip.ViaCount,
            Hop = hop,
            Method = method,
            First = time,
            FromTag = fromTag,
            CallerIsHigh = callerIsHigh,
            MethodName = method == Method.Other ? texts.Add(sip.CSeqMethod) : 0,
            RequestUser = texts.Add(SipAddress.ReadUri(sip.RequestUri).User),
            FromUser = texts.Add(from.User),
            FromHost = texts.Add(from.Host),
            ToUser = texts.Add(to.User),
            ToHost = texts.Add(to.Host),
            AssertedUser = texts.Add(SipAddress.Read(sip.AssertedIdentity).User),
            DivertedUser = texts.Add(SipAddress.Read(sip.Diversion).User),
            UserAgent = sip.IsRequest ? texts.Add(sip.UserAgent) : 0,
        });
    }

    /// <summary>0 only for what is not there.</summary>
    static uint Hash(ReadOnlySpan<byte> value) => value.IsEmpty ? 0 : Math.Max(1, (uint)XxHash3.HashToUInt64(value));
}
