using GraphQL;
using Homer.Search.Calls;
using Homer.Search.Protocol;
using Homer.Search.Store;

namespace Homer.Search.Api.Schema;

/// <summary>What one Call-ID amounted to.</summary>
public sealed class Call
{
    readonly CaptureQueries _queries;
    readonly CallView _view;
    readonly Lock _lock = new();
    Task<MessageList>? _messages;

    internal Call(CaptureQueries queries, Document document)
    {
        _queries = queries;
        _view = queries.View(document);
    }

    [FromCatalogue("sip.call_id")]
    public string CallId => _view.CallId;

    [FromCatalogue("call.method")]
    public string Method => _view.Method;

    /// <summary>Where the call stands.</summary>
    public CallState State => _view.State;

    /// <summary>How the attempt ended.</summary>
    public CallOutcome Outcome => _view.Outcome;

    [FromCatalogue("call.caller")]
    public string? Caller => _view.Caller;

    [FromCatalogue("call.callee")]
    public string? Callee => _view.Callee;

    [FromCatalogue("event.start")]
    public Instant StartedAt => _view.StartedAt;

    [FromCatalogue("event.end")]
    public Instant LastMessageAt => _view.LastMessageAt;

    [FromCatalogue("call.answered_at")]
    public Instant? AnsweredAt => _view.AnsweredAt;

    [FromCatalogue("call.ended_at")]
    public Instant? EndedAt => _view.EndedAt;

    [FromCatalogue("call.ring_delay_ms")]
    public int? RingDelayMs => _view.RingDelayMs;

    [FromCatalogue("call.setup_ms")]
    public int? SetupMs => _view.SetupMs;

    [FromCatalogue("call.duration_ms")]
    public long? DurationMs => _view.DurationMs;

    [FromCatalogue("call.disconnect_delay_ms")]
    public int? DisconnectDelayMs => _view.DisconnectDelayMs;

    /// <summary>Final status code of the attempt; null when there was none.</summary>
    public int? FinalCode => _view.FinalCode;

    /// <summary>Reason phrase of the final response.</summary>
    public string? ReasonPhrase => _view.ReasonPhrase;

    /// <summary>The Reason header (RFC 3326) of what ended it.</summary>
    public CallReason? Reason => _view.Reason;

    /// <summary>Who ended it; null while it goes on.</summary>
    public Side? ReleasedBy => _view.ReleasedBy;

    [FromCatalogue("call.invites")]
    public int InviteCount => _view.InviteCount;

    [FromCatalogue("call.messages")]
    public int MessageCount => _view.MessageCount;

    [FromCatalogue("call.retransmissions")]
    public int RetransmissionCount => _view.RetransmissionCount;

    /// <summary>User-Agent of the caller.</summary>
    public string? UserAgent => _view.UserAgent;

    [FromCatalogue("sip.sdp.codecs")]
    public IReadOnlyList<string> Codecs => _view.Codecs;

    /// <summary>The caller's end of the hop nearest the caller.</summary>
    public Endpoint Source => new(_view.Source?.Address, _view.Source?.Port);

    /// <summary>The other end of that hop.</summary>
    public Endpoint Destination => new(_view.Destination?.Address, _view.Destination?.Port);

    /// <summary>Why it ended as it did, in one sentence.</summary>
    [Complexity(10)]
    public async Task<string> Explanation(CancellationToken cancellation) =>
        CallExplanation.Of(_view, (await MessagesAsync(cancellation)).Documents);

    /// <summary>Names of the findings that it is stored with and searched by, as of now; `findings` reads the messages and may know more.</summary>
    public IReadOnlyList<string> FindingNames => _view.Findings;

    /// <summary>What went wrong or deserves a look, the gravest first.</summary>
    [Complexity(10, 5)]
    public async Task<IReadOnlyList<FindingView>> Findings(CancellationToken cancellation)
    {
        MessageList list = await MessagesAsync(cancellation);
        Dictionary<string, Message> messages = list.Messages.ToDictionary(message => message.Id);
        IReadOnlyList<Document> reports = (await _queries.QosReportsOfCallAsync(_view.Document, cancellation)).Documents;
        return
        [
            .. CallFindings.Of(_view, list.Documents, await list.RawAsync(cancellation), reports).Select(finding => new FindingView(finding, messages)),
        ];
    }

    /// <summary>The voice, stream by stream; null when no report of it was captured.</summary>
    [Complexity(20, 4)]
    public async Task<QosSummary?> Qos(CancellationToken cancellation)
    {
        IReadOnlyList<Document> reports = (await _queries.QosReportsOfCallAsync(_view.Document, cancellation)).Documents;
        if (reports.Count == 0)
            return null;
        MessageList list = await MessagesAsync(cancellation);
        return new QosSummary(MediaQuality.Streams(reports, AudioEnd.Of(list.Documents, await list.RawAsync(cancellation))));
    }

    /// <summary>This call and those that share an identifier with it.</summary>
    [Complexity(50, 5)]
    public async Task<Session> Session(CancellationToken cancellation) => new(_queries, await _queries.SessionAsync(_view.Document, wanted: null, cancellation));

    /// <summary>The call flow.</summary>
    /// <param name="byHost">One lane a host, whatever its ports.</param>
    [Complexity(10, 1)]
    public async Task<LadderView> Ladder(bool? byHost = false, CancellationToken cancellation = default) =>
        new(await MessagesAsync(cancellation), byHost ?? false, EventsAsync);

    /// <summary>All its messages, oldest first, whatever search found the call; at most 10000.</summary>
    [Complexity(10, 20)]
    public async Task<IReadOnlyList<Message>> Messages(CancellationToken cancellation) => (await MessagesAsync(cancellation)).Messages;

    /// <summary>The log lines that carry its Call-ID, have it in their text, or share an identifier with it, oldest first; at most 10000.</summary>
    [Complexity(10, 20)]
    public async Task<IReadOnlyList<Log>> Logs(CancellationToken cancellation) =>
        [.. (await _queries.LogsOfCallAsync(_view.Document, cancellation)).Documents.Select(document => new Log(document))];

    /// <summary>The quality reports that carry its Call-ID or share its correlation id, oldest first; at most 10000.</summary>
    [Complexity(10, 20)]
    public async Task<IReadOnlyList<QosReport>> QosReports(CancellationToken cancellation) =>
        [.. (await _queries.QosReportsOfCallAsync(_view.Document, cancellation)).Documents.Select(document => new QosReport(document))];

    /// <summary>Every field of its summary that has a value, by its name in the catalogue.</summary>
    [Name("fields")]
    [OutputType(typeof(GraphQL.Types.NonNullGraphType<JsonGraphType>))]
    public IReadOnlyDictionary<string, object> AllFields() => DocumentJson.Of(_view.Document);

    internal async Task<IReadOnlyList<Document>> EventsAsync(CancellationToken cancellation) =>
    [
        .. (await _queries.LogsOfCallAsync(_view.Document, cancellation)).Documents, .. (await _queries.QosReportsOfCallAsync(_view.Document, cancellation)).Documents,
    ];

    Task<MessageList> MessagesAsync(CancellationToken cancellation)
    {
        lock (_lock)
            return _messages ??= ReadAsync();

        async Task<MessageList> ReadAsync() =>
            new(_queries, (await _queries.MessagesOfCallAsync(_view.Document, cancellation)).Documents, isWholeCall: true);
    }
}
