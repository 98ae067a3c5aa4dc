using Homer.Search.Store.Elastic;

namespace Homer.Search.Tests.Elastic;

/// <summary>The file of refused documents while several have to do with it.</summary>
public sealed class RefusedFileTests : IDisposable
{
    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("homer-refused-");

    string Place => Path.Combine(_folder.FullName, "data", "refused.jsonl");

    RefusedFile File => new(Place);

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void It_gives_back_what_was_appended_and_a_file_that_is_not_there_has_nothing()
    {
        Assert.Empty(File.Documents());
        RefusedDocument document = Document("1", "kind: ümlaut, 🕿 and \"quotes\"");
        File.Append([document, Document("2")]);
        File.Append([Document("3")]);
        Assert.Equal([document, Document("2"), Document("3")], File.Documents());
        Assert.Equal("homer-sip-default-2026.11.24", document.Index);
    }

    [Fact]
    public void A_line_that_a_crash_cut_takes_no_other_with_it()
    {
        File.Append([Document("1")]);
        System.IO.File.AppendAllText(Place, Document("2").ToLine()[..40]);
        File.Append([Document("3")]);
        Assert.Equal([Document("1"), null, Document("3")], File.Documents());
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("{\"reason\":\"a\",\"document\":null}")]
    [InlineData("{\"reason\":\"a\",\"document\":\"no lines\"}")]
    [InlineData("{\"reason\":\"a\",\"document\":\"{}\\n{}\\n\"}")]
    [InlineData("{\"reason\":\"a\",\"document\":\"{\\\"create\\\":3}\\n{}\\n\"}")]
    public void A_line_of_another_kind_is_no_document(string line) => Assert.Null(RefusedDocument.Parse(line));

    [Fact]
    public void What_is_appended_while_it_is_written_anew_comes_behind_what_stays()
    {
        File.Append([Document("1"), Document("2")]);
        using (RefusedRewrite rewrite = File.Rewrite())
        {
            Assert.Equal(Document("1").ToLine(), rewrite.Next());
            File.Append([Document("3")]);
            Assert.NotNull(rewrite.Next());
            Assert.Null(rewrite.Next());
            rewrite.Keep(Document("2").ToLine());
            File.Append([Document("4")]);
            rewrite.Complete();
        }

        Assert.Equal([Document("2"), Document("3"), Document("4")], File.Documents());
    }

    [Fact]
    public void Nothing_has_changed_until_the_new_one_takes_its_place()
    {
        File.Append([Document("1"), Document("2")]);
        using (RefusedRewrite rewrite = File.Rewrite())
            rewrite.Keep(Document("2").ToLine());
        System.IO.File.WriteAllText(Place + ".new", "of one that was killed");

        Assert.Equal([Document("1"), Document("2")], File.Documents());
        using RefusedRewrite next = File.Rewrite();
        next.Complete();
        Assert.Equal(["refused.jsonl.lock"], new DirectoryInfo(Path.GetDirectoryName(Place)!).GetFiles().Select(file => file.Name));
    }

    [Fact]
    public void One_at_a_time_writes_it_anew()
    {
        File.Append([Document("1"), Document("2")]);
        using RefusedRewrite first = File.Rewrite();
        first.Keep(Document("2").ToLine());
        IOException refused = Assert.Throws<IOException>(File.Rewrite);
        Assert.Contains("another replay is at work", refused.Message, StringComparison.Ordinal);
        first.Complete();
        Assert.Equal([Document("2")], File.Documents());
    }

    [Fact]
    public async Task Many_append_and_write_it_anew_at_once_and_nothing_is_lost()
    {
        const int Writers = 4;
        const int Each = 50;
        File.Append([Document("0")]);
        Task[] writers = [.. Enumerable.Range(0, Writers).Select(writer => Task.Run(() =>
        {
            for (int number = 0; number < Each; number++)
                File.Append([Document($"{writer}-{number}")]);
        }))];
        while (!Task.WhenAll(writers).IsCompleted)
        {
            using RefusedRewrite rewrite = File.Rewrite();
            while (rewrite.Next() is { } line)
                rewrite.Keep(line);
            rewrite.Complete();
        }

        await Task.WhenAll(writers);
        Assert.Equal(1 + (Writers * Each), File.Documents().Distinct().Count(document => document is not null));
        Assert.Equal(1 + (Writers * Each), File.Documents().Count());
    }

    [Theory]
    [InlineData(
        "a_kind: [1:215] failed to parse field [sip.max_forwards] of type [ip] in document with id '0a'. Preview of field's value: '70'",
        "a_kind: failed to parse field [sip.max_forwards] of type [ip]")]
    [InlineData("mapper_parsing_exception: failed to parse", "mapper_parsing_exception: failed to parse")]
    [InlineData("a_kind: [sip.code] is odd", "a_kind: [sip.code] is odd")]
    [InlineData("a_kind: [1:2", "a_kind: [1:2")]
    public void A_cause_is_what_documents_have_in_common(string reason, string cause) => Assert.Equal(cause, Document("1", reason).Cause);

    internal static RefusedDocument Document(string id, string reason = "a_kind: a reason") =>
        new(reason, "{\"create\":{\"_index\":\"homer-sip-default-2026.11.24\",\"_id\":\"" + id + "\"}}\n{\"message\":\"grüße\"}\n");
}
