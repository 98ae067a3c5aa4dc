using DuckDB.NET.Data;
using Homer.Search.Journal;
using Homer.Search.Store;
using Homer.Search.Store.DuckDb;
using Homer.Search.Tests.Stores;

namespace Homer.Search.Tests.DuckDb;

/// <summary>What may lie in the folder: files of another process, of other programs, of other versions, and very many.</summary>
public sealed class FolderTests : StoreContract<DuckDbPlace>
{
    static string FileOf(string index, int day) => Path.Combine(index, $"{Today.AddDays(day):yyyy-MM-dd}.duckdb");

    string Index => ((DuckDbStore)Store).Folder;

    [Fact]
    public async Task A_folder_in_use_is_refused_and_the_message_says_by_whom()
    {
        StoreException refusal = await Assert.ThrowsAsync<StoreException>(
            () => DuckDbStore.OpenAsync(Index, Archive.Open(Path.Combine(Index, "journal"))).AsTask());

        Assert.False(refusal.IsTransient);
        Assert.Contains($"process {Environment.ProcessId}", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_damaged_day_is_set_aside_and_the_others_are_served()
    {
        await WriteAsync(16, [Message(0, At(10, day: -1)), Message(8, At(10))]);
        await Store.DisposeAsync();
        await File.WriteAllBytesAsync(FileOf(Index, -1), new byte[20_000], Cancellation);
        await ReopenAsync();

        Assert.Equal(8, Assert.Single(await AllAsync()).Integer(Fields.Sequence));
        StoreHealth health = await Store.CheckAsync(Cancellation);
        Assert.True(health.IsReady);
        Assert.Contains("2026-11-23.duckdb.set-aside", health.Detail, StringComparison.Ordinal);

        await WriteAsync(24, [Message(16, At(11, day: -1))]);
        Assert.Equal(2, (await AllAsync()).Count);
    }

    [Theory]
    [InlineData("CREATE TABLE theirs(x INTEGER)")]
    [InlineData("CREATE TABLE about(version INTEGER); INSERT INTO about VALUES (99); CREATE TABLE applied(journal UINTEGER, position BIGINT)")]
    public async Task A_file_of_another_program_or_a_newer_version_is_set_aside_unharmed(string made)
    {
        using (var other = new DuckDBConnection($"Data Source={FileOf(Index, -2)}"))
        {
            await other.OpenAsync(Cancellation);
            using DuckDBCommand command = other.CreateCommand();
            command.CommandText = made;
            await command.ExecuteNonQueryAsync(Cancellation);
        }

        await ReopenAsync();
        await WriteAsync(8, [Message(0, At(10))]);

        Assert.Single(await AllAsync());
        Assert.True(new FileInfo(FileOf(Index, -2) + DayFiles.AsideExtension).Length > 0);
    }

    [Fact]
    public async Task A_day_without_the_newest_fields_gets_them()
    {
        await WriteAsync(8, [Message(0, At(10))]);
        await Store.DisposeAsync();
        using (var file = new DuckDBConnection($"Data Source={FileOf(Index, 0)}"))
        {
            await file.OpenAsync(Cancellation);
            using DuckDBCommand command = file.CreateCommand();
            command.CommandText = """ALTER TABLE sip DROP COLUMN "sip.expires"; ALTER TABLE sip DROP COLUMN "source.ip"; ALTER TABLE sip ADD COLUMN retired VARCHAR""";
            await command.ExecuteNonQueryAsync(Cancellation);
        }

        await ReopenAsync();
        Sample full = SampleDocuments.Full(DocumentKind.Sip, 8, At(11));
        await WriteAsync(16, [full]);

        IReadOnlyList<Document> found = await AllAsync();
        Assert.Equal(2, found.Count);
        DocumentAssert.Same(full.AsDocument(Journal), found[0]);
    }

    [Fact]
    public async Task Many_days_are_read_with_few_files_open()
    {
        for (int day = 0; day < 20; day++)
            await WriteAsync(8 * (day + 1), [Message(8 * day, At(10, day: day))]);

        await ReopenAsync();
        Assert.Equal(20, (await AllAsync()).Count);
        await AllAsync();

        Assert.InRange(((DuckDbStore)Store).OpenDays, 1, new DuckDbOptions().OpenDays);
    }

    [Fact]
    public async Task A_page_of_the_newest_opens_only_the_days_it_needs()
    {
        for (int day = 0; day < 6; day++)
            await WriteAsync(80 * (day + 1), Messages(10, day, firstPosition: 80 * day));
        await ReopenAsync();

        await Store.SearchAsync(new CaptureQuery(DocumentKind.Sip, TimeRange.All, new Query.Everything()) { First = 5, CountTotal = false }, Cancellation);

        Assert.Equal(1, ((DuckDbStore)Store).OpenDays);
    }
}
