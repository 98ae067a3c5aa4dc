using GraphQL;
using Homer.Search.Calls;
using Homer.Search.Protocol;
using Homer.Search.Store;

namespace Homer.Search.Api.Schema;

/// <summary>A series of registrations: all REGISTERs under one Call-ID, as the last of them left it.</summary>
public sealed class Registration
{
    readonly CallView _view;
    readonly CaptureQueries _queries;

    internal Registration(CaptureQueries queries, Document document)
    {
        _queries = queries;
        _view = queries.View(document);
        Series = new Call(queries, document);
    }

    /// <summary>Call-ID of the series.</summary>
    public string CallId => _view.CallId;

    /// <summary>Address of record: user and host of To, who is registered.</summary>
    public string Aor => _view.AddressOfRecord;

    /// <summary>How the last registration of the series ended.</summary>
    public CallOutcome Outcome => _view.Outcome;

    /// <summary>Status code of its final answer; null when there was none.</summary>
    public int? FinalCode => _view.FinalCode;

    /// <summary>First REGISTER to the final answer, the challenge included (RRD, RFC 6076 §4.1). In ms.</summary>
    public int? DelayMs => _view.SetupMs;

    [FromCatalogue("event.start")]
    public Instant StartedAt => _view.StartedAt;

    [FromCatalogue("event.end")]
    public Instant LastMessageAt => _view.LastMessageAt;

    /// <summary>User-Agent of who registers.</summary>
    public string? UserAgent => _view.UserAgent;

    /// <summary>Where it registers from.</summary>
    public Endpoint Source => new(_view.Source?.Address, _view.Source?.Port);

    /// <summary>Where it registers.</summary>
    public Endpoint Destination => new(_view.Destination?.Address, _view.Destination?.Port);

    /// <summary>What the last 2xx bound the address of record to; null when none did, or when it was taken back.</summary>
    [Complexity(10)]
    public async Task<Binding?> Binding(CancellationToken cancellation) =>
        Schema.Binding.Of(_view, (await _queries.MessagesOfCallAsync(_view.Document, cancellation)).Documents);

    /// <summary>Every REGISTER of the series and its answer, in the order of time.</summary>
    [Complexity(10, 10)]
    public async Task<IReadOnlyList<RegistrationRequest>> Requests(CancellationToken cancellation) => (await HistoryAsync(cancellation)).Requests;

    /// <summary>When the binding ended before it was refreshed.</summary>
    [Complexity(10, 2)]
    public async Task<IReadOnlyList<RegistrationLapse>> Lapses(CancellationToken cancellation) => (await HistoryAsync(cancellation)).Lapses;

    /// <summary>The same as a call: messages, ladder, findings, explanation.</summary>
    public Call Series { get; }

    async Task<RegistrationSeries> HistoryAsync(CancellationToken cancellation) =>
        RegistrationSeries.Of((await _queries.MessagesOfCallAsync(_view.Document, cancellation)).Documents, _view.ReadAt);
}

/// <summary>A contact that an address of record is bound to.</summary>
/// <param name="Contact">User and host of the first Contact.</param>
/// <param name="ExpiresSeconds">As granted; null when the answer does not say.</param>
/// <param name="ExpiresAt">When it lapses unless it is refreshed.</param>
public sealed record Binding(string Contact, long? ExpiresSeconds, Instant? ExpiresAt)
{
    internal static Binding? Of(CallView registration, IEnumerable<Document> messages)
    {
        if (registration.Outcome != CallOutcome.Registered)
            return null;
        Document? answer = messages.LastOrDefault(message =>
            message.Integer(Fields.Code) is >= 200 and < 300 && message.Text(Fields.CSeqMethod) == "REGISTER" && message.Text(Fields.ContactHost) is not null);
        if (answer is null)
            return null;
        // RFC 3261 §10.2.1.1: the parameter goes before the header.
        long? expires = answer.Integer(Fields.ContactExpires) ?? answer.Integer(Fields.Expires);
        return new Binding(
            $"{answer.Text(Fields.ContactUser)}@{answer.Text(Fields.ContactHost)}".TrimStart('@'), expires,
            expires is { } seconds ? answer.Time.Plus(TimeSpan.FromSeconds(seconds)) : null);
    }
}
