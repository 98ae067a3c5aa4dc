using System.Diagnostics.Metrics;
using System.Net;
using System.Net.Sockets;
using Homer.Search.Journal;
using Homer.Search.Protocol;
using Homer.Search.Server.Logs;
using Homer.Search.Store;
using Homer.Search.Store.Elastic;
using Homer.Search.Tests.Stores;
using Serilog;
using Serilog.Core;
using Serilog.Events;
using Serilog.Parsing;

namespace Homer.Search.Tests.Server;

/// <summary>The program's own log on its way to an engine; a real one is asked in the end-to-end tests.</summary>
public sealed class StoreLogTests
{
    static readonly DateTimeOffset Noon = new(2026, 11, 24, 12, 0, 0, 123, TimeSpan.Zero);

    [Fact]
    public void A_line_has_its_level_its_writer_its_text_and_the_values_in_it()
    {
        var line = new LogEvent(
            Noon, LogEventLevel.Warning, new InvalidOperationException("It broke."), new MessageTemplateParser().Parse("Agent {Agent} sent {Count} packets"),
            [
                new LogEventProperty("Agent", new ScalarValue("edge-1")), new LogEventProperty("Count", new ScalarValue(7)),
                new LogEventProperty("SourceContext", new ScalarValue("Homer.Search.Ingest.AgentWatch")),
            ]);
        var batch = new DocumentBatch(DocumentKind.Log, journal: 9);

        LogRows.Add(batch, line, sequence: 4, Instant.From(Noon.AddSeconds(1)));

        Document document = BatchRows.Read(batch, row: 0);
        Assert.Equal(new DocumentId(Instant.From(Noon), 9, 4), batch.Id(0));
        Assert.Equal(("warning", "Homer.Search.Ingest.AgentWatch", "log"), (
            document.Text(Fields.LogLevel), document.Text(Fields.LogLogger), document.Text(Fields.NetworkProtocol)));
        Assert.StartsWith("Agent \"edge-1\" sent 7 packets\nSystem.InvalidOperationException: It broke.", document.Text(Fields.Text), StringComparison.Ordinal);
        Assert.Equal("""{"agent":"edge-1","count":"7"}""", document[Fields.PayloadValues]!.ToString());
        Assert.Equal(Environment.MachineName, document.Text(Fields.AgentName));
    }

    [Fact]
    public async Task Without_an_engine_nobody_who_logs_waits_and_every_line_that_is_not_stored_is_counted()
    {
        const int Surplus = 7;
        Dictionary<string, long> dropped = [];
        using var listener = new MeterListener { InstrumentPublished = (instrument, own) => Listen(instrument, own) };
        listener.SetMeasurementEventCallback<long>((_, count, tags, _) =>
        {
            string reason = (string)tags[0].Value!;
            lock (dropped)
                dropped[reason] = dropped.GetValueOrDefault(reason) + count;
        });
        listener.Start();
        var nowhere = new ElasticOptions { Nodes = [new Uri($"http://127.0.0.1:{UnusedPort()}")] };
        await using ElasticStore store = ElasticStore.Open(nowhere, Archive.Open(Path.Combine(Path.GetTempPath(), "homer-no-journal")), TimeProvider.System);
        var configuration = new LoggerConfiguration();
        new StoreLog(store.OpenLog(), TimeProvider.System).AddTo(configuration.WriteTo);
        await using (Logger logger = configuration.CreateLogger())
        {
            for (int line = 0; line < StoreLog.Bound + Surplus; line++)
                logger.Information("Line {Number}", line);
            lock (dropped)
                Assert.Equal(Surplus, dropped["queue_full"]);
        }

        Assert.Equal(StoreLog.Bound, dropped["store_failed"]);
    }

    static void Listen(Instrument instrument, MeterListener listener)
    {
        if (instrument.Meter.Name == StoreLog.MeterName && instrument.Name == "homer.log.dropped")
            listener.EnableMeasurementEvents(instrument);
    }

    static int UnusedPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
