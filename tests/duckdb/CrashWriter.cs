using System.Globalization;
using Homer.Search.Journal;
using Homer.Search.Protocol;
using Homer.Search.Store;
using Homer.Search.Store.DuckDb;
using Homer.Search.Tests.Stores;

namespace Homer.Search.Tests.DuckDb;

/// <summary>What the process does that <see cref="CrashTests"/> kills: this same program, asked for the explicit test here and nothing else.</summary>
public sealed class CrashWriter
{
    public const string FolderVariable = "HOMER_TEST_CRASH_WRITER";
    /// <summary>Stands before the end of each unit in what the process writes.</summary>
    public const string Report = "durable: ";

    public const uint Journal = 7;

    /// <summary>Rows that each unit adds to each of the two days.</summary>
    public const int RowsOfDay = 3000;

    /// <summary>What one unit takes of the journal.</summary>
    public const long UnitEnd = 8L * RowsOfDay * 2;

    public static DateOnly[] Days { get; } = [new(2026, 11, 23), new(2026, 11, 24)];

    /// <summary>Writes one unit: rows of two days and a call on each.</summary>
    internal static async Task WriteAsync(ICaptureWriter writer, long from, CancellationToken cancellation)
    {
        var batch = new DocumentBatch(DocumentKind.Sip, Journal);
        for (int number = 0; number < 2 * RowsOfDay; number++)
        {
            int row = batch.AddRow();
            batch.Set(row, Fields.Timestamp, new Instant(Instant.StartOf(Days[number % 2]).Nanoseconds + from + number));
            batch.Set(row, Fields.Sequence, from + (8L * number));
            batch.Set(row, Fields.CallId, "a84b4c76e66710@pc33.example.com");
            if (batch.IsFull || number == (2 * RowsOfDay) - 1)
            {
                await writer.AppendAsync(batch, cancellation);
                batch.Clear();
            }
        }

        long end = from + UnitEnd;
        await writer.CommitAsync(end, [.. Days.Select(day => SampleSummary.Of($"call of {day:O}", Instant.StartOf(day), end))], cancellation);
    }

    [Fact(Explicit = true)]
    public async Task Writes_until_it_is_killed()
    {
        string folder = Environment.GetEnvironmentVariable(FolderVariable)
            ?? throw new InvalidOperationException($"{FolderVariable} names no folder: this is the part of the crash test that gets killed.");
        await using DuckDbStore store = await DuckDbStore.OpenAsync(Path.Combine(folder, "index"), Archive.Open(Path.Combine(folder, "journal")));
        await using ICaptureWriter writer = await store.OpenWriterAsync(Journal, TestContext.Current.CancellationToken);
        for (long from = writer.ReplayEnd; ; from += UnitEnd)
        {
            await WriteAsync(writer, from, TestContext.Current.CancellationToken);
            await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{Report}{from + UnitEnd}"));
        }
    }
}
