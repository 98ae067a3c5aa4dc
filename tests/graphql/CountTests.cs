using System.Net;
using Homer.Search.Api;
using Homer.Search.Calls;
using Homer.Search.Protocol;
using Homer.Search.Store;
using Homer.Search.Tests.Stores;
using Microsoft.Extensions.DependencyInjection;

namespace Homer.Search.Tests.Api;

public sealed class CountTests : ApiTest
{
    const string LastHour = """range: {from: "now-1h", to: "now"}""";

    [Fact]
    public async Task Facets_count_the_values_of_fields()
    {
        await Api.ExpectAsync(
            $$"""
            { facets({{LastHour}}, kind: SIP, fields: ["method", "status"], size: 1) { field buckets { value count } otherCount }
              top({{LastHour}}, kind: CALL, field: "outcome") { value count } }
            """,
            """
            {"data": {"facets": [{"field": "sip.method", "buckets": [{"value": "INVITE", "count": 2}], "otherCount": 1},
              {"field": "sip.code", "buckets": [{"value": "100", "count": 1}], "otherCount": 1}],
              "top": [{"value": "answered", "count": 1}, {"value": "busy", "count": 1}]}}
            """);
    }

    [Fact]
    public async Task A_call_that_nobody_answered_in_time_is_counted_as_timed_out()
    {
        await AddAsync("silent@x", "calling", secondsAgo: 40);
        await AddAsync("unheard@x", "ringing", secondsAgo: 200);
        await AddAsync("new@x", "ringing", secondsAgo: 40);

        await Api.ExpectAsync(
            $$"""
            { top({{LastHour}}, kind: CALL, field: "outcome") { value count }
              states: facets({{LastHour}}, kind: CALL, fields: ["state", "method"], size: 1) { buckets { value count } otherCount }
              pending: calls({{LastHour}}, query: "outcome : pending") { nodes { callId } } }
            """.Replace("\"method\"", "\"call.method\"", StringComparison.Ordinal),
            """
            {"data": {"top": [{"value": "answered", "count": 1}, {"value": "busy", "count": 1}, {"value": "pending", "count": 1},
              {"value": "ring_no_answer", "count": 1}, {"value": "timeout", "count": 1}],
              "states": [{"buckets": [{"value": "timed_out", "count": 2}], "otherCount": 3}, {"buckets": [{"value": "INVITE", "count": 5}], "otherCount": 0}],
              "pending": {"nodes": [{"callId": "new@x"}]}}}
            """);
    }

    [Fact]
    public async Task Calls_are_found_and_counted_by_what_went_wrong()
    {
        await AddAsync("silent@x", "calling", secondsAgo: 40, whenSilent: "no-answer");
        await AddAsync("new@x", "calling", secondsAgo: 10, whenSilent: "no-answer");
        await AddAsync("lost@x", "in_call", secondsAgo: 10, finding: "missing-ack");

        await Api.ExpectAsync(
            $$"""
            { top({{LastHour}}, kind: CALL, field: "finding") { value count }
              silent: calls({{LastHour}}, query: "finding : \"no-answer\"") { nodes { callId findingNames } }
              any: calls({{LastHour}}, query: "finding : *") { totalCount } }
            """,
            """
            {"data": {"top": [{"value": "missing-ack", "count": 1}, {"value": "no-answer", "count": 1}],
              "silent": {"nodes": [{"callId": "silent@x", "findingNames": ["no-answer"]}]}, "any": {"totalCount": 2}}}
            """);
    }

    [Fact]
    public async Task A_histogram_by_outcome_counts_them_so_too()
    {
        await AddAsync("silent@x", "calling", secondsAgo: 40);
        var queries = Api.Services.GetRequiredService<CaptureQueries>();

        IReadOnlyList<HistogramBucket> buckets = await queries.HistogramAsync(
            DocumentKind.Call, queries.Range("now-5m", "now"), null, TimeSpan.FromMinutes(5), "outcome", Cancellation);

        Assert.Equal(("timeout", 1), (Assert.Single(buckets).Value, buckets[0].Count));
    }

    [Fact]
    public async Task Indicators_are_counted_over_calls_and_registrations()
    {
        await AddAsync("silent@x", "calling", secondsAgo: 40);

        await Api.ExpectAsync(
            $$"""
            { kpis({{LastHour}}, each: LEG) { dimensions { field value } calls attempts registrations
                ner { numerator denominator percent } isa { numerator denominator } ira { numerator denominator percent } srdFailed { count meanMs p95Ms maxMs } } }
            """,
            """
            {"data": {"kpis": [{"dimensions": [], "calls": 3, "attempts": 3, "registrations": 1,
              "ner": {"numerator": 2, "denominator": 3, "percent": 66.66666666666667}, "isa": {"numerator": 1, "denominator": 3},
              "ira": {"numerator": 0, "denominator": 1, "percent": 0}, "srdFailed": {"count": 1, "meanMs": 600, "p95Ms": 600, "maxMs": 600}}]}}
            """);
    }

    [Fact]
    public async Task Indicators_are_parted_by_fields_as_a_reader_sees_them_now()
    {
        await AddAsync("silent@x", "calling", secondsAgo: 40);

        await Api.ExpectAsync(
            $$"""{ kpis({{LastHour}}, query: "call.method : INVITE", by: ["outcome", "callee"], each: LEG) { dimensions { field value } calls } }""",
            """
            {"data": {"kpis": [
              {"dimensions": [{"field": "call.outcome", "value": "answered"}, {"field": "call.callee", "value": null}], "calls": 1},
              {"dimensions": [{"field": "call.outcome", "value": "busy"}, {"field": "call.callee", "value": "+4930123"}], "calls": 1},
              {"dimensions": [{"field": "call.outcome", "value": "timeout"}, {"field": "call.callee", "value": null}], "calls": 1}]}}
            """);
        await Api.ExpectAsync(
            """{ kpis(range: {from: "now-1m", to: "now"}, query: "caller : nobody") { calls asr { percent } pdd { meanMs } } }""",
            """{"data": {"kpis": [{"calls": 0, "asr": {"percent": null}, "pdd": {"meanMs": null}}]}}""");
    }

    [Fact]
    public async Task A_call_counts_under_each_of_several_values()
    {
        await AddAsync("lost@x", "in_call", secondsAgo: 10, finding: "missing-ack\nsent-again");

        await Api.ExpectAsync(
            $$"""{ kpis({{LastHour}}, query: "callid : \"lost@x\"", by: ["finding"]) { dimensions { value } calls } }""",
            """{"data": {"kpis": [{"dimensions": [{"value": "missing-ack"}], "calls": 1}, {"dimensions": [{"value": "sent-again"}], "calls": 1}]}}""");
        await Api.ExpectAsync(
            $$"""{ kpis({{LastHour}}, by: ["number"]) { calls } }""",
            """
            {"errors": [{"message": "`related.user` stands for other fields; group by one of sip.uri.username, sip.from.uri.username, sip.to.uri.username, sip.pai.uri.username, sip.diversion.uri.username, sip.contact.uri.username.",
              "locations": [{"line": 1, "column": 3}], "path": ["kpis"], "extensions": {"code": "BAD_INPUT", "argument": "by"}}], "data": null}
            """);
    }

    [Fact]
    public async Task The_legs_of_a_session_count_once_unless_asked_for()
    {
        await AddAsync("first@x", "in_call", secondsAgo: 12);
        await AddAsync("second@x", "in_call", secondsAgo: 11, isFirstLeg: false);
        await AddAsync("other@x", "in_call", secondsAgo: 10);

        await Api.ExpectAsync(
            """
            { sessions: kpis(range: {from: "now-1m", to: "now"}) { calls } legs: kpis(range: {from: "now-1m", to: "now"}, each: LEG) { calls } }
            """,
            """{"data": {"sessions": [{"calls": 2}], "legs": [{"calls": 3}]}}""");
    }

    [Fact]
    public async Task Indicators_are_told_apart_by_interval_the_oldest_first()
    {
        await AddAsync("lost@x", "in_call", secondsAgo: 10);
        await AddAsync("old@x", "in_call", secondsAgo: 200);

        await Api.ExpectAsync(
            """{ kpis(range: {from: "now-5m", to: "now"}, intervalSeconds: 60, by: ["state"]) { start dimensions { value } calls } }""",
            """
            {"data": {"kpis": [{"start": "2026-11-24T14:26:00.000000000Z", "dimensions": [{"value": "in_call"}], "calls": 1},
              {"start": "2026-11-24T14:29:00.000000000Z", "dimensions": [{"value": "in_call"}], "calls": 1}]}}
            """);
    }

    [Fact]
    public async Task Indicators_are_not_parted_by_times_nor_by_intervals_without_length()
    {
        await Api.ExpectAsync(
            $$"""{ kpis({{LastHour}}, by: ["answered"]) { calls } }""",
            """
            {"errors": [{"message": "`call.answered_at` is a time; give an interval instead.", "locations": [{"line": 1, "column": 3}], "path": ["kpis"],
              "extensions": {"code": "BAD_INPUT", "argument": "by"}}], "data": null}
            """);
        await Api.ExpectAsync(
            $$"""{ kpis({{LastHour}}, intervalSeconds: 0) { calls } }""",
            """
            {"errors": [{"message": "An interval lasts at least a second.", "locations": [{"line": 1, "column": 3}], "path": ["kpis"],
              "extensions": {"code": "BAD_INPUT", "argument": "intervalSeconds"}}], "data": null}
            """);
    }

    [Fact]
    public async Task The_way_in_and_its_agents_are_reported()
    {
        IPAddress peer = IPAddress.Parse("10.9.0.1");
        Api.Ingest.ReportBy(() => new IngestStatus(
            12, 10, [new ReasonCount("journal_full", 2)], [new ReasonCount("NotHep", 3)], 40, 4096, "The disk is full.",
            [new CaptureAgent(2001, "edge", peer, Captures.At(1), 12, 0.5) { ClockSkewMs = -3, Answers = 4, ResponsesWithoutRequest = 1, IsSilent = true }]));

        await Api.ExpectAsync(
            $$"""
            { ingest { received stored dropped { reason count } rejected { reason count } lagMs journalBytes trouble }
              agents { id name peer lastSeen messageCount messagesPerSecond clockSkewMs completeness responsesWithoutRequest acksWithoutInvite isSilent }
              message(id: "{{Captures.IdOf(0, 0)}}") { agent { lastSeen messageCount } } }
            """,
            """
            {"data": {"ingest": {"received": 12, "stored": 10, "dropped": [{"reason": "journal_full", "count": 2}], "rejected": [{"reason": "NotHep", "count": 3}],
              "lagMs": 40, "journalBytes": 4096, "trouble": "The disk is full."},
              "agents": [{"id": 2001, "name": "edge", "peer": "10.9.0.1", "lastSeen": "2026-11-24T14:20:01.000000000Z", "messageCount": 12, "messagesPerSecond": 0.5,
                "clockSkewMs": -3, "completeness": 75, "responsesWithoutRequest": 1, "acksWithoutInvite": 0, "isSilent": true}],
              "message": {"agent": {"lastSeen": "2026-11-24T14:20:01.000000000Z", "messageCount": 12}}}}
            """);
    }

    [Fact]
    public async Task Before_anything_was_reported_all_counts_are_zero()
    {
        await Api.ExpectAsync("{ ingest { received stored lagMs trouble } agents { id } }", """{"data": {"ingest": {"received": 0, "stored": 0, "lagMs": 0, "trouble": null}, "agents": []}}""");
    }

    async Task AddAsync(string callId, string state, int secondsAgo, string? finding = null, string? whenSilent = null, bool isFirstLeg = true)
    {
        Instant start = Instant.From(Captures.Now.AddSeconds(-secondsAgo));
        var call = new Sample(DocumentKind.Call)
        {
            [Fields.CallId] = callId,
            [Fields.Timestamp] = start,
            [Fields.EventStart] = start,
            [Fields.EventEnd] = start,
            [Fields.CallMethod] = "INVITE",
            [Fields.CallState] = state,
            [Fields.CallOutcome] = "pending",
        };
        if (state != "in_call")
            call[Fields.TimesOutAt] = CallTimeout.Deadline(CallWords.State(state)!.Value, start, start);
        if (finding is not null)
            call[Fields.Finding] = finding.Split('\n');
        if (whenSilent is not null)
            call[Fields.FindingWhenSilent] = new[] { whenSilent };
        call[Fields.IsFirstLeg] = isFirstLeg;
        await using ICaptureWriter writer = await Api.Store.OpenWriterAsync(Captures.Journal + 1, Cancellation);
        await writer.CommitAsync(8, [new SampleSummary(call, 8, 1)], Cancellation);
    }
}
