using Homer.Search.Store;
using Xunit;

namespace Homer.Search.Tests.Stores;

/// <summary>What is committed is there once, whatever is written again.</summary>
public abstract class WritingContract<TPlace> : StoreContract<TPlace>
    where TPlace : StorePlace, new()
{
    [Fact]
    public async Task A_committed_document_is_found_by_its_identity_with_every_value()
    {
        Sample sample = SampleDocuments.Full(DocumentKind.Sip, position: 8, At(10));
        await WriteAsync(16, [sample]);

        Document expected = sample.AsDocument(Journal);
        Document? found = await Store.FindAsync(DocumentKind.Sip, expected.Id, Cancellation);

        Assert.NotNull(found);
        DocumentAssert.Same(expected, found);
    }

    [Fact]
    public async Task An_identity_that_is_not_stored_finds_nothing()
    {
        await WriteAsync(80, Messages(10));

        Assert.Null(await Store.FindAsync(DocumentKind.Sip, Message(4, At(10)).AsDocument(Journal).Id, Cancellation));
        Assert.Null(await Store.FindAsync(DocumentKind.Sip, Message(0, At(10, day: -3)).AsDocument(Journal).Id, Cancellation));
        Assert.Null(await Store.FindAsync(DocumentKind.Log, Message(0, At(10)).AsDocument(Journal).Id, Cancellation));
        Assert.Null(await Store.FindAsync(DocumentKind.Sip, "not an identity", Cancellation));
        Assert.Null(await Store.FindAsync(DocumentKind.Call, "no such call", Cancellation));
    }

    [Theory]
    [InlineData(DocumentKind.Sip)]
    [InlineData(DocumentKind.Log)]
    [InlineData(DocumentKind.Qos)]
    public async Task Every_value_of_many_documents_comes_back_as_it_was(DocumentKind kind)
    {
        IReadOnlyList<Sample> samples = SampleDocuments.Generate(kind, 200, Today);
        await WriteAsync(8 * 200, samples);

        Dictionary<string, Document> found = (await AllAsync(kind)).ToDictionary(document => document.Id);

        Assert.Equal(samples.Count, found.Count);
        Assert.All(samples.Select(sample => sample.AsDocument(Journal)), expected => DocumentAssert.Same(expected, found[expected.Id]));
    }

    [Fact]
    public async Task More_documents_than_a_batch_holds_make_one_unit()
    {
        Sample[] messages = Messages(DocumentBatch.Capacity + 500);
        await WriteAsync(8 * messages.Length, messages);

        Page page = await Store.SearchAsync(
            new CaptureQuery(DocumentKind.Sip, TimeRange.All, new Query.Range(Fields.Sequence, 8L * DocumentBatch.Capacity, true, null, false)), Cancellation);

        Assert.Equal(500, page.TotalCount);
    }

    [Fact]
    public async Task Documents_of_several_days_and_kinds_make_one_unit()
    {
        Sample[] documents =
        [
            Message(0, At(23, 59, day: -1)), Message(8, At(0)), Message(16, At(0, day: 1)),
            new Sample(DocumentKind.Log) { [Fields.Timestamp] = At(1), [Fields.Sequence] = 24L, [Fields.Text] = "one line" },
            new Sample(DocumentKind.Qos) { [Fields.Timestamp] = At(2), [Fields.Sequence] = 32L, [Fields.Text] = "one report" },
        ];
        await WriteAsync(40, documents);
        await ReopenAsync();

        await AssertStoredAsync(0, 8, 16);
        Assert.Equal("one line", Assert.Single(await AllAsync(DocumentKind.Log)).Text(Fields.Text));
        Assert.Equal("one report", Assert.Single(await AllAsync(DocumentKind.Qos)).Text(Fields.Text));
    }

    [Fact]
    public async Task What_was_committed_outlives_the_store()
    {
        await WriteAsync(80, Messages(10));
        await ReopenAsync();

        await AssertStoredAsync(0, 8, 16, 24, 32, 40, 48, 56, 64, 72);
    }

    [Fact]
    public async Task What_was_not_committed_is_written_again_and_stored_once()
    {
        await using (ICaptureWriter writer = await Store.OpenWriterAsync(Journal, Cancellation))
            await AppendAsync(writer, Messages(10));
        await ReopenAsync();

        await WriteAsync(80, Messages(10));

        await AssertStoredAsync(0, 8, 16, 24, 32, 40, 48, 56, 64, 72);
    }

    [Fact]
    public async Task A_unit_that_is_written_again_by_the_same_writer_is_stored_once()
    {
        await using ICaptureWriter writer = await Store.OpenWriterAsync(Journal, Cancellation);
        for (int time = 0; time < 2; time++)
        {
            await AppendAsync(writer, [.. Messages(5), .. Messages(5, day: 1, firstPosition: 40)]);
            await writer.CommitAsync(80, [], Cancellation);
        }

        await AssertStoredAsync(0, 8, 16, 24, 32, 40, 48, 56, 64, 72);
    }

    [Fact]
    public async Task The_next_unit_may_begin_while_one_is_committed()
    {
        await using ICaptureWriter writer = await Store.OpenWriterAsync(Journal, Cancellation);
        Task committing = Task.CompletedTask;
        for (int unit = 0; unit < 5; unit++)
        {
            await AppendAsync(writer, Messages(10, firstPosition: 80 * unit));
            await committing;
            committing = writer.CommitAsync(80 * (unit + 1), [], Cancellation).AsTask();
        }

        await committing;
        await AssertStoredAsync([.. Enumerable.Range(0, 50).Select(number => 8L * number)]);
    }

    [Fact]
    public async Task Units_may_be_committed_while_one_is_and_end_in_their_order()
    {
        await using ICaptureWriter writer = await Store.OpenWriterAsync(Journal, Cancellation);
        var commits = new List<Task>();
        for (int unit = 1; unit <= 5; unit++)
        {
            await AppendAsync(writer, Messages(10, firstPosition: 80 * (unit - 1)));
            commits.Add(writer.CommitAsync(80 * unit, [SampleSummary.Of("a long call", At(0), 80 * unit)], Cancellation).AsTask());
        }

        for (int unit = 0; unit < commits.Count; unit++)
        {
            await commits[unit];
            Assert.All(commits.Take(unit), before => Assert.True(before.IsCompletedSuccessfully));
        }

        await AssertStoredAsync([.. Enumerable.Range(0, 50).Select(number => 8L * number)]);
        Page calls = await Store.SearchAsync(new CaptureQuery(DocumentKind.Call, TimeRange.All, new Query.Everything()), Cancellation);
        Assert.Equal(5L, Assert.Single(calls.Documents)[Fields.MessageCount]);
    }

    [Fact]
    public async Task A_unit_that_is_written_again_after_a_restart_is_stored_once()
    {
        await WriteAsync(80, Messages(10));
        await ReopenAsync();

        await using ICaptureWriter writer = await Store.OpenWriterAsync(Journal, Cancellation);
        Assert.Equal(80, writer.ReplayEnd);
        await AppendAsync(writer, Messages(10));
        await writer.CommitAsync(80, [], Cancellation);
        await AppendAsync(writer, Messages(3, firstPosition: 80));
        await writer.CommitAsync(104, [], Cancellation);

        await AssertStoredAsync([.. Enumerable.Range(0, 13).Select(number => 8L * number)]);
    }

    [Fact]
    public async Task A_store_that_never_saw_a_journal_has_nothing_to_replay()
    {
        await WriteAsync(80, Messages(10));

        await using ICaptureWriter other = await Store.OpenWriterAsync(Journal + 1, Cancellation);

        Assert.Equal(0, other.ReplayEnd);
    }

    [Fact]
    public async Task Several_messages_of_one_record_are_all_stored()
    {
        Sample[] parts = [.. Enumerable.Range(0, 8).Select(number => Message(number, At(10)))];
        await WriteAsync(8, parts);
        await WriteAsync(8, parts);

        await AssertStoredAsync(0, 1, 2, 3, 4, 5, 6, 7);
    }

    [Fact]
    public async Task Two_journals_do_not_stand_in_each_others_way()
    {
        await WriteAsync(80, Messages(10));
        await WriteAsync(80, Messages(10), journal: Journal + 1);
        await ReopenAsync();
        await WriteAsync(80, Messages(10), journal: Journal + 1);

        IReadOnlyList<Document> found = await AllAsync();
        Assert.Equal(20, found.Count);
        Assert.Equal(20, found.Select(document => document.Id).Distinct().Count());
    }

    [Fact]
    public async Task A_unit_without_documents_may_be_committed()
    {
        await WriteAsync(80, []);
        await WriteAsync(160, Messages(2, firstPosition: 80));

        await AssertStoredAsync(80, 88);
    }

    [Fact]
    public async Task An_open_store_is_ready_and_says_what_it_is()
    {
        StoreHealth health = await Store.CheckAsync(Cancellation);

        Assert.True(health.IsReady, health.Detail);
        Assert.NotEqual("", health.Detail);
    }

    /// <summary>The places in the journal of all SIP messages that are stored.</summary>
    async Task AssertStoredAsync(params long[] positions) =>
        Assert.Equal(positions, (await AllAsync()).Select(document => document.Integer(Fields.Sequence)!.Value).Order());
}
