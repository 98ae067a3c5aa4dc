using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Homer.Search.Ingest;
using Homer.Search.Journal;
using Homer.Search.Protocol;
using Homer.Search.Store;
using Homer.Search.Store.DuckDb;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Homer.Search.Benchmarks.Pages;

/// <summary>Fills a data folder with calls of the last two hours, through journal and indexer as the server composes them.</summary>
static class Loading
{
    /// <summary>Beside the data: how many messages were loaded, which the server does not count to the end.</summary>
    public const string CountFile = "pages.messages";

    static readonly TimeSpan Span = TimeSpan.FromHours(2);

    /// <summary>No more waits for the indexer, in octets.</summary>
    const long MostWaiting = 256L << 20;

    public static async Task RunAsync(string folder, int messages)
    {
        TimeProvider clock = TimeProvider.System;
        string journalFolder = Path.Combine(folder, "journal");
        using var journal = CaptureJournal.Open(new JournalOptions(journalFolder), clock);
        await using DuckDbStore store = await DuckDbStore.OpenAsync(Path.Combine(folder, "index"), Archive.Open(journalFolder));
        HostApplicationBuilder builder = Host.CreateApplicationBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddSingleton(journal).AddSingleton<ICaptureStore>(store).AddSingleton(clock).AddSingleton<IngestStatusSource>();
        builder.Services.AddIngest(new IngestOptions { Listen = [] });
        using IHost host = builder.Build();
        await host.StartAsync();
        long started = Stopwatch.GetTimestamp();

        await AppendAsync(journal, messages / StoredCall.Messages, clock);
        while (journal.Bytes > 0)
            await Task.Delay(TimeSpan.FromMilliseconds(50), clock);
        await File.WriteAllTextAsync(Path.Combine(folder, CountFile), messages.ToString(CultureInfo.InvariantCulture));
        double seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        await host.StopAsync();
        Console.WriteLine(JsonSerializer.Serialize(new { benchmark = "pages load", messages, seconds }));
    }

    /// <summary>The calls begin evenly; their messages come in the order of time.</summary>
    static async Task AppendAsync(CaptureJournal journal, int calls, TimeProvider clock)
    {
        Instant now = Instant.Now(clock);
        long first = now.Plus(-Span).Nanoseconds;
        long apart = (Span - TimeSpan.FromMinutes(2)).Ticks * 100 / calls;
        var due = new PriorityQueue<(int Call, int Message), long>();
        byte[] packet = new byte[4096];
        for (int begun = 0; begun < calls || due.Count > 0;)
        {
            if (begun < calls && (!due.TryPeek(out _, out long next) || next >= first + (begun * apart)))
            {
                due.Enqueue((begun, 0), first + (begun * apart));
                begun++;
                continue;
            }

            due.TryDequeue(out (int Call, int Message) one, out long time);
            int length = StoredCall.Write(one.Call, one.Message, new Instant(time), packet);
            while (journal.Bytes > MostWaiting || !journal.TryAppend(packet.AsSpan(0, length), new Arrival(now, Peer: default, PeerPort: 9060, TransportProtocol.Tcp)))
                await Task.Delay(TimeSpan.FromMilliseconds(20), clock);
            if (one.Message + 1 < StoredCall.Messages)
                due.Enqueue((one.Call, one.Message + 1), first + (one.Call * apart) + (StoredCall.After(one.Message + 1) * Instant.NanosecondsPerMillisecond));
        }
    }
}
