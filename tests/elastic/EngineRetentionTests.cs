using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Homer.Search.Store;
using Homer.Search.Store.Elastic;
using static Homer.Search.Tests.Elastic.ScriptedEngine;

namespace Homer.Search.Tests.Elastic;

/// <summary>The engine itself deletes old days, when it is asked to and can; what was asked of it is taken back when it is not to any more.</summary>
public sealed class EngineRetentionTests
{
    const string Elasticsearch = """{"version":{"number":"9.5.3"} }""";
    const string OpenSearch = """{"version":{"number":"3.6.0","distribution":"opensearch"} }""";

    static readonly ElasticOptions Options = new() { Nodes = [new Uri("http://search.example.net:9200")] };

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Elasticsearch)]
    [InlineData(OpenSearch)]
    public async Task A_policy_that_stands_is_not_put_again(string about)
    {
        var stored = new StoringEngine(about);
        Assert.NotEmpty(await SetUpAsync(stored, days: 30));

        Assert.Empty(await SetUpAsync(stored, days: 30));
    }

    [Fact]
    public async Task Other_days_change_the_policy_of_Elasticsearch_and_no_template()
    {
        var stored = new StoringEngine(Elasticsearch);
        await SetUpAsync(stored, days: 30);

        IReadOnlyList<SetupRequest> put = await SetUpAsync(stored, days: 7);

        Assert.Equal(["PUT _ilm/policy/homer-default", "PUT _settings"], put.Select(Short));
        Assert.Contains("\"min_age\":\"8d\"", put[0].Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Other_days_replace_the_policy_of_OpenSearch_as_it_was_read_and_place_indices_under_it_anew()
    {
        var stored = new StoringEngine(OpenSearch);
        await SetUpAsync(stored, days: 30);

        IReadOnlyList<SetupRequest> put = await SetUpAsync(stored, days: 7);

        Assert.Equal(["PUT _plugins/_ism/policies/homer-default?if_seq_no=4&if_primary_term=1", "POST _plugins/_ism/remove", "POST _plugins/_ism/add"], put.Select(Short));
    }

    [Theory]
    [InlineData(Elasticsearch, "POST _ilm/remove")]
    [InlineData(OpenSearch, "DELETE _plugins/_ism/policies/homer-default", "POST _plugins/_ism/remove")]
    public async Task What_the_engine_is_not_to_delete_any_more_is_taken_from_it_before_the_templates_that_tell_of_it_go(string about, params string[] releases)
    {
        var stored = new StoringEngine(about);
        Assert.DoesNotContain((await SetUpAsync(stored, days: null)).Select(Short), request => request.Contains("_ilm", StringComparison.Ordinal) || request.Contains("_ism", StringComparison.Ordinal));
        await SetUpAsync(stored, days: 30);

        string[] put = [.. (await SetUpAsync(stored, days: null)).Select(Short)];

        Assert.Equal([.. releases, .. ((string[])["call", "qos", "log", "sip"]).Select(kind => $"DELETE _index_template/homer-{kind}-default")], put);
        Assert.Empty(await SetUpAsync(stored, days: null));
    }

    [Fact]
    public async Task The_job_deletes_nothing_then()
    {
        using var engine = new ScriptedEngine(_ => Json("""
            {"indices":{"homer-sip-default-2026.01.01":{"shards":{"0":[{"routing":{"node":"a"},"store":{"size_in_bytes":7} }]} },
            "homer-sip-default-2026.11.24":{"shards":{"0":[{"routing":{"node":"a"},"store":{"size_in_bytes":5} }]} } } }
            """));
        using var client = new ElasticClient(Options, TimeProvider.System, engine);

        RetentionReport report = await new Retention(client, new IndexNames("default")).ApplyAsync(
            new RetentionPolicy(Days: 30, Bytes: null) { ByEngine = true }, Protocol.Instant.StartOf(new DateOnly(2026, 11, 24)), Cancellation);

        Assert.Empty(report.DroppedDays);
        Assert.Equal(12, report.KeptBytes);
        Assert.Single(engine.Requests);
    }

    static async Task<IReadOnlyList<SetupRequest>> SetUpAsync(StoringEngine stored, int? days)
    {
        using var engine = new ScriptedEngine(stored.Answer);
        using var client = new ElasticClient(Options, TimeProvider.System, engine);
        return await new Setup(client, Options with { DaysByEngine = days }).ApplyAsync(Cancellation);
    }

    /// <summary>Without the indices it names, which are all.</summary>
    static string Short(SetupRequest request) =>
        $"{request.Method} {string.Join('/', request.Path.Replace("?ignore_unavailable=true&allow_no_indices=true", "", StringComparison.Ordinal).Split('/').Where(part => !part.Contains('*', StringComparison.Ordinal)))}";

    /// <summary>Keeps templates and policies as the engines do.</summary>
    sealed class StoringEngine(string about)
    {
        readonly Dictionary<string, JsonNode> _stored = [];

        public HttpResponseMessage Answer(ScriptedRequest request)
        {
            string path = request.Address.AbsolutePath;
            if (path == "/")
                return Json(about);
            if (request.Method == HttpMethod.Put)
                _stored[path] = JsonNode.Parse(Encoding.UTF8.GetString(request.Body))!;
            if (request.Method == HttpMethod.Delete)
                _stored.Remove(path);
            if (request.Method != HttpMethod.Get)
                return Json("""{"acknowledged":true}""");
            if (!_stored.TryGetValue(path, out JsonNode? node))
                return Json("{}", HttpStatusCode.NotFound);
            string text = node.ToJsonString();
            if (path.StartsWith("/_index_template/", StringComparison.Ordinal))
                return Json($$"""{"index_templates":[{"name":"x","index_template":{{text}} }]}""");
            return path.StartsWith("/_ilm/", StringComparison.Ordinal)
                ? Json($$"""{"homer-default":{{text}} }""")
                : Json($$"""{"_id":"homer-default","_seq_no":4,"_primary_term":1,{{text[1..]}}""");
        }
    }
}

/// <summary>None of the engines at hand has lifecycles, so each has to say so.</summary>
public abstract class EngineWithoutLifecycles(string engine)
{
    [Fact]
    public async Task The_setup_says_that_it_cannot_delete_by_itself_and_what_to_do()
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        var options = new ElasticOptions { Nodes = [await Engine.Named(engine).AddressAsync(cancellation)], Namespace = "lifecycles", DaysByEngine = 30 };

        StoreException refusal = await Assert.ThrowsAsync<StoreException>(() => ElasticStore.SetUpAsync(options, TimeProvider.System, cancellation));

        Assert.False(refusal.IsTransient);
        Assert.Contains("cannot delete old days itself", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("Leave engine out of the retention", refusal.Message, StringComparison.Ordinal);
    }
}

public sealed class Elasticsearch8WithoutLifecycles() : EngineWithoutLifecycles("elasticsearch-8");

public sealed class Elasticsearch9WithoutLifecycles() : EngineWithoutLifecycles("elasticsearch-9");

public sealed class OpenSearch3WithoutLifecycles() : EngineWithoutLifecycles("opensearch-3");
