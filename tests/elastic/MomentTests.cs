using System.Net;
using Homer.Search.Protocol;
using Homer.Search.Store;
using Homer.Search.Store.Elastic;
using Homer.Search.Tests.Stores;
using static Homer.Search.Tests.Elastic.ScriptedEngine;

namespace Homer.Search.Tests.Elastic;

/// <summary>Who reads all calls reads each once, though calls come and change while the pages are read.</summary>
public abstract class MomentContract<TPlace> : StoreContract<TPlace>
    where TPlace : ElasticPlace, new()
{
    const int Calls = 700;
    const int PageSize = 250;

    [Fact]
    public async Task Calls_that_come_and_change_while_pages_are_read_neither_double_nor_shift_them()
    {
        await WriteAsync(8, [], Summaries(0, messages: 1, end: 8));
        var query = new CaptureQuery(DocumentKind.Call, TimeRange.All, new Query.Everything())
        {
            Sort = [new Sort(Fields.MessageCount), new Sort(Fields.CallId)],
            First = PageSize,
        };

        Page page = await Store.SearchAsync(query, Cancellation);
        var read = new List<Document>(page.Documents);
        for (int change = 1; page.EndCursor is not null; change++)
        {
            // Those that were read go to the end of the order, and new ones come at either end.
            await WriteAsync(8 * (change + 1), [], [.. Summaries(0, messages: 10, end: 8 * (change + 1)), .. Summaries(change * 10_000, messages: 1, end: 8 * (change + 1))]);
            page = await Store.SearchAsync(query with { After = page.EndCursor }, Cancellation);
            read.AddRange(page.Documents);
        }

        Assert.Equal(Enumerable.Range(0, Calls).Select(CallId), read.Select(call => call.Id));
        Assert.All(read, call => Assert.Equal(1, call.Integer(Fields.MessageCount)));
    }

    [Fact]
    public async Task Where_there_are_no_calls_the_page_is_empty() => Assert.Empty((await Store.SearchAsync(
        new CaptureQuery(DocumentKind.Call, new TimeRange(At(1), At(2)), new Query.Everything()) { First = PageSize }, Cancellation)).Documents);

    static SummaryUpdate[] Summaries(int first, long messages, long end) =>
        [.. Enumerable.Range(first, Calls).Select(number => SampleSummary.Of(CallId(number), At(10), end, messages))];

    static string CallId(int number) => $"call-{number:D6}";
}

public sealed class Elasticsearch8Moments : MomentContract<Elasticsearch8>;

public sealed class Elasticsearch9Moments : MomentContract<Elasticsearch9>;

public sealed class OpenSearch3Moments : MomentContract<OpenSearch3>;

/// <summary>What becomes of a cursor whose moment is over, and of moments that are done with.</summary>
public sealed class MomentTests
{
    const string Call = """{"_id":"x","_source":{"sip.call_id":"a","@timestamp":"2026-11-24T10:00:00.000000000Z"},"sort":[1795514400000000000,"a"]}""";

    static readonly CaptureQuery Calls = new(DocumentKind.Call, new TimeRange(new Instant(1_795_514_400_000_000_000), new Instant(1_795_518_000_000_000_000)), new Query.Everything())
    {
        First = 300,
        CountTotal = false,
    };

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_cursor_outlives_the_moment_it_was_given_in()
    {
        bool isOver = false;
        using var engine = new ScriptedEngine(request => request.Address.AbsolutePath switch
        {
            "/_search" when isOver => Json("""{"error":{"type":"search_context_missing_exception","reason":"gone"}}""", HttpStatusCode.NotFound),
            "/_search" => Json(Hits(301)),
            _ => Other(request) ?? Json(Hits(1)),
        });
        using var client = Client(engine);
        var search = new IndexSearch(client, new IndexNames("default"));
        var moments = new Moments(client, TimeProvider.System);
        Page first = await new PageSearch(search, moments, Calls).RunAsync(Cancellation);
        isOver = true;

        Page second = await new PageSearch(search, moments, Calls with { After = first.EndCursor }).RunAsync(Cancellation);

        Assert.Equal((300, 1), (first.Documents.Count, second.Documents.Count));
        Assert.Null(second.EndCursor);
        Assert.EndsWith("/_search", engine.Requests[^1].Address.AbsolutePath, StringComparison.Ordinal);
        Assert.StartsWith("/homer-call-default-", engine.Requests[^1].Address.AbsolutePath, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cursor_of_another_process_is_read_on_in_what_is_there_now()
    {
        using var engine = new ScriptedEngine(request => request.Address.AbsolutePath == "/_search" ? Json(Hits(301)) : Other(request) ?? Json(Hits(1)));
        using var client = Client(engine);
        var search = new IndexSearch(client, new IndexNames("default"));
        Page first = await new PageSearch(search, new Moments(client, TimeProvider.System), Calls).RunAsync(Cancellation);

        Page second = await new PageSearch(search, new Moments(client, TimeProvider.System), Calls with { After = first.EndCursor }).RunAsync(Cancellation);

        Assert.Single(second.Documents);
        Assert.Single(engine.Requests, request => request.Address.AbsolutePath.EndsWith("/_pit", StringComparison.Ordinal));
    }

    [Fact]
    public async Task After_the_last_page_the_engine_need_not_keep_the_moment()
    {
        using var engine = new ScriptedEngine(request => request.Address.AbsolutePath == "/_search" ? Json(Hits(1)) : Other(request)!);
        using var client = Client(engine);

        await new PageSearch(new IndexSearch(client, new IndexNames("default")), new Moments(client, TimeProvider.System), Calls).RunAsync(Cancellation);

        Assert.Equal(HttpMethod.Delete, engine.Requests[^1].Method);
        Assert.Equal("/_pit", engine.Requests[^1].Address.AbsolutePath);
    }

    [Fact]
    public async Task An_engine_that_opens_no_moment_is_searched_without()
    {
        using var engine = new ScriptedEngine(request => request.Address.AbsolutePath.EndsWith("/_pit", StringComparison.Ordinal)
            ? Json("""{"error":{"type":"security_exception","reason":"no"}}""", HttpStatusCode.Forbidden)
            : Other(request) ?? Json(Hits(1)));
        using var client = Client(engine);

        Page page = await new PageSearch(new IndexSearch(client, new IndexNames("default")), new Moments(client, TimeProvider.System), Calls).RunAsync(Cancellation);

        Assert.Single(page.Documents);
    }

    [Fact]
    public async Task No_more_moments_are_open_than_may_be_until_some_are_over()
    {
        var clock = new ImpatientClock(TimeSpan.Zero);
        using var engine = new ScriptedEngine(request => Other(request)!);
        using var client = Client(engine);
        var moments = new Moments(client, clock);
        while (await moments.OpenAsync("homer-call-default-*", Cancellation) is not null)
            Assert.True(engine.Requests.Count < 1000, "Without bound.");

        clock.Advance(TimeSpan.FromMinutes(2));

        Assert.NotNull(await moments.OpenAsync("homer-call-default-*", Cancellation));
    }

    static ElasticClient Client(ScriptedEngine engine) =>
        new(new ElasticOptions { Nodes = [new Uri("http://search.example.net:9200")] }, TimeProvider.System, engine);

    /// <summary>What the engine says of itself, and of a moment that is opened or closed.</summary>
    static HttpResponseMessage? Other(ScriptedRequest request) => request.Address.AbsolutePath switch
    {
        "/" => Json("""{"version":{"number":"9.5.3"} }"""),
        string path when path.EndsWith("/_pit", StringComparison.Ordinal) => Json("""{"id":"abc"}"""),
        _ => null,
    };

    static string Hits(int count) => $$"""{"timed_out":false,"hits":{"hits":[{{string.Join(',', Enumerable.Repeat(Call, count))}}]} }""";
}
