using System.Text;
using Homer.Search.Calls;
using Homer.Search.Ingest;
using Homer.Search.Journal;
using Homer.Search.Protocol;
using Homer.Search.Protocol.Hep;
using Homer.Search.Store;
using Microsoft.Extensions.Logging.Abstractions;

namespace Homer.Search.Tests.Ingest;

/// <summary>What becomes of payloads that are not SIP, and of what SIP says of media.</summary>
public sealed class ReportRowsTests : IDisposable
{
    const uint JournalId = 0xabcdef01;

    static readonly Instant Noon = new(SomePackets.Noon * Instant.NanosecondsPerSecond);

    readonly JournalFolder _folder = new();
    readonly IngestMeter _meter;
    readonly BatchSet _batches = new(JournalId);
    readonly IndexUnit _unit = new();
    readonly CallFold _calls = new(JournalId);
    readonly RecordRows _rows;

    public ReportRowsTests()
    {
        _meter = new IngestMeter(_folder.Journal, TimeProvider.System);
        _rows = new RecordRows(JournalId, new IngestOptions(), _meter, NullLogger.Instance);
    }

    DocumentBatch Qos => _batches.Of(DocumentKind.Qos);

    DocumentBatch Log => _batches.Of(DocumentKind.Log);

    public void Dispose()
    {
        _meter.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Each_stream_of_a_report_is_a_document_of_its_own()
    {
        Add(8, Fixtures.Read("hep/rtpengine-udp-04.bin"));
        Assert.Equal(2, Qos.Count);
        Assert.Equal([8L, 9L], Enumerable.Range(0, 2).Select(row => Qos.Id(row).Position));
        Assert.Equal(("rtcp", "sender-report", "hep-test-1@lab"), (Text(Qos, 0, Fields.NetworkProtocol), Text(Qos, 0, Fields.QosReport), Text(Qos, 0, Fields.CallId)));
        Assert.Equal((1.953125, 0.0), (Decimal(Qos, 0, Fields.LossPercent), Decimal(Qos, 1, Fields.LossPercent)));
        Assert.Equal((3L, -1L, 42L), (Number(Qos, 0, Fields.LostPackets), Number(Qos, 1, Fields.LostPackets), Number(Qos, 0, Fields.JitterUnits)));
        Assert.Null(Decimal(Qos, 0, Fields.JitterMs));
        Assert.Null(Decimal(Qos, 0, Fields.Mos));
    }

    [Fact]
    public void RTCP_in_octets_is_read_and_not_shown_as_text()
    {
        byte[] rtcp = Convert.FromHexString("81c90007112233445566778840000001000100640000002800000000" + "00000000");
        Add(8, SomePackets.Hep(rtcp, HepProtocolType.Rtcp, correlationId: "one@a"));
        Assert.Equal((25.0, 1L, 40L), (Decimal(Qos, 0, Fields.LossPercent), Number(Qos, 0, Fields.LostPackets), Number(Qos, 0, Fields.JitterUnits)));
        Assert.Null(Text(Qos, 0, Fields.Text));
        Assert.Equal("receiver-report", Text(Qos, 0, Fields.QosReport));
    }

    [Fact]
    public void A_round_trip_is_what_passed_between_two_reports_at_the_agent()
    {
        const string Sent = """{"sender_information":{"ntp_timestamp_sec":4004388331,"ntp_timestamp_usec":2147483648,"packets":1,"octets":1},"ssrc":7,"report_blocks":[]}""";
        // The middle of that NTP time, and 0.5 s that the receiver held it.
        uint middle = unchecked((4004388331u << 16) | 0x8000);
        string heard = $$"""{"ssrc":9,"report_blocks":[{"source_ssrc":7,"fraction_lost":0,"lsr":{{middle}},"dlsr":32768}]}""";
        Add(8, SomePackets.Hep(Encoding.UTF8.GetBytes(Sent), HepProtocolType.Rtcp));
        Add(1000, SomePackets.Hep(Encoding.UTF8.GetBytes(heard), HepProtocolType.Rtcp, microseconds: 562_500));
        Add(2000, SomePackets.Hep(Encoding.UTF8.GetBytes(heard), HepProtocolType.Rtcp, microseconds: 400_000));
        Assert.Equal(62.5, Decimal(Qos, 1, Fields.RoundTripMs));
        Assert.Null(Decimal(Qos, 2, Fields.RoundTripMs));
    }

    [Fact]
    public void A_score_without_a_payload_is_kept()
    {
        byte[] packet = [.. SomePackets.Hep("x", HepProtocolType.RtcpXr, "one@a")[..^7], 0, 0, 0, 0x20, 0, 8, 1, 0x9a];
        (packet[4], packet[5]) = ((byte)(packet.Length >> 8), (byte)packet.Length);
        Add(8, packet);
        Assert.Equal(("score", "one@a", 4.1), (Text(Qos, 0, Fields.QosReport), Text(Qos, 0, Fields.CallId), Decimal(Qos, 0, Fields.Mos)));
    }

    [Fact]
    public void Statistics_in_a_BYE_are_reports_of_its_call_beside_the_message()
    {
        Add(8, SomePackets.Hep("BYE sip:a@b SIP/2.0\r\nCall-ID: one@a\r\nCSeq: 2 BYE\r\nX-RTP-Stat: PR=90;PS=80;PL=10,0;JI=7,6;MOS=4.2\r\nContent-Length: 0\r\n\r\n"));
        Assert.Equal((1, 2, 3), (_batches.Sip.Count, Qos.Count, _unit.Documents));
        Assert.Equal(("rtp-stat", "one@a", "received"), (Text(Qos, 0, Fields.QosReport), Text(Qos, 0, Fields.CallId), Text(Qos, 0, Fields.QosDirection)));
        Assert.Equal((10.0, 7.0, 4.2), (Decimal(Qos, 0, Fields.LossPercent), Decimal(Qos, 0, Fields.JitterMs), Decimal(Qos, 0, Fields.Mos)));
    }

    [Fact]
    public void A_published_report_belongs_to_the_call_it_names()
    {
        const string Body = "VQSessionReport: CallTerm\r\nCallID: measured@a\r\nLocalMetrics:\r\nQualityEst:MOSLQ=4.2\r\n";
        Add(8, SomePackets.Hep($"PUBLISH sip:c@b SIP/2.0\r\nCall-ID: publication\r\nCSeq: 1 PUBLISH\r\nContent-Type: application/vq-rtcpxr\r\nContent-Length: {Body.Length}\r\n\r\n{Body}"));
        Assert.Equal((1, 1), (_batches.Sip.Count, Qos.Count));
        Assert.Equal(("measured@a", 4.2), (Text(Qos, 0, Fields.CallId), Decimal(Qos, 0, Fields.Mos)));
        Assert.StartsWith("VQSessionReport", Text(Qos, 0, Fields.Text), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[INFO] Call-ID: a84b4c@pc33 rejected", "a84b4c@pc33")]
    [InlineData("SYSLOG: Processing OPTIONS request from nodejs using Call-Id: qgf3-1", "qgf3-1")]
    [InlineData("rtpengine: INFO: [a84b4c@pc33 port 30000] RTP", "a84b4c@pc33")]
    [InlineData("daemon: [\"a b@c\"]: Closing", "a b@c")]
    [InlineData("ci=xyz@host rm=INVITE", "xyz@host")]
    [InlineData("{\"level\":\"info\",\"sip\":{\"call_id\":\"a84b4c@pc33\"}}", "a84b4c@pc33")]
    [InlineData("nothing to be found here", null)]
    public void A_log_line_without_a_correlation_id_names_its_call_itself(string line, string? callId)
    {
        Add(8, SomePackets.Hep(line, HepProtocolType.Log));
        Assert.Equal(callId, Text(Log, 0, Fields.CallId));
        Assert.Equal(line, Text(Log, 0, Fields.Text));
    }

    [Fact]
    public void A_payload_that_is_JSON_is_searched_by_its_names()
    {
        Add(8, SomePackets.Hep("{\"cdr_id\":\"1\",\"Cause\":16,\"legs\":[{\"codec\":\"PCMA\"},{\"codec\":\"PCMU\"}],\"ok\":true}", HepProtocolType.Cdr, "one@a"));
        Assert.Equal("cdr", Text(Log, 0, Fields.NetworkProtocol));
        Assert.Equal("{\"cdr_id\":\"1\",\"cause\":\"16\",\"legs.codec\":\"PCMA\",\"ok\":\"true\"}", Text(Log, 0, Fields.PayloadValues));
    }

    [Fact]
    public void Diameter_without_its_braces_is_JSON_all_the_same()
    {
        Add(8, SomePackets.Hep("\"diameter_info\": {\"class\":\"Diameter\",\"command\":\"DW\",\"app-ID\":0}", (HepProtocolType)56));
        Assert.Equal("{\"diameter_info.class\":\"Diameter\",\"diameter_info.command\":\"DW\",\"diameter_info.app-id\":\"0\"}", Text(Log, 0, Fields.PayloadValues));
    }

    [Fact]
    public void Chunks_of_a_vendor_are_kept_under_its_number_and_theirs()
    {
        Add(8, Fixtures.Read("hep/vectors/v3-vendor.bin"));
        string chunks = Text(_batches.Sip, 0, Fields.HepVendor)!;
        Assert.Contains("\"8.128\":", chunks, StringComparison.Ordinal);
        Assert.Contains("\"2.15\":", chunks, StringComparison.Ordinal);
    }

    static string? Text(DocumentBatch batch, int row, Field field)
    {
        int column = field.Column(batch.Kind);
        return batch.Has(row, column) ? Encoding.UTF8.GetString(batch.Bytes(batch.Cells(column)[row])) : null;
    }

    static long? Number(DocumentBatch batch, int row, Field field)
    {
        int column = field.Column(batch.Kind);
        return batch.Has(row, column) ? (long)batch.Cells(column)[row] : null;
    }

    static double? Decimal(DocumentBatch batch, int row, Field field) =>
        Number(batch, row, field) is { } bits ? BitConverter.Int64BitsToDouble(bits) : null;

    void Add(long position, byte[] packet)
    {
        var arrival = new Arrival(Noon, PeerAddress.From(System.Net.IPAddress.Loopback), 4000, TransportProtocol.Udp);
        _rows.Add(new JournalRecord(position, arrival, packet), _batches, _unit, _calls, TimeSpan.Zero);
    }
}
