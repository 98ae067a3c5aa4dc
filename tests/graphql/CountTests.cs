using System.Net;
using Homer.Search.Store;

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
    public async Task The_way_in_and_its_agents_are_reported()
    {
        IPAddress peer = IPAddress.Parse("10.9.0.1");
        Api.Ingest.ReportBy(() => new IngestStatus(
            12, 10, [new ReasonCount("journal_full", 2)], [new ReasonCount("NotHep", 3)], 40, 4096, "The disk is full.",
            [new CaptureAgent(2001, "edge", peer, Captures.At(1), 12, 0.5)]));

        await Api.ExpectAsync(
            $$"""
            { ingest { received stored dropped { reason count } rejected { reason count } lagMs journalBytes trouble }
              agents { id name peer lastSeen messageCount messagesPerSecond }
              message(id: "{{Captures.IdOf(0, 0)}}") { agent { lastSeen messageCount } } }
            """,
            """
            {"data": {"ingest": {"received": 12, "stored": 10, "dropped": [{"reason": "journal_full", "count": 2}], "rejected": [{"reason": "NotHep", "count": 3}],
              "lagMs": 40, "journalBytes": 4096, "trouble": "The disk is full."},
              "agents": [{"id": 2001, "name": "edge", "peer": "10.9.0.1", "lastSeen": "2026-11-24T14:20:01.000000000Z", "messageCount": 12, "messagesPerSecond": 0.5}],
              "message": {"agent": {"lastSeen": "2026-11-24T14:20:01.000000000Z", "messageCount": 12}}}}
            """);
    }

    [Fact]
    public async Task Before_anything_was_reported_all_counts_are_zero()
    {
        await Api.ExpectAsync("{ ingest { received stored lagMs trouble } agents { id } }", """{"data": {"ingest": {"received": 0, "stored": 0, "lagMs": 0, "trouble": null}, "agents": []}}""");
    }
}
