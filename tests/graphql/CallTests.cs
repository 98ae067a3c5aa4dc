using Homer.Search.Store;
using Homer.Search.Tests.Stores;

namespace Homer.Search.Tests.Api;

public sealed class CallTests : ApiTest
{
    const string LastHour = """range: {from: "now-1h", to: "now"}""";

    [Fact]
    public async Task Calls_are_INVITEs_unless_the_query_names_the_method()
    {
        await Api.ExpectAsync(
            $$"""
            { all: calls({{LastHour}}) { nodes { callId } }
              failed: calls({{LastHour}}, query: "status >= 400") { nodes { callId } }
              registrations: calls({{LastHour}}, query: "call.method : REGISTER") { nodes { callId method outcome } }
              every: calls({{LastHour}}, query: "call.method : *") { totalCount } }
            """,
            """
            {"data": {"all": {"nodes": [{"callId": "busy/1@10.0.0.1"}, {"callId": "leg@10.0.0.9"}]}, "failed": {"nodes": [{"callId": "busy/1@10.0.0.1"}]},
              "registrations": {"nodes": [{"callId": "reg@10.0.0.1", "method": "REGISTER", "outcome": "REGISTERED"}]}, "every": {"totalCount": 3}}}
            """);
    }

    [Fact]
    public async Task A_call_tells_what_it_amounted_to()
    {
        await Api.ExpectAsync(
            """
            { call(callId: "busy/1@10.0.0.1") {
              callId method state outcome caller callee startedAt answeredAt endedAt ringDelayMs setupMs durationMs finalCode reasonPhrase
              reason { protocol cause text } releasedBy messageCount retransmissionCount source { address port } codecs } }
            """,
            """
            {"data": {"call": {"callId": "busy/1@10.0.0.1", "method": "INVITE", "state": "BUSY", "outcome": "BUSY", "caller": "alice", "callee": "+4930123",
              "startedAt": "2026-11-24T14:20:00.000000000Z", "answeredAt": null, "endedAt": "2026-11-24T14:20:00.600000000Z", "ringDelayMs": null, "setupMs": 600,
              "durationMs": null, "finalCode": 486, "reasonPhrase": "Busy Here", "reason": {"protocol": "Q.850", "cause": 17, "text": null}, "releasedBy": "CALLEE",
              "messageCount": 5, "retransmissionCount": 1, "source": {"address": "10.0.0.1", "port": 5060}, "codecs": []}}}
            """);
    }

    [Fact]
    public async Task A_call_has_all_its_messages_logs_and_reports_whatever_found_it()
    {
        await Api.ExpectAsync(
            $$"""{ calls({{LastHour}}, query: "outcome : busy") { nodes { messages { summary retransmission } logs { text } qosReports { text } } } }""",
            """
            {"data": {"calls": {"nodes": [{"messages": [
              {"summary": "INVITE +4930123", "retransmission": false}, {"summary": "INVITE +4930123", "retransmission": true}, {"summary": "100 Trying", "retransmission": false},
              {"summary": "486 Busy Here", "retransmission": false}, {"summary": "ACK +4930123", "retransmission": false}],
              "logs": [{"text": "user busy"}], "qosReports": [{"text": "{\"mos\":4.1}"}]}]}}}
            """);
    }

    [Fact]
    public async Task The_voice_of_a_call_and_what_happened_beside_its_messages()
    {
        await AddReportAsync();

        await Api.ExpectAsync(
            """
            { call(callId: "busy/1@10.0.0.1") { qos { mos streams { heardBy to { address port } ssrc codec clockRate lossPercent meanJitterMs estimate { ie bpl listening conversational }
                points { lossPercent jitterMs } } }
              ladder(byHost: true) { lanes { address } marks { lane label } } } }
            """,
            """
            {"data": {"call": {"qos": {"mos": 4.409285824, "streams": [{"heardBy": "CALLER", "to": {"address": "10.0.0.1", "port": 4001}, "ssrc": 7, "codec": "PCMA", "clockRate": 8000,
              "lossPercent": 0, "meanJitterMs": 20, "estimate": {"ie": 0, "bpl": 25.1, "listening": 4.409285824, "conversational": null},
              "points": [{"lossPercent": 0, "jitterMs": 20}]}]},
              "ladder": {"lanes": [{"address": "10.0.0.1"}, {"address": "2001:db8::2"}], "marks": [{"lane": null, "label": "user busy"},
                {"lane": null, "label": "rtcp"}, {"lane": 0, "label": "receiver-report: loss 0 %"}]}}}}
            """);
    }

    async Task AddReportAsync()
    {
        var report = new Sample(DocumentKind.Qos)
        {
            [Fields.CallId] = Captures.Busy,
            [Fields.Timestamp] = Captures.At(0.9),
            [Fields.Sequence] = 0L,
            [Fields.SourceIp] = System.Net.IPAddress.Parse("10.0.0.1"),
            [Fields.SourcePort] = 4001L,
            [Fields.DestinationIp] = System.Net.IPAddress.Parse("10.0.0.2"),
            [Fields.DestinationPort] = 6001L,
            [Fields.QosReport] = "receiver-report",
            [Fields.QosSsrc] = 7L,
            [Fields.LossPercent] = 0.0,
            [Fields.JitterUnits] = 160L,
        };
        var batch = new DocumentBatch(DocumentKind.Qos, Captures.Journal + 1);
        report.AddTo(batch);
        await using ICaptureWriter writer = await Api.Store.OpenWriterAsync(Captures.Journal + 1, Cancellation);
        await writer.AppendAsync(batch, Cancellation);
        await writer.CommitAsync(8, [], Cancellation);
    }

    [Fact]
    public async Task A_ladder_has_lanes_and_arrows()
    {
        await Api.ExpectAsync(
            """{ call(callId: "busy/1@10.0.0.1") { ladder { lanes { address } arrows { from to sinceStartMs label retransmission observers message { method code } } } } }""",
            """
            {"data": {"call": {"ladder": {"lanes": [{"address": "10.0.0.1:5060"}, {"address": "[2001:db8::2]:5080"}], "arrows": [
              {"from": 0, "to": 1, "sinceStartMs": 0, "label": "INVITE", "retransmission": false, "observers": ["edge"], "message": {"method": "INVITE", "code": null}},
              {"from": 0, "to": 1, "sinceStartMs": 500, "label": "INVITE", "retransmission": true, "observers": ["edge"], "message": {"method": "INVITE", "code": null}},
              {"from": 1, "to": 0, "sinceStartMs": 520, "label": "100 Trying", "retransmission": false, "observers": ["edge"], "message": {"method": null, "code": 100}},
              {"from": 1, "to": 0, "sinceStartMs": 600, "label": "486 Busy Here (INVITE)", "retransmission": false, "observers": ["edge"], "message": {"method": null, "code": 486}},
              {"from": 0, "to": 1, "sinceStartMs": 610, "label": "ACK", "retransmission": false, "observers": ["edge"], "message": {"method": "ACK", "code": null}}]}}}}
            """);
    }

    [Fact]
    public async Task A_call_tells_what_went_wrong_and_shows_the_messages_that_prove_it()
    {
        await Api.ExpectAsync(
            """{ call(callId: "busy/1@10.0.0.1") { findings { name severity sentence reference link messages { summary } } } }""",
            """
            {"data": {"call": {"findings": [{"name": "sent-again", "severity": "WARNING",
              "sentence": "INVITE was sent twice from 10.0.0.1:5060 to [2001:db8::2]:5080; the first response came after 0.52 s.",
              "reference": "RFC 3261 §17.1.1.2", "link": "https://www.rfc-editor.org/rfc/rfc3261#section-17.1.1.2",
              "messages": [{"summary": "INVITE +4930123"}, {"summary": "INVITE +4930123"}, {"summary": "100 Trying"}]}]}}}
            """);
    }

    [Fact]
    public async Task The_messages_of_a_call_are_read_once_for_ladder_explanation_and_list()
    {
        await Api.AskAsync("""{ call(callId: "busy/1@10.0.0.1") { explanation findings { name } ladder { arrows { message { raw } } } messages { raw headers { name } } } }""");

        Assert.Single(Api.Store.Searches, search => search.Kind == DocumentKind.Sip);
        Assert.Equal([5], Api.Store.RawReads);
    }

    [Fact]
    public async Task Legs_of_one_session_are_found_by_what_they_share()
    {
        await Api.ExpectAsync(
            """{ call(callId: "busy/1@10.0.0.1") { session { id legs { callId outcome } edges { from to rule identifier } ignored isCut } } }""",
            """
            {"data": {"call": {"session": {"id": "leg@10.0.0.9", "legs": [{"callId": "leg@10.0.0.9", "outcome": "ANSWERED"}, {"callId": "busy/1@10.0.0.1", "outcome": "BUSY"}],
              "edges": [{"from": "busy/1@10.0.0.1", "to": "leg@10.0.0.9", "rule": "same-x-cid", "identifier": "x-cid=1"}], "ignored": [], "isCut": false}}}}
            """);
    }

    [Fact]
    public async Task All_legs_of_a_session_make_one_ladder()
    {
        await Api.ExpectAsync(
            """{ call(callId: "leg@10.0.0.9") { session { ladder { legs lanes { address } arrows { leg label } mermaid } } } }""",
            """
            {"data": {"call": {"session": {"ladder": {"legs": ["busy/1@10.0.0.1"], "lanes": [{"address": "10.0.0.1:5060"}, {"address": "[2001:db8::2]:5080"}],
              "arrows": [{"leg": 0, "label": "INVITE"}, {"leg": 0, "label": "INVITE"}, {"leg": 0, "label": "100 Trying"}, {"leg": 0, "label": "486 Busy Here (INVITE)"},
                {"leg": 0, "label": "ACK"}],
              "mermaid": "sequenceDiagram\n    participant L0 as 10.0.0.1:5060\n    participant L1 as [2001:db8::2]:5080\n    L0->>L1: +0.000 INVITE\n    L0->>L1: +0.500 INVITE (again)\n    L1-->>L0: +0.520 100 Trying\n    L1-->>L0: +0.600 486 Busy Here (INVITE)\n    L0->>L1: +0.610 ACK\n"}}}}}
            """);
    }

    [Fact]
    public async Task A_call_may_be_asked_for_within_a_range()
    {
        await Api.ExpectAsync(
            """
            { then: call(callId: "leg@10.0.0.9", range: {from: "now-1h", to: "now"}) { callId }
              later: call(callId: "leg@10.0.0.9", range: {from: "now-1m", to: "now"}) { callId }
              unknown: call(callId: "nobody") { callId } }
            """,
            """{"data": {"then": {"callId": "leg@10.0.0.9"}, "later": null, "unknown": null}}""");
    }
}
