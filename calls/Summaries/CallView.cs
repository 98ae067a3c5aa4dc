using System.Globalization;
using System.Net;
using Homer.Search.Protocol;
using Homer.Search.Store;

namespace Homer.Search.Calls;

/// <summary>
/// The summary of one Call-ID as people read it at a moment: a stored document of kind <see cref="DocumentKind.Call"/> and the time of reading,
/// which alone decides whether a call without a final answer still goes on or has timed out.
/// </summary>
public sealed class CallView(Document document, Instant now)
{
    /// <summary>The stored document.</summary>
    public Document Document { get; } = document;

    /// <summary>The moment at which it is read.</summary>
    public Instant ReadAt { get; } = now;

    public string CallId => Document.Text(Fields.CallId) ?? Document.Id;

    /// <summary>The method that began it: INVITE for a call.</summary>
    public string Method => Document.Text(Fields.CallMethod) ?? "";

    public CallState State => HasTimedOut ? CallState.TimedOut : StoredState;

    public CallOutcome Outcome => HasTimedOut ? CallTimeout.OutcomeOf(StoredState) : StoredOutcome;

    /// <summary>A number: P-Asserted-Identity, else From.</summary>
    public string? Caller => Document.Text(Fields.Caller);

    /// <summary>B number: request URI, else To.</summary>
    public string? Callee => Document.Text(Fields.Callee);

    /// <summary>Of a registration, who is registered: user and host of To.</summary>
    public string AddressOfRecord => $"{Document.Text(Fields.ToUser)}@{Document.Text(Fields.ToHost)}".TrimStart('@');

    /// <summary>First message.</summary>
    public Instant StartedAt => Document.Time;

    public Instant LastMessageAt => Document.Instant(Fields.EventEnd) ?? StartedAt;

    public Instant? AnsweredAt => Document.Instant(Fields.AnsweredAt);

    /// <summary>When it was released, failed or timed out; null while it goes on.</summary>
    public Instant? EndedAt => HasTimedOut ? Deadline : Document.Instant(Fields.EndedAt);

    /// <summary>First INVITE to the first ringing or progress, else to the 2xx; null when it neither rang nor was answered.</summary>
    public int? RingDelayMs => Milliseconds(Fields.RingDelayMs);

    /// <summary>First INVITE to the final answer, or to the timeout.</summary>
    public int? SetupMs => HasTimedOut ? (int)Deadline.Since(StartedAt).TotalMilliseconds : Milliseconds(Fields.SetupMs);

    /// <summary>Answer to BYE; null before that.</summary>
    public long? DurationMs => Document.Integer(Fields.DurationMs);

    /// <summary>BYE to its 2xx; null when it got none.</summary>
    public int? DisconnectDelayMs => Milliseconds(Fields.DisconnectDelayMs);

    /// <summary>Final status code of the attempt; null when there was none.</summary>
    public int? FinalCode => (int?)Document.Integer(Fields.Code);

    public string? ReasonPhrase => Document.Text(Fields.ReasonPhrase);

    /// <summary>The Reason header (RFC 3326) of what ended it; null when it had none.</summary>
    public CallReason? Reason => Document.Text(Fields.ReasonProtocol) is { } protocol
        ? new CallReason(protocol, (int?)Document.Integer(Fields.ReasonCause), Document.Text(Fields.ReasonText))
        : null;

    public Side? ReleasedBy => HasTimedOut ? Side.Network : CallWords.Side(Document.Text(Fields.ReleasedBy));

    /// <summary>Requests of its method that began it, seen at the caller's hop; challenges and redirects included.</summary>
    public int InviteCount => (int)(Document.Integer(Fields.AttemptCount) ?? 0);

    /// <summary>Those of them that were answered by a 3xx.</summary>
    public int RedirectCount => (int)(Document.Integer(Fields.RedirectCount) ?? 0);

    /// <summary>Messages captured, on every hop.</summary>
    public int MessageCount => (int)(Document.Integer(Fields.MessageCount) ?? 0);

    public int RetransmissionCount => (int)(Document.Integer(Fields.RetransmissionCount) ?? 0);

    public string? UserAgent => Document.Text(Fields.UserAgent);

    public IReadOnlyList<string> Codecs => Document.Many(Fields.Codecs);

    /// <summary>Typed identifiers that tie legs together, as <c>type=value</c>.</summary>
    public IReadOnlyList<string> Identifiers => Document.Many(Fields.Identifiers);

    /// <summary>Names of the findings that are stored with it, as of the time of reading.</summary>
    public IReadOnlyList<string> Findings => ReadAt >= LastMessageAt.Plus(CallTimeout.Of(StoredState))
        ? [.. Document.Many(Fields.Finding), .. Document.Many(Fields.FindingWhenSilent)]
        : Document.Many(Fields.Finding);

    /// <summary>The caller's end of the hop nearest the caller.</summary>
    public IPEndPoint? Source => EndPoint(Fields.SourceIp, Fields.SourcePort);

    /// <summary>The other end of that hop.</summary>
    public IPEndPoint? Destination => EndPoint(Fields.DestinationIp, Fields.DestinationPort);

    /// <summary>udp, tcp, tls or sctp on that hop.</summary>
    public string? Transport => Document.Text(Fields.NetworkTransport);

    CallState StoredState => CallWords.State(Document.Text(Fields.CallState)) ?? CallState.Calling;

    CallOutcome StoredOutcome => CallWords.Outcome(Document.Text(Fields.CallOutcome)) ?? CallOutcome.Incomplete;

    bool HasTimedOut => StoredOutcome == CallOutcome.Pending && ReadAt >= Deadline;

    Instant Deadline => CallTimeout.Deadline(StoredState, StartedAt, LastMessageAt);

    int? Milliseconds(Field field) => (int?)Document.Integer(field);

    IPEndPoint? EndPoint(Field address, Field port) =>
        Document.Address(address) is { } ip ? new IPEndPoint(ip, (int)(Document.Integer(port) ?? 0)) : null;
}

/// <summary>A Reason header (RFC 3326).</summary>
/// <param name="Protocol">Q.850 or SIP.</param>
public sealed record CallReason(string Protocol, int? Cause, string? Text)
{
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Protocol}{(Cause is null ? "" : $" cause {Cause}")}{(string.IsNullOrEmpty(Text) ? "" : $" ({Text})")}");
}
