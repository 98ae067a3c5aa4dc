using System.Diagnostics;
using System.Globalization;
using Homer.Search.Protocol;
using Homer.Search.Store;
using Homer.Search.Store.DuckDb;

namespace Homer.Search.Tests.DuckDb;

/// <summary>A writing process is killed at any moment; what its units left behind is there wholly, and a replay completes it.</summary>
public sealed class CrashTests : IAsyncDisposable
{
    readonly DuckDbPlace _place = new();

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_killed_writer_leaves_whole_units_and_a_replay_stores_each_message_once()
    {
        for (int kill = 0; kill < 3; kill++)
        {
            long reported = await WriteUntilKilledAsync(minimumUnits: 2 + (3 * kill));

            await using var store = (DuckDbStore)await _place.OpenAsync(Cancellation);
            long replayEnd = await CheckAsync(store);
            Assert.True(replayEnd >= reported, $"The writer reported {reported} as durable, the store has {replayEnd}.");

            // The journal's checkpoint may lie one unit back: that unit comes again.
            await using ICaptureWriter writer = await store.OpenWriterAsync(CrashWriter.Journal, Cancellation);
            if (replayEnd > 0)
                await CrashWriter.WriteAsync(writer, replayEnd - CrashWriter.UnitEnd, Cancellation);
            Assert.Equal(replayEnd, await CheckAsync(store));
        }
    }

    public ValueTask DisposeAsync() => _place.DisposeAsync();

    /// <summary>Every message of every unit is there once, both days agree with the calls; returns the end of the last unit.</summary>
    static async Task<long> CheckAsync(DuckDbStore store)
    {
        long messages = 0;
        foreach (DateOnly day in CrashWriter.Days)
        {
            IReadOnlyList<HistogramBucket> counts = await store.HistogramAsync(
                new HistogramQuery(DocumentKind.Sip, DayRange(day), new Query.Everything(), TimeSpan.FromDays(1)), Cancellation);
            long stored = counts.Sum(count => count.Count);
            Assert.Equal(0, stored % CrashWriter.RowsOfDay);
            messages = Math.Max(messages, stored);

            Page calls = await store.SearchAsync(new CaptureQuery(DocumentKind.Call, DayRange(day), new Query.Everything()), Cancellation);
            if (stored > 0)
                Assert.Equal(stored / CrashWriter.RowsOfDay, Assert.Single(calls.Documents).Integer(Fields.MessageCount));
            else
                Assert.Empty(calls.Documents);
        }

        return messages / CrashWriter.RowsOfDay * CrashWriter.UnitEnd;
    }

    static TimeRange DayRange(DateOnly day) => new(Instant.StartOf(day), Instant.StartOf(day.AddDays(1)));

    async Task<long> WriteUntilKilledAsync(int minimumUnits)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
            start.ArgumentList.Add(typeof(CrashTests).Assembly.Location);
        foreach (string argument in (string[])["-method", $"{typeof(CrashWriter).FullName}.{nameof(CrashWriter.Writes_until_it_is_killed)}", "-explicit", "only"])
            start.ArgumentList.Add(argument);
        start.Environment[CrashWriter.FolderVariable] = _place.Folder;
        using Process writer = Process.Start(start)!;
        long reported = 0;
        try
        {
            for (int unit = 0; unit < minimumUnits; unit++)
                reported = await NextAsync(writer);
        }
        finally
        {
            writer.Kill();
            await writer.WaitForExitAsync(Cancellation);
        }

        return reported;
    }

    static async Task<long> NextAsync(Process writer)
    {
        while (await writer.StandardOutput.ReadLineAsync(Cancellation) is { } line)
        {
            if (line.Contains(CrashWriter.Report, StringComparison.Ordinal))
                return long.Parse(line.AsSpan(line.IndexOf(CrashWriter.Report, StringComparison.Ordinal) + CrashWriter.Report.Length), CultureInfo.InvariantCulture);
        }

        throw new InvalidOperationException("The writer ended by itself.");
    }
}
