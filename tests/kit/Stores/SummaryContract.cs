using Homer.Search.Protocol;
using Homer.Search.Store;
using Xunit;

namespace Homer.Search.Tests.Stores;

/// <summary>One summary a call, in the day under which it was first stored, merged and never twice.</summary>
public abstract class SummaryContract<TPlace> : StoreContract<TPlace>
    where TPlace : StorePlace, new()
{
    [Fact]
    public async Task A_new_call_is_found_by_its_Call_ID()
    {
        await WriteAsync(8, [], [SampleSummary.Of("a84b4c76e66710@pc33.example.com", At(10), end: 8, messages: 3)]);

        Document? call = await Store.FindAsync(DocumentKind.Call, "a84b4c76e66710@pc33.example.com", Cancellation);

        Assert.NotNull(call);
        Assert.Equal("a84b4c76e66710@pc33.example.com", call.Id);
        Assert.Equal(At(10), call.Time);
        Assert.Equal(3, call.Integer(Fields.MessageCount));
        Assert.Null(await Store.FindAsync(DocumentKind.Call, "A84B4C76E66710@pc33.example.com", Cancellation));
    }

    [Fact]
    public async Task A_call_that_goes_on_is_merged_into_one_summary()
    {
        for (int unit = 1; unit <= 3; unit++)
        {
            SampleSummary other = SampleSummary.Of($"only {unit}", At(10, unit), 8 * unit);
            await WriteAsync(8 * unit, [], [SampleSummary.Of("c1", At(10, unit), 8 * unit, messages: 2), other]);
        }

        Assert.Equal(6, Messages(await AllAsync(DocumentKind.Call), "c1"));
        Assert.Equal(4, (await AllAsync(DocumentKind.Call)).Count);
    }

    [Fact]
    public async Task A_call_goes_on_after_a_restart()
    {
        await WriteAsync(8, [], [SampleSummary.Of("c1", At(10), 8)]);
        await ReopenAsync();
        await WriteAsync(16, [], [SampleSummary.Of("c1", At(11), 16)]);

        Assert.Equal(2, Messages(await AllAsync(DocumentKind.Call), "c1"));
    }

    [Fact]
    public async Task A_replay_changes_no_summary()
    {
        for (int time = 0; time < 2; time++)
        {
            await WriteAsync(8, Messages(1), [SampleSummary.Of("c1", At(10), 8), SampleSummary.Of("c2", At(10), 8)]);
            await ReopenAsync();
        }

        IReadOnlyList<Document> calls = await AllAsync(DocumentKind.Call);
        Assert.Equal(1, Messages(calls, "c1"));
        Assert.Equal(1, Messages(calls, "c2"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public async Task A_call_is_merged_across_midnight_into_the_day_it_was_first_stored_under(int nextDay)
    {
        await WriteAsync(8, [], [SampleSummary.Of("c1", At(12), 8)]);
        await WriteAsync(16, [], [SampleSummary.Of("c1", At(12, day: nextDay), 16)]);
        await ReopenAsync();
        await WriteAsync(24, [], [SampleSummary.Of("c1", At(13, day: nextDay), 24)]);

        Document call = Assert.Single(await AllAsync(DocumentKind.Call));
        Assert.Equal(3, call.Integer(Fields.MessageCount));
        Assert.Equal(nextDay > 0 ? At(12) : At(12, day: -1), call.Time);
        Assert.Equal(3, (await Store.FindAsync(DocumentKind.Call, "c1", Cancellation))!.Integer(Fields.MessageCount));
        Assert.Equal("c1", Assert.Single(await CallsAsync(call.Time, call.Time.Plus(TimeSpan.FromHours(1)))).Id);
    }

    [Fact]
    public async Task A_Call_ID_that_comes_again_days_later_is_another_call_and_the_newest_is_found()
    {
        await WriteAsync(8, [], [SampleSummary.Of("c1", At(12), 8, messages: 7)]);
        await WriteAsync(16, [], [SampleSummary.Of("c1", At(12, day: 5), 16)]);

        Assert.Equal(2, (await AllAsync(DocumentKind.Call)).Count);
        Assert.Equal(At(12, day: 5), (await Store.FindAsync(DocumentKind.Call, "c1", Cancellation))!.Time);
    }

    [Fact]
    public async Task A_call_is_in_the_page_of_the_time_its_first_message_came()
    {
        await WriteAsync(8, [], [SampleSummary.Of("c1", At(12), 8)]);
        await WriteAsync(16, [], [SampleSummary.Of("c1", At(11), 16)]);

        Assert.Equal(2, Assert.Single(await CallsAsync(At(10), At(12))).Integer(Fields.MessageCount));
        Assert.Empty(await CallsAsync(At(12), At(13)));
    }

    [Fact]
    public async Task Many_calls_of_one_unit_are_each_stored_once()
    {
        SampleSummary[] Unit(int end) => [.. Enumerable.Range(0, 500).Select(call => SampleSummary.Of($"call-{call}", At(10, call % 60), end))];

        await WriteAsync(8, [], Unit(8));
        await WriteAsync(16, [], Unit(16));
        await ReopenAsync();
        await WriteAsync(24, [], Unit(24));

        IReadOnlyList<Document> calls = await AllAsync(DocumentKind.Call);
        Assert.Equal(500, calls.Count);
        Assert.All(calls, call => Assert.Equal(3, call.Integer(Fields.MessageCount)));
    }

    [Fact]
    public async Task A_job_changes_a_summary_between_units_and_nothing_is_lost()
    {
        await WriteAsync(8, [], [SampleSummary.Of("c1", At(10), 8)]);
        await Store.MergeAsync([SampleSummary.Of("c1", At(10), end: 9, messages: 10), SampleSummary.Of("c2", At(10), end: 9)], Cancellation);
        await WriteAsync(16, [], [SampleSummary.Of("c1", At(10), 16, messages: 100), SampleSummary.Of("c2", At(10), 16)]);
        await ReopenAsync();

        IReadOnlyList<Document> calls = await AllAsync(DocumentKind.Call);
        Assert.Equal((111, 2), (Messages(calls, "c1"), Messages(calls, "c2")));
    }

    [Fact]
    public async Task A_summary_that_is_written_as_it_was_read_is_the_same()
    {
        Sample full = SampleDocuments.Full(DocumentKind.Call, position: 0, At(10));
        full[Fields.CallId] = "c1";
        await WriteAsync(8, [], [new SampleSummary(full, 8)]);
        Document read = (await Store.FindAsync(DocumentKind.Call, "c1", Cancellation))!;

        await Store.MergeAsync([new SameSummary(read), new SameSummary(read, isToStay: true)], Cancellation);

        DocumentAssert.Same(read, Assert.Single(await AllAsync(DocumentKind.Call)));
    }

    async Task<IReadOnlyList<Document>> CallsAsync(Instant from, Instant to) =>
        (await Store.SearchAsync(new CaptureQuery(DocumentKind.Call, new TimeRange(from, to), new Query.Everything()), Cancellation)).Documents;

    static long? Messages(IReadOnlyList<Document> calls, string callId) =>
        Assert.Single(calls, call => call.Id == callId).Integer(Fields.MessageCount);
}
