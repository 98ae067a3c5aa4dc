using System.Net;
using Homer.Search.Store;
using Homer.Search.Store.Elastic;
using static Homer.Search.Tests.Elastic.ScriptedEngine;

namespace Homer.Search.Tests.Elastic;

/// <summary>Which node is asked, and how it is greeted.</summary>
public sealed class NodeTests
{
    static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    readonly ImpatientClock _clock = new(LongestPause);

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_dead_node_of_two_is_left_aside_and_asked_again_after_growing_rests()
    {
        bool isDead = true;
        using var engine = new ScriptedEngine(request => isDead && request.Address.Host == "two.example.net" ? throw new HttpRequestException("Connection refused") : Json("{}"));
        using var client = new ElasticClient(Options("http://one.example.net:9200", "http://two.example.net:9200"), _clock, engine);

        await AskAsync(client, 10);
        Assert.Single(ToTwo(engine));
        _clock.Advance(TimeSpan.FromSeconds(1));
        await AskAsync(client, 10);
        Assert.Equal(2, ToTwo(engine).Count());
        // The second rest is twice the first.
        _clock.Advance(TimeSpan.FromSeconds(1));
        await AskAsync(client, 10);
        Assert.Equal(2, ToTwo(engine).Count());

        isDead = false;
        _clock.Advance(TimeSpan.FromSeconds(1));
        await AskAsync(client, 10);
        Assert.Equal(2 + 5, ToTwo(engine).Count());
    }

    [Fact]
    public async Task Of_a_node_with_nobody_behind_it_the_next_is_asked()
    {
        using var engine = new ScriptedEngine(request => request.Address.Host == "two.example.net" ? Json("no master", HttpStatusCode.ServiceUnavailable) : Json("{}"));
        using var client = new ElasticClient(Options("http://one.example.net:9200", "http://two.example.net:9200"), _clock, engine);

        await AskAsync(client, 10);

        Assert.Single(ToTwo(engine));
        Assert.Equal(11, engine.Requests.Count);
    }

    [Fact]
    public async Task When_no_node_is_left_each_was_asked_and_the_last_is_named()
    {
        using var engine = new ScriptedEngine(_ => throw new HttpRequestException("Connection refused"));
        using var client = new ElasticClient(Options("http://one.example.net:9200", "http://two.example.net:9200"), _clock, engine);

        StoreException failure = await Assert.ThrowsAsync<StoreException>(() => AskAsync(client, 1));

        Assert.True(failure.IsTransient);
        Assert.Equal(2, engine.Requests.Select(request => request.Address.Host).Distinct().Count());
        Assert.Contains("could not be reached: Connection refused", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bearer_token_an_API_key_or_a_user_let_in()
    {
        ElasticOptions options = Options("http://homer:p%40ss@one.example.net:9200");
        foreach ((ElasticOptions with, string header) in new[]
                 {
                     (options, "Basic aG9tZXI6cEBzcw=="),
                     (options with { BearerToken = "some.token" }, "Bearer some.token"),
                     (options with { BearerToken = "some.token", ApiKey = "key" }, "ApiKey key"),
                 })
        {
            using var engine = new ScriptedEngine(_ => Json("{}"));
            using var client = new ElasticClient(with, _clock, engine);
            await AskAsync(client, 1);
            Assert.Equal(header, engine.Requests[0].Authorization);
            Assert.DoesNotContain("homer", engine.Requests[0].Address.ToString(), StringComparison.Ordinal);
        }
    }

    static ElasticOptions Options(params string[] nodes) => new() { Nodes = [.. nodes.Select(node => new Uri(node))], Timeout = LongestPause * 4 };

    static async Task AskAsync(ElasticClient client, int times)
    {
        for (int time = 0; time < times; time++)
            (await client.SendAsync(HttpMethod.Get, "", default, Cancellation)).Dispose();
    }

    static IEnumerable<ScriptedRequest> ToTwo(ScriptedEngine engine) => engine.Requests.Where(request => request.Address.Host == "two.example.net");
}
