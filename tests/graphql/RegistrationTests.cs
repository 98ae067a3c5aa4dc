using Homer.Search.Store;
using Homer.Search.Tests.Stores;

namespace Homer.Search.Tests.Api;

public sealed class RegistrationTests : ApiTest
{
    const string LastHour = """range: {from: "now-1h", to: "now"}""";

    [Fact]
    public async Task A_series_tells_who_is_registered_where_and_until_when()
    {
        await AddAsync("r1@x", "bob", "registered", answer: 200);

        await Api.ExpectAsync(
            $$"""
            { registrations({{LastHour}}, query: "to : bob") { totalCount nodes {
              callId aor outcome finalCode delayMs userAgent source { address } binding { contact expiresSeconds expiresAt } series { messages { summary } } } } }
            """,
            """
            {"data": {"registrations": {"totalCount": 1, "nodes": [{"callId": "r1@x", "aor": "bob@example.com", "outcome": "REGISTERED", "finalCode": 200, "delayMs": 60,
              "userAgent": "Phone 2.0", "source": {"address": "10.0.0.5"},
              "binding": {"contact": "bob@10.0.0.5", "expiresSeconds": 300, "expiresAt": "2026-11-24T14:25:00.060000000Z"}, "series": {"messages": [{"summary": "200 OK"}]}}]}}}
            """);
    }

    [Fact]
    public async Task A_refused_one_binds_nothing_and_calls_are_none()
    {
        await AddAsync("r2@x", "eve", "auth_failed", answer: 403);

        await Api.ExpectAsync(
            $$"""
            { registrations({{LastHour}}, sort: [{field: "to", order: DESC}]) { nodes { callId outcome binding { contact } } } }
            """,
            """
            {"data": {"registrations": {"nodes": [{"callId": "r2@x", "outcome": "AUTH_FAILED", "binding": null},
              {"callId": "reg@10.0.0.1", "outcome": "REGISTERED", "binding": null}]}}}
            """);
    }

    [Fact]
    public async Task A_series_shows_its_requests_and_when_it_lapsed()
    {
        await AddAsync("r3@x", "carl", "registered", answer: 200, hasRequest: true);

        await Api.ExpectAsync(
            $$"""{ registrations({{LastHour}}, query: "to : carl") { nodes { requests { code delayMs askedSeconds grantedSeconds } lapses { until } } } }""",
            """
            {"data": {"registrations": {"nodes": [{"requests": [{"code": 200, "delayMs": 60, "askedSeconds": 3600, "grantedSeconds": 300}], "lapses": [{"until": null}]}]}}}
            """);
    }

    async Task AddAsync(string callId, string user, string outcome, long answer, bool hasRequest = false)
    {
        var message = new Sample(DocumentKind.Sip)
        {
            [Fields.CallId] = callId,
            [Fields.Timestamp] = Captures.At(0.06),
            [Fields.Sequence] = 0L,
            [Fields.CSeqMethod] = "REGISTER",
            [Fields.CSeqNumber] = 2L,
            [Fields.Code] = answer,
            [Fields.ReasonPhrase] = answer == 200 ? "OK" : "Forbidden",
            [Fields.ContactUser] = user,
            [Fields.ContactHost] = "10.0.0.5",
            [Fields.ContactExpires] = 300L,
            [Fields.Expires] = 3600L,
        };
        var series = new Sample(DocumentKind.Call)
        {
            [Fields.CallId] = callId,
            [Fields.Timestamp] = Captures.At(0),
            [Fields.EventStart] = Captures.At(0),
            [Fields.EventEnd] = Captures.At(0.06),
            [Fields.CallMethod] = "REGISTER",
            [Fields.CallState] = answer == 200 ? "completed" : "rejected",
            [Fields.CallOutcome] = outcome,
            [Fields.Code] = answer,
            [Fields.SetupMs] = 60L,
            [Fields.ToUser] = user,
            [Fields.ToHost] = "example.com",
            [Fields.UserAgent] = "Phone 2.0",
            [Fields.SourceIp] = System.Net.IPAddress.Parse("10.0.0.5"),
            [Fields.SourcePort] = 5060L,
        };
        await using ICaptureWriter writer = await Api.Store.OpenWriterAsync(Captures.Journal + 1, Cancellation);
        var batch = new DocumentBatch(DocumentKind.Sip, Captures.Journal + 1);
        if (hasRequest)
            Request(callId).AddTo(batch);
        message.AddTo(batch);
        await writer.AppendAsync(batch, Cancellation);
        await writer.CommitAsync(8, [new SampleSummary(series, 8, 1)], Cancellation);
    }

    static Sample Request(string callId) => new(DocumentKind.Sip)
    {
        [Fields.CallId] = callId,
        [Fields.Timestamp] = Captures.At(0),
        [Fields.Sequence] = 4L,
        [Fields.Method] = "REGISTER",
        [Fields.CSeqMethod] = "REGISTER",
        [Fields.CSeqNumber] = 2L,
        [Fields.Expires] = 3600L,
    };
}
