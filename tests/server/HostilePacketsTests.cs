using Homer.Search.Ingest;
using Homer.Search.Journal;
using Homer.Search.Protocol;
using Homer.Search.Store;
using Homer.Search.Store.DuckDb;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Homer.Search.Tests.Server;

/// <summary>The embedded store has no file for documents it refuses, since whatever agents send it refuses none.</summary>
public sealed class HostilePacketsTests : IDisposable
{
    const int Packets = 2_000;

    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("homer-hostile-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Whatever_agents_send_the_embedded_store_takes_or_it_is_counted_why_not()
    {
        string folder = Path.Combine(_folder.FullName, "journal");
        using var journal = CaptureJournal.Open(new JournalOptions(folder), TimeProvider.System);
        await using DuckDbStore store = await DuckDbStore.OpenAsync(Path.Combine(_folder.FullName, "index"), Archive.Open(folder));
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(journal).AddSingleton<ICaptureStore>(store).AddSingleton(TimeProvider.System).AddSingleton<IngestStatusSource>();
        builder.Services.AddIngest(new IngestOptions { Listen = [] });
        using IHost host = builder.Build();
        foreach (byte[] packet in Changed())
            Assert.True(journal.TryAppend(packet, new Arrival(Instant.Now(TimeProvider.System), default, 9060, TransportProtocol.Udp)));

        await host.StartAsync(TestContext.Current.CancellationToken);
        var meter = host.Services.GetRequiredService<IngestMeter>();
        while (journal.Checkpoint < journal.End)
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, TestContext.Current.CancellationToken);
        IngestStatus status = meter.Snapshot();
        await host.StopAsync(TestContext.Current.CancellationToken);

        Assert.DoesNotContain(status.Dropped, static drop => drop.Reason is "reader_fault" or "store_refused");
        // A packet whose messages are dropped one by one counts each of them.
        Assert.InRange(status.Stored + status.Rejected.Sum(static count => count.Count) + status.Dropped.Sum(static drop => drop.Count), Packets, long.MaxValue);
        Assert.InRange(status.Stored, Packets / 2, Packets);
    }

    /// <summary>Packets of real agents with octets set to the edges of what they can be: lengths, numbers, times, text that is none.</summary>
    static IEnumerable<byte[]> Changed()
    {
        byte[][] real = [.. Fixtures.Named("hep", "*.bin").Concat(Fixtures.Named("hep/vectors", "*.bin")).Select(Fixtures.Read)];
        var chance = new Random(4);
        byte[] edges = [0, 1, 0x0a, 0x22, 0x7f, 0x80, 0xc3, 0xed, 0xff];
        for (int number = 0; number < Packets; number++)
        {
            byte[] packet = [.. real[number % real.Length]];
            for (int change = chance.Next(1, 24); change > 0; change--)
                packet[chance.Next(6, packet.Length)] = edges[chance.Next(edges.Length)];
            yield return packet;
        }
    }
}
