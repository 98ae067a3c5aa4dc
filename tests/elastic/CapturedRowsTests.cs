using System.Net;
using System.Text;
using System.Text.Json;
using Homer.Search.Journal;
using Homer.Search.Protocol;
using Homer.Search.Protocol.Hep;
using Homer.Search.Store;
using Homer.Search.Store.Elastic;

namespace Homer.Search.Tests.Elastic;

/// <summary>What of a packet is in each document that came out of it.</summary>
public sealed class CapturedRowsTests : IDisposable
{
    const string Bye = "BYE sip:b@y SIP/2.0\r\nCall-ID: 1\r\nCSeq: 2 BYE\r\nContent-Length: 0\r\n\r\n";
    const string Ok = "SIP/2.0 200 OK\r\nCall-ID: 1\r\nCSeq: 2 BYE\r\nContent-Length: 0\r\n\r\n";

    readonly string _folder = Directory.CreateTempSubdirectory("homer-rows-").FullName;
    readonly CaptureJournal _journal;
    readonly ElasticMeter _meter = new();

    public CapturedRowsTests() => _journal = CaptureJournal.Open(new JournalOptions(_folder), TimeProvider.System);

    public void Dispose()
    {
        _journal.Dispose();
        _meter.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData(DocumentKind.Sip, 0, Bye)]
    [InlineData(DocumentKind.Sip, 1, Ok)]
    [InlineData(DocumentKind.Qos, 0, Bye)]
    [InlineData(DocumentKind.Qos, 1, Bye)]
    public void A_message_has_its_own_bytes_and_each_report_out_of_it_those_of_the_message(DocumentKind kind, int piece, string raw)
    {
        long position = Append(Bye + Ok);

        JsonElement document = Document(kind, position + piece);

        Assert.Equal(raw, document.GetProperty("event.original").GetString());
        Assert.Equal(0, _meter.WithoutRaw);
    }

    [Fact]
    public void Bytes_that_are_no_text_come_in_base64()
    {
        long position = Append("MESSAGE sip:b@y SIP/2.0\r\nContent-Length: 1\r\n\r\n\u00ff");

        JsonElement document = Document(DocumentKind.Sip, position);

        Assert.False(document.TryGetProperty("event.original", out _));
        Assert.Equal(0xff, document.GetProperty("homer.original").GetBytesFromBase64()[^1]);
    }

    [Fact]
    public void A_document_whose_packet_cannot_be_read_is_stored_without_and_counted()
    {
        JsonElement document = Document(DocumentKind.Sip, 8_000);

        Assert.False(document.TryGetProperty("event.original", out _));
        Assert.Equal(1, _meter.WithoutRaw);
    }

    [Theory]
    [InlineData(null, "homer-sip-default-2026.11.25")]
    [InlineData("acme", "homer-sip-acme-2026.11.25")]
    public void A_document_stands_in_the_index_of_its_namespace(string? space, string index)
    {
        var batch = new DocumentBatch(DocumentKind.Sip, _journal.Id, space);
        int row = batch.AddRow();
        batch.Set(row, Fields.Timestamp, new Instant(1_795_600_800_000_000_000));
        using var rows = new CapturedRows(new IndexNames("default"), Archive.Open(_folder), _meter);
        using var body = new BulkBody(1024);
        rows.Add(batch, row, body);
        Assert.Contains($"\"{index}\"", Encoding.UTF8.GetString(body.Bytes.Span).Split('\n')[0], StringComparison.Ordinal);
    }

    JsonElement Document(DocumentKind kind, long sequence)
    {
        var batch = new DocumentBatch(kind, _journal.Id);
        int row = batch.AddRow();
        batch.Set(row, Fields.Timestamp, new Instant(1_795_514_400_000_000_000));
        batch.Set(row, Fields.Sequence, sequence);
        using var rows = new CapturedRows(new IndexNames("default"), Archive.Open(_folder), _meter);
        using var body = new BulkBody(1024);
        rows.Add(batch, row, body);
        string[] lines = Encoding.UTF8.GetString(body.Bytes.Span).Split('\n');
        using JsonDocument json = JsonDocument.Parse(lines[1]);
        Assert.Equal(sequence / 8 * 8, body.Items[0].Packet);
        return json.RootElement.Clone();
    }

    long Append(string payload)
    {
        long position = _journal.End;
        byte[] packet = new byte[2048];
        int length = HepWriter.Write(
            new HepPacket
            {
                Version = 3,
                ProtocolType = HepProtocolType.Sip,
                Transport = TransportProtocol.Udp,
                SourceAddress = IPAddress.Loopback.GetAddressBytes(),
                DestinationAddress = IPAddress.Loopback.GetAddressBytes(),
                Seconds = 1_795_514_400,
                Payload = Encoding.Latin1.GetBytes(payload),
            },
            packet);
        Assert.True(_journal.TryAppend(packet.AsSpan(0, length), default));
        return position;
    }
}
