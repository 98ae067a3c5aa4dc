using System.Text;
using Homer.Search.Protocol;
using Homer.Search.Protocol.Sip;
using Homer.Search.Store;

namespace Homer.Search.Calls;

/// <summary>Writes a summary as one row of a batch of kind <see cref="DocumentKind.Call"/>.</summary>
static class CallRow
{
    static readonly byte[] CarrierLabel = Encoding.UTF8.GetBytes(Labels.Carrier);
    static readonly byte[] TagLabel = Encoding.UTF8.GetBytes(Labels.Tag);

    public static void Write(ReadOnlySpan<byte> callId, CallFacts facts, CallSummary summary, ReadOnlySpan<byte> blob, DocumentBatch target)
    {
        int row = target.AddRow();
        target.Set(row, Fields.Timestamp, facts.First);
        target.Set(row, Fields.EventStart, facts.First);
        target.Set(row, Fields.EventEnd, facts.Last);
        target.Set(row, Fields.CallId, callId);
        target.Set(row, Fields.Summary, blob);
        if (summary.IsCall)
            WriteSession(row, Texts.Cut(callId), facts, target);
        WriteWay(row, facts, summary.Vantage, target);
        WriteSides(row, facts.Texts, summary.Vantage.Opening, target);
        WriteCourse(row, facts, summary, target);
        WriteEnd(row, facts.Texts, summary, target);
        WriteSets(row, facts, summary, target);
        StoredFindings.Sets findings = StoredFindings.Of(facts, summary);
        WriteFindings(row, Fields.Finding, findings.Now, target);
        WriteFindings(row, Fields.FindingWhenSilent, findings.WhenSilent, target);
    }

    static void WriteSession(int row, ReadOnlySpan<byte> callId, CallFacts facts, DocumentBatch target)
    {
        ReadOnlySpan<byte> session = facts.Session > 0 ? facts.Texts[facts.Session] : callId;
        target.Set(row, Fields.SessionId, session);
        target.Set(row, Fields.IsFirstLeg, session.SequenceEqual(callId));
    }

    static void WriteFindings(int row, Field field, ulong findings, DocumentBatch target)
    {
        if (findings != 0)
            target.Set(row, field, string.Join('\n', StoredFindings.Names.Where((_, rule) => (findings >> rule & 1) != 0)));
    }

    static void WriteWay(int row, CallFacts facts, Vantage vantage, DocumentBatch target)
    {
        Span<byte> address = stackalloc byte[16];
        target.Set(row, Fields.SourceIp, vantage.Caller.Write(address));
        target.Set(row, Fields.SourcePort, (long)vantage.Caller.Port);
        target.Set(row, Fields.DestinationIp, vantage.Other.Write(address));
        target.Set(row, Fields.DestinationPort, (long)vantage.Other.Port);
        target.Set(row, Fields.NetworkTransport, vantage.Transport switch
        {
            TransportProtocol.Udp => "udp"u8,
            TransportProtocol.Tcp => "tcp"u8,
            TransportProtocol.Tls => "tls"u8,
            TransportProtocol.Sctp => "sctp"u8,
            _ => [],
        });
        target.Set(row, Fields.CaptureId, (long)vantage.Agent.Id);
        target.Set(row, Fields.AgentName, facts.Texts[vantage.Agent.Name]);
    }

    static void WriteSides(int row, Texts texts, in Opening opening, DocumentBatch target)
    {
        target.Set(row, Fields.UriUser, texts[opening.RequestUser]);
        target.Set(row, Fields.FromUser, texts[opening.FromUser]);
        target.Set(row, Fields.FromHost, texts[opening.FromHost]);
        target.Set(row, Fields.ToUser, texts[opening.ToUser]);
        target.Set(row, Fields.ToHost, texts[opening.ToHost]);
        target.Set(row, Fields.PaiUser, texts[opening.AssertedUser]);
        target.Set(row, Fields.DiversionUser, texts[opening.DivertedUser]);
        target.Set(row, Fields.UserAgent, texts[opening.UserAgent]);
        target.Set(row, Fields.Caller, texts[FirstOf(opening.AssertedUser, opening.FromUser, opening.FromHost)]);
        target.Set(row, Fields.Callee, texts[FirstOf(opening.RequestUser, opening.ToUser, opening.ToHost)]);
    }

    static void WriteCourse(int row, CallFacts facts, CallSummary summary, DocumentBatch target)
    {
        Opening opening = summary.Vantage.Opening;
        if (summary.IsCall)
            target.Set(row, Fields.CallMethod, "INVITE"u8);
        else if (opening.MethodName != 0)
            target.Set(row, Fields.CallMethod, facts.Texts[opening.MethodName]);
        else
            target.Set(row, Fields.CallMethod, opening.Method.ToString().ToUpperInvariant());

        target.Set(row, Fields.CallState, summary.State.Word());
        target.Set(row, Fields.CallOutcome, summary.Outcome.Word());
        target.Set(row, Fields.MessageCount, facts.Messages);
        target.Set(row, Fields.RetransmissionCount, (long)summary.Retransmissions);
        target.Set(row, Fields.AttemptCount, (long)(opening.Rank < OpeningRank.InDialog ? summary.Transactions : 0));
        if (summary.Redirects > 0)
            target.Set(row, Fields.RedirectCount, (long)summary.Redirects);
        Set(row, Fields.AnsweredAt, summary.AnsweredAt, target);
        Set(row, Fields.EndedAt, summary.EndedAt, target);
        SetDelay(row, Fields.RingDelayMs, summary.RingDelay, target);
        SetDelay(row, Fields.ResponseDelayMs, summary.RingDelay ?? summary.Setup, target);
        SetDelay(row, Fields.SetupMs, summary.Setup, target);
        SetDelay(row, Fields.DurationMs, summary.Duration, target);
        SetDelay(row, Fields.DisconnectDelayMs, summary.DisconnectDelay, target);
        Instant? deadline = summary.Outcome == CallOutcome.Pending ? CallTimeout.Deadline(summary.State, facts.First, facts.Last) : null;
        Set(row, Fields.TimesOutAt, deadline, target);
        if (summary.IsCall)
            SetDelay(row, Fields.HoldingMs, deadline?.Nanoseconds - facts.First.Nanoseconds ?? summary.Holding, target);
    }

    static void WriteEnd(int row, Texts texts, CallSummary summary, DocumentBatch target)
    {
        if (summary.ReleasedBy is { } side)
            target.Set(row, Fields.ReleasedBy, side.Word());
        if (summary.Final is { } final)
        {
            target.Set(row, Fields.Code, (long)final.Key.Code);
            target.Set(row, Fields.ResponseClass, [(byte)('0' + (final.Key.Code / 100)), (byte)'x', (byte)'x']);
            target.Set(row, Fields.ReasonPhrase, texts[final.Phrase]);
        }

        if (summary.Reason == 0)
            return;
        SipReason reason = SipReason.Read(texts[summary.Reason]);
        target.Set(row, Fields.ReasonProtocol, reason.Protocol);
        target.Set(row, Fields.ReasonText, reason.Text);
        if (reason.Cause is { } cause)
            target.Set(row, Fields.ReasonCause, (long)cause);
    }

    static void WriteSets(int row, CallFacts facts, CallSummary summary, DocumentBatch target)
    {
        Texts texts = facts.Texts;
        Span<byte> lines = stackalloc byte[(CallFacts.MaximumIdentifiers + 2) * (Texts.MaximumLength + 1)];
        int length = 0;
        foreach (int identifier in facts.Identifiers)
        {
            ReadOnlySpan<byte> text = texts[identifier];
            if (text.StartsWith(CarrierLabel))
                target.AddValue(row, Fields.Carrier, text[CarrierLabel.Length..]);
            else if (text.StartsWith(TagLabel))
                target.AddValue(row, Fields.Tags, text[TagLabel.Length..]);
            else
                length = Line(text, lines, length);
        }

        if (length > 0)
            target.Set(row, Fields.Identifiers, lines[..length]);

        // The codecs in use first, then what else was offered.
        length = 0;
        foreach (int codecs in (ReadOnlySpan<int>)[summary.AnsweredCodecs, summary.OfferedCodecs])
        {
            foreach (Range range in texts[codecs].Split((byte)'\n'))
                length = NewLine(texts[codecs][range], lines, length);
        }

        target.Set(row, Fields.Codecs, lines[..length]);
        if (facts.IsTruncated)
            target.AddValue(row, Fields.Tags, "summary-truncated"u8);
        if (facts.HasLostFacts)
            target.AddValue(row, Fields.Tags, "summary-restarted"u8);
    }

    static int NewLine(ReadOnlySpan<byte> text, Span<byte> lines, int length)
    {
        foreach (Range range in ((ReadOnlySpan<byte>)lines[..length]).Split((byte)'\n'))
        {
            if (lines[range].SequenceEqual(text))
                return length;
        }

        return Line(text, lines, length);
    }

    static int Line(ReadOnlySpan<byte> text, Span<byte> lines, int length)
    {
        if (text.IsEmpty)
            return length;
        if (length > 0)
            lines[length++] = (byte)'\n';
        text.CopyTo(lines[length..]);
        return length + text.Length;
    }

    static int FirstOf(int first, int second, int third) => first != 0 ? first : second != 0 ? second : third;

    static void Set(int row, Field field, Instant? time, DocumentBatch target)
    {
        if (time is { } value)
            target.Set(row, field, value);
    }

    static void SetDelay(int row, Field field, long? nanoseconds, DocumentBatch target)
    {
        if (nanoseconds is { } value)
            target.Set(row, field, value / Instant.NanosecondsPerMillisecond);
    }
}
