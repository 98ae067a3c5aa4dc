using System.Text.Json.Nodes;

namespace Homer.Search.Tests.Api;

public sealed class MessageTests : ApiTest
{
    const string LastHour = """range: {from: "now-1h", to: "now"}""";

    [Fact]
    public async Task A_page_of_messages_comes_newest_first_and_says_how_to_go_on()
    {
        JsonNode first = await Api.AskAsync($$"""{ messages({{LastHour}}, first: 3) { totalCount totalIsExact nodes { summary } pageInfo { hasNextPage endCursor } } }""");
        string cursor = first["data"]!["messages"]!["pageInfo"]!["endCursor"]!.GetValue<string>();

        first["data"]!["messages"]!["pageInfo"]!.AsObject().Remove("endCursor");
        ApiHost.Same(
            """
            {"data": {"messages": {"totalCount": 5, "totalIsExact": true, "pageInfo": {"hasNextPage": true},
              "nodes": [{"summary": "ACK +4930123"}, {"summary": "486 Busy Here"}, {"summary": "100 Trying"}]}}}
            """,
            first);
        await Api.ExpectAsync(
            $$"""{ messages({{LastHour}}, first: 3, after: "{{cursor}}") { nodes { summary } pageInfo { hasNextPage endCursor } } }""",
            """
            {"data": {"messages": {"nodes": [{"summary": "INVITE +4930123"}, {"summary": "INVITE +4930123"}], "pageInfo": {"hasNextPage": false, "endCursor": null}}}}
            """);
    }

    [Fact]
    public async Task A_message_tells_all_its_fields()
    {
        await Api.ExpectAsync(
            $$"""
            { message(id: "{{Captures.IdOf(0, 0)}}") {
              id time protocol method code reason callId fromUser toUser requestUser userAgent transport
              source { address port } destination { address port } agent { id name peer lastSeen } fields } }
            """,
            $$"""
            {"data": {"message": {
              "id": "{{Captures.IdOf(0, 0)}}", "time": "2026-11-24T14:20:00.000000000Z", "protocol": "sip", "method": "INVITE", "code": null, "reason": null,
              "callId": "busy/1@10.0.0.1", "fromUser": "alice", "toUser": "+4930123", "requestUser": "+4930123", "userAgent": "Phone 1.0", "transport": "udp",
              "source": {"address": "10.0.0.1", "port": 5060}, "destination": {"address": "2001:db8::2", "port": 5080},
              "agent": {"id": 2001, "name": "edge", "peer": "10.9.0.1", "lastSeen": null},
              "fields": {
                "@timestamp": "2026-11-24T14:20:00.000000000Z", "event.sequence": 0, "homer.journal": "00000007", "homer.peer": "10.9.0.1", "homer.capture_id": 2001,
                "observer.name": "edge", "source.ip": "10.0.0.1", "source.port": 5060, "destination.ip": "2001:db8::2", "destination.port": 5080, "related.ip": ["10.0.0.1", "2001:db8::2"],
                "network.transport": "udp", "network.protocol": "sip", "sip.type": "request", "sip.method": "INVITE", "sip.call_id": "busy/1@10.0.0.1",
                "sip.uri.username": "+4930123", "sip.from.uri.username": "alice", "sip.from.tag": "a", "sip.to.uri.username": "+4930123", "sip.cseq.number": 1,
                "sip.cseq.method": "INVITE", "sip.via.branch": "z9hG4bK1", "user_agent.original": "Phone 1.0", "sip.headers": {"x-note": "folded over lines"},
                "related.user": ["+4930123", "alice"] } } } }
            """);
    }

    [Fact]
    public async Task Raw_bytes_come_back_as_text_and_byte_for_byte()
    {
        JsonNode answer = await Api.AskAsync($$"""{ message(id: "{{Captures.IdOf(0, 0)}}") { raw rawBase64 } }""");

        JsonNode message = answer["data"]!["message"]!;
        Assert.Equal(Captures.Invite, Convert.FromBase64String(message["rawBase64"]!.GetValue<string>()));
        Assert.Contains("\"Jürgen\" <sip:alice@example.com>", message["raw"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Headers_and_session_description_are_read_from_the_raw_bytes()
    {
        await Api.ExpectAsync(
            $$"""
            { message(id: "{{Captures.IdOf(0, 0)}}") {
              note: headers(name: "x-note") { name value } via: headers(name: "Via") { name value } none: headers(name: "Route") { name }
              sdp { media { kind address port profile direction codecs } } } }
            """,
            """
            {"data": {"message": {"note": [{"name": "X-Note", "value": "folded over lines"}], "via": [{"name": "Via", "value": "SIP/2.0/UDP 10.0.0.1;branch=z9hG4bK1"}],
              "none": [], "sdp": {"media": [{"kind": "audio", "address": "10.0.0.1", "port": 4000, "profile": "RTP/AVP", "direction": "sendrecv",
              "codecs": ["PCMA", "telephone-event"]}]}}}}
            """);
    }

    [Fact]
    public async Task What_retention_has_taken_is_null()
    {
        await Api.ExpectAsync(
            $$"""{ message(id: "{{Captures.IdOf(0.61, 32)}}") { raw rawBase64 headers { name } sdp { text } } }""",
            """{"data": {"message": {"raw": null, "rawBase64": null, "headers": [], "sdp": null}}}""");
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("00000000000000000000000000000000000000ff")]
    public async Task An_unknown_message_is_null(string id) =>
        await Api.ExpectAsync($$"""{ message(id: "{{id}}") { id } }""", """{"data": {"message": null}}""");

    [Fact]
    public async Task The_raw_bytes_of_a_list_are_read_once()
    {
        await Api.AskAsync($$"""{ messages({{LastHour}}) { nodes { raw rawBase64 headers { name } sdp { text } } } }""");

        Assert.Equal([5], Api.Store.RawReads);
    }

    [Fact]
    public async Task Only_what_is_asked_for_is_read()
    {
        await Api.AskAsync($$"""{ messages({{LastHour}}) { nodes { summary } } }""");

        Assert.Empty(Api.Store.RawReads);
        Assert.Single(Api.Store.Searches);
    }

    [Fact]
    public async Task A_retransmission_is_known_even_when_the_first_is_not_on_the_page()
    {
        await Api.ExpectAsync(
            $$"""{ messages({{LastHour}}, query: "method : INVITE", sort: [{field: "time", order: DESC}], first: 1) { nodes { summary retransmission } } }""",
            """{"data": {"messages": {"nodes": [{"summary": "INVITE +4930123", "retransmission": true}]}}}""");
    }

    [Fact]
    public async Task Messages_are_found_by_query_range_and_variables()
    {
        JsonNode answer = await Api.AskAsync(
            "query($range: TimeRange!, $query: String) { messages(range: $range, query: $query) { totalCount } }",
            new JsonObject
            {
                ["range"] = new JsonObject { ["from"] = "2026-11-24T14:20:00.55Z", ["to"] = "2026-11-24T15:20:00.61+01:00" },
                ["query"] = "status : 4xx or method : ACK",
            });

        ApiHost.Same("""{"data": {"messages": {"totalCount": 1}}}""", answer);
    }

    [Fact]
    public async Task Log_lines_and_quality_reports_are_found()
    {
        await Api.ExpectAsync(
            $$"""{ logs({{LastHour}}, query: "text : busy") { nodes { protocol text callId agent { name } } } qosReports({{LastHour}}) { totalCount nodes { protocol text } } }""",
            """
            {"data": {"logs": {"nodes": [{"protocol": "log", "text": "user busy", "callId": "busy/1@10.0.0.1", "agent": {"name": "edge"}}]},
              "qosReports": {"totalCount": 1, "nodes": [{"protocol": "rtcp", "text": "{\"mos\":4.1}"}]}}}
            """);
    }
}
