using System.IO.Compression;
using System.Text;
using Homer.Search.Calls;
using Homer.Search.Ingest;
using Homer.Search.Journal;
using Homer.Search.Protocol;
using Homer.Search.Protocol.Hep;
using Homer.Search.Store;
using Microsoft.Extensions.Logging.Abstractions;

namespace Homer.Search.Tests.Ingest;

public sealed class RecordRowsTests : IDisposable
{
    const uint JournalId = 0xabcdef01;

    static readonly Instant Noon = new(SomePackets.Noon * Instant.NanosecondsPerSecond);

    readonly JournalFolder _folder = new();
    readonly IngestMeter _meter;
    readonly BatchSet _batches = new(JournalId);
    readonly IndexUnit _unit = new();
    readonly CallFold _calls = new(JournalId);
    readonly RecordRows _rows;

    public RecordRowsTests()
    {
        _meter = new IngestMeter(_folder.Journal, TimeProvider.System);
        _rows = new RecordRows(JournalId, new IngestOptions(), _meter, NullLogger.Instance);
    }

    public void Dispose()
    {
        _meter.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void A_request_fills_the_fields_of_its_headers_and_of_the_packet_around_it()
    {
        const string Sdp = "v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.9\r\nt=0 0\r\nm=audio 4000 RTP/AVP 8 0\r\na=sendonly\r\n";
        string invite = "INVITE sip:+4930123@example.net;user=phone SIP/2.0\r\nVia: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bKx\r\nVia: SIP/2.0/UDP 10.0.0.1;branch=z9hG4bKy\r\n"
            + "From: \"Alice\" <sip:alice@a.example>;tag=t1\r\nTo: <sip:bob@b.example>\r\nCall-ID: one@a\r\nCSeq: 7 INVITE\r\nContact: <sip:alice@192.0.2.1>;expires=60\r\n"
            + "P-Asserted-Identity: <sip:+49301@a.example>\r\nX-Trunk: \"west\"\r\nx-trunk: again\r\nX-Trunk: again\r\nSession-ID: 0123\r\nUser-Agent: Phone/1\r\n"
            + $"Reason: Q.850;cause=16;text=\"bye\"\r\nMax-Forwards: 70\r\nContent-Type: application/sdp; charset=x\r\nContent-Length: {Sdp.Length}\r\n\r\n{Sdp}";
        Add(64, SomePackets.Hep(Encoding.UTF8.GetBytes(invite), agentName: "edge", correlationId: "cid-1"));

        DocumentBatch sip = _batches.Sip;
        Assert.Equal(1, sip.Count);
        AssertText(sip, 0, Fields.SipType, "request");
        AssertText(sip, 0, Fields.Method, "INVITE");
        AssertText(sip, 0, Fields.UriUser, "+4930123");
        AssertText(sip, 0, Fields.FromUser, "alice");
        AssertText(sip, 0, Fields.FromDisplay, "Alice");
        AssertText(sip, 0, Fields.FromTag, "t1");
        AssertText(sip, 0, Fields.ToHost, "b.example");
        AssertText(sip, 0, Fields.PaiUser, "+49301");
        AssertText(sip, 0, Fields.CallId, "one@a");
        AssertText(sip, 0, Fields.CSeqMethod, "INVITE");
        AssertText(sip, 0, Fields.ViaBranch, "z9hG4bKx");
        AssertText(sip, 0, Fields.ContentType, "application/sdp");
        AssertText(sip, 0, Fields.Codecs, "PCMA\nPCMU");
        AssertText(sip, 0, Fields.SdpDirection, "sendonly");
        AssertText(sip, 0, Fields.ReasonText, "bye");
        AssertText(sip, 0, Fields.Headers, "{\"x-trunk\":\"\\\"west\\\"\",\"session-id\":\"0123\"}");
        AssertText(sip, 0, Fields.AgentName, "edge");
        AssertText(sip, 0, Fields.CorrelationId, "cid-1");
        AssertText(sip, 0, Fields.NetworkTransport, "udp");
        AssertText(sip, 0, Fields.NetworkProtocol, "sip");
        AssertText(sip, 0, Fields.JournalId, "abcdef01");
        Assert.Equal([192, 0, 2, 9], Octets(sip, 0, Fields.SdpAddress)!);
        Assert.Equal(SomePackets.Source, Octets(sip, 0, Fields.SourceIp)!);
        Assert.Equal([127, 0, 0, 1], Octets(sip, 0, Fields.Peer)!);
        Assert.Equal((7, 2, 60, 16, 4000, 5062, 70), (
            Number(sip, 0, Fields.CSeqNumber), Number(sip, 0, Fields.ViaCount), Number(sip, 0, Fields.ContactExpires), Number(sip, 0, Fields.ReasonCause),
            Number(sip, 0, Fields.SdpPort), Number(sip, 0, Fields.DestinationPort), Number(sip, 0, Fields.MaxForwards)));
        Assert.Equal(new DocumentId(Noon, JournalId, 64), sip.Id(0));
        Assert.Null(Octets(sip, 0, Fields.Tags));
        Assert.Equal(1, _calls.Count);
    }

    [Fact]
    public void Several_messages_of_one_payload_stand_a_microsecond_and_a_place_apart()
    {
        Add(8, SomePackets.Hep(SomePackets.Invite("a") + SomePackets.Invite("b") + SomePackets.Invite("c")));
        Assert.Equal([8, 9, 10], Enumerable.Range(0, 3).Select(row => _batches.Sip.Id(row).Position));
        Assert.Equal([0, 1000, 2000], Enumerable.Range(0, 3).Select(row => _batches.Sip.Id(row).Time.Nanoseconds - Noon.Nanoseconds));
        Assert.Equal((1, 3), (_unit.Packets, _unit.Documents));
        Assert.Equal(3, _calls.Count);
    }

    [Theory]
    [InlineData("\r\n\r\n", "keep_alive")]
    [InlineData("\0\0\0\0", "keep_alive")]
    [InlineData("jaK\0", "keep_alive")]
    public void Keep_alives_are_counted_and_not_stored(string payload, string reason)
    {
        Add(8, SomePackets.Hep(payload));
        Assert.Equal([new ReasonCount(reason, 1)], _meter.Snapshot().Dropped);
        Assert.Equal((0, 0), (_unit.Packets, _unit.Documents));
    }

    [Fact]
    public void A_record_that_is_read_again_is_not_counted_again()
    {
        Add(8, SomePackets.Hep("\r\n\r\n"));
        Add(8, SomePackets.Hep("\r\n\r\n"));
        Assert.Equal([new ReasonCount("keep_alive", 1)], _meter.Snapshot().Dropped);
    }

    [Fact]
    public void Captured_as_SIP_and_none_it_is_stored_raw_and_tagged()
    {
        Add(8, SomePackets.Hep("{\"jsonrpc\": \"2.0\"}"));
        AssertText(_batches.Sip, 0, Fields.Tags, "not-sip");
        Assert.Equal(18, Number(_batches.Sip, 0, Fields.MessageSize));
        Assert.Equal(0, _calls.Count);
    }

    [Fact]
    public void A_message_cut_short_is_read_as_far_as_it_goes_and_tagged()
    {
        Add(8, SomePackets.Hep(SomePackets.Invite("a")[..^30]));
        AssertText(_batches.Sip, 0, Fields.CallId, "a");
        AssertText(_batches.Sip, 0, Fields.Tags, "truncated");
    }

    [Fact]
    public void A_stamp_that_cannot_be_true_gives_way_to_the_arrival_and_is_kept()
    {
        // The year 2106, also with its octets swapped.
        const uint Never = uint.MaxValue;
        Add(8, SomePackets.Hep(Encoding.UTF8.GetBytes(SomePackets.Invite("a")), seconds: Never));
        Assert.Equal(Noon, _batches.Sip.Id(0).Time);
        Assert.Equal(Never * Instant.NanosecondsPerSecond, Number(_batches.Sip, 0, Fields.CaptureTime));
        AssertText(_batches.Sip, 0, Fields.Tags, "bad-time");
    }

    [Fact]
    public void An_agent_that_shows_one_side_only_is_known_by_the_answers_whose_request_it_never_reported()
    {
        static string Sip(string line, string callId, string cseq) =>
            $"{line} SIP/2.0\r\nVia: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1\r\nFrom: <sip:a@x>;tag=1\r\nTo: <sip:b@y>\r\nCall-ID: {callId}\r\nCSeq: {cseq}\r\nContent-Length: 0\r\n\r\n"
                .Replace("200 SIP/2.0", "SIP/2.0 200 OK", StringComparison.Ordinal);
        string[] messages =
        [
            SomePackets.Invite("whole"), Sip("200", "whole", "1 INVITE"), Sip("ACK sip:b@y", "whole", "1 ACK"), Sip("BYE sip:b@y", "whole", "2 BYE"), Sip("200", "whole", "2 BYE"),
            Sip("200", "half", "1 INVITE"), Sip("ACK sip:b@y", "half", "1 ACK"), Sip("200", "whole", "3 BYE"),
        ];
        for (int number = 0; number < messages.Length; number++)
            Add(8 + (1000 * number), SomePackets.Hep(messages[number]));
        // Read again after a store that refused, it says nothing new.
        Add(8, SomePackets.Hep(messages[5]));

        CaptureAgent agent = Assert.Single(_meter.Snapshot().Agents);
        Assert.Equal((2, 1), (agent.ResponsesWithoutRequest, agent.AcksWithoutInvite));
        Assert.Equal(50, agent.Completeness);
        Assert.Equal(0, agent.ClockSkewMs);
    }

    [Theory]
    [InlineData(HepProtocolType.Log, DocumentKind.Log, "log")]
    [InlineData(HepProtocolType.LegacyLog, DocumentKind.Log, "log")]
    [InlineData(HepProtocolType.Dns, DocumentKind.Log, "dns")]
    [InlineData((HepProtocolType)61, DocumentKind.Log, "hep-61")]
    [InlineData(HepProtocolType.Rtcp, DocumentKind.Qos, "rtcp")]
    [InlineData(HepProtocolType.RtpReport, DocumentKind.Qos, "rtp-report")]
    [InlineData(HepProtocolType.RtcpXr, DocumentKind.Qos, "rtcp-xr")]
    [InlineData(HepProtocolType.Horaclifix, DocumentKind.Qos, "horaclifix")]
    [InlineData(HepProtocolType.Report, DocumentKind.Qos, "report")]
    public void What_is_not_SIP_is_a_log_line_or_a_report_of_the_call_its_agent_names(HepProtocolType type, DocumentKind kind, string protocol)
    {
        Add(8, SomePackets.Hep("{\"text\": 1}", type, correlationId: "one@a"));
        DocumentBatch batch = _batches.Of(kind);
        Assert.Equal(1, batch.Count);
        AssertText(batch, 0, Fields.NetworkProtocol, protocol);
        AssertText(batch, 0, Fields.CallId, "one@a");
        AssertText(batch, 0, Fields.Text, "{\"text\": 1}");
    }

    [Fact]
    public void A_compressed_payload_is_inflated_and_one_that_does_not_is_tagged()
    {
        using var deflated = new MemoryStream();
        using (var zlib = new ZLibStream(deflated, CompressionLevel.Optimal, leaveOpen: true))
            zlib.Write(Encoding.UTF8.GetBytes(SomePackets.Invite("packed")));
        Add(8, SomePackets.Hep(deflated.ToArray(), isCompressed: true));
        Add(1000, SomePackets.Hep(deflated.ToArray().AsSpan(0, 20), isCompressed: true));

        AssertText(_batches.Sip, 0, Fields.CallId, "packed");
        AssertText(_batches.Sip, 1, Fields.Tags, "not-sip\nbad-compression");
    }

    [Fact]
    public void A_packet_gzipped_as_a_whole_is_read()
    {
        using var deflated = new MemoryStream();
        using (var gzip = new GZipStream(deflated, CompressionLevel.Optimal, leaveOpen: true))
            gzip.Write(SomePackets.Hep(SomePackets.Invite("whole")));
        Add(8, deflated.ToArray());
        AssertText(_batches.Sip, 0, Fields.CallId, "whole");
    }

    [Fact]
    public void Every_packet_of_real_agents_is_stored_or_counted()
    {
        string[] files = Directory.GetFiles(Path.Combine(Fixtures(), "hep"), "*.bin", SearchOption.AllDirectories);
        Assert.NotEmpty(files);
        long position = 0;
        foreach (string file in files.Order(StringComparer.Ordinal))
        {
            long packets = _unit.Packets;
            long counted = Counted();
            Add(position += 1 << 20, File.ReadAllBytes(file));
            Assert.True(_unit.Packets + Counted() == packets + counted + 1, $"{Path.GetFileName(file)} is neither stored nor counted.");
        }

        Assert.Empty(_meter.Snapshot().Rejected);
        Assert.Equal(["ping"], _meter.Snapshot().Dropped.Select(drop => drop.Reason));
    }

    static string Fixtures()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Homer.Search.sln")))
            folder = Path.GetDirectoryName(folder);
        return Path.Combine(folder!, "tests", "fixtures");
    }

    static void AssertText(DocumentBatch batch, int row, Field field, string expected) =>
        Assert.Equal(expected, Octets(batch, row, field) is { } octets ? Encoding.UTF8.GetString(octets) : null);

    static byte[]? Octets(DocumentBatch batch, int row, Field field)
    {
        int column = field.Column(batch.Kind);
        return batch.Has(row, column) ? batch.Bytes(batch.Cells(column)[row]).ToArray() : null;
    }

    static long? Number(DocumentBatch batch, int row, Field field)
    {
        int column = field.Column(batch.Kind);
        return batch.Has(row, column) ? (long)batch.Cells(column)[row] : null;
    }

    long Counted() => _meter.Snapshot().Dropped.Concat(_meter.Snapshot().Rejected).Sum(entry => entry.Count);

    void Add(long position, byte[] packet)
    {
        var arrival = new Arrival(Noon, PeerAddress.From(System.Net.IPAddress.Loopback), 4000, TransportProtocol.Udp);
        _rows.Add(new JournalRecord(position, arrival, packet), _batches, _unit, _calls, TimeSpan.Zero);
    }
}
