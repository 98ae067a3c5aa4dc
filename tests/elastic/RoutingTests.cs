using Homer.Search.Journal;
using Homer.Search.Protocol;
using Homer.Search.Store;
using Homer.Search.Store.Elastic;
using Homer.Search.Tests.Stores;

namespace Homer.Search.Tests.Elastic;

/// <summary>Documents that the capture plan routes to another namespace than the writer's.</summary>
public abstract class RoutingTests(string engine) : IAsyncLifetime
{
    const uint Journal = 7;

    static readonly Instant Noon = new(1_795_608_000_000_000_000);

    readonly string _own = $"t{Guid.NewGuid():N}"[..12];
    readonly string _other = $"t{Guid.NewGuid():N}"[..12];
    ElasticOptions _options = null!;

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _options = new ElasticOptions { Nodes = [await Engine.Named(engine).AddressAsync(Cancellation)], Namespace = _own, RefreshOnCommit = true };

    public async ValueTask DisposeAsync()
    {
        using var client = new ElasticClient(_options, TimeProvider.System);
        foreach (string space in (string[])[_own, _other])
        {
            string all = string.Join(',', Enum.GetValues<DocumentKind>().Select(kind => new IndexNames(space).Of(kind, Noon.Day)));
            (await client.SendAsync(HttpMethod.Delete, $"{all},homer-journal-{space}?ignore_unavailable=true", default, CancellationToken.None, mayMiss: true)).Dispose();
        }

        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task They_and_their_calls_are_found_there_alone_and_once_whatever_is_sent_again()
    {
        await using ElasticStore own = Open(_own);
        for (int time = 0; time < 2; time++)
        {
            await using ICaptureWriter writer = await own.OpenWriterAsync(Journal, Cancellation);
            await writer.AppendAsync(Message("own", position: 0, space: null), Cancellation);
            await writer.AppendAsync(Message("routed", position: 8, _other), Cancellation);
            await writer.CommitAsync(16, [Call("own", space: null), Call("both", space: null), Call("routed", _other), Call("both", _other)], Cancellation);
        }

        await using ElasticStore other = Open(_other);
        await RefreshAsync();
        Assert.Equal(["own"], await CallIdsAsync(own, DocumentKind.Sip));
        Assert.Equal(["both", "own"], await CallIdsAsync(own, DocumentKind.Call));
        Assert.Equal(["routed"], await CallIdsAsync(other, DocumentKind.Sip));
        Assert.Equal(["both", "routed"], await CallIdsAsync(other, DocumentKind.Call));
        Document call = (await other.FindAsync(DocumentKind.Call, "both", Cancellation))!;
        Assert.Equal(1, call.Integer(Fields.MessageCount));
    }

    static DocumentBatch Message(string callId, long position, string? space)
    {
        var batch = new DocumentBatch(DocumentKind.Sip, Journal, space);
        new Sample(DocumentKind.Sip) { [Fields.Timestamp] = Noon, [Fields.Sequence] = position, [Fields.CallId] = callId }.AddTo(batch);
        return batch;
    }

    static SampleSummary Call(string callId, string? space) =>
        new(new Sample(DocumentKind.Call) { [Fields.CallId] = callId, [Fields.Timestamp] = Noon }, end: 16) { Space = space };

    ElasticStore Open(string space) => ElasticStore.Open(
        _options with { Namespace = space }, Archive.Open(Path.Combine(Path.GetTempPath(), "homer-no-journal")), TimeProvider.System);

    async Task RefreshAsync()
    {
        using var client = new ElasticClient(_options, TimeProvider.System);
        (await client.SendAsync(HttpMethod.Post, $"homer-*-{_other}-*/_refresh", default, Cancellation)).Dispose();
    }

    static async Task<IEnumerable<string?>> CallIdsAsync(ElasticStore store, DocumentKind kind) =>
        (await store.SearchAsync(new CaptureQuery(kind, TimeRange.All, new Query.Everything()) { First = 10 }, Cancellation)).Documents
            .Select(document => document.Text(Fields.CallId)).Order(StringComparer.Ordinal);
}

public sealed class Elasticsearch8Routing() : RoutingTests("elasticsearch-8");

public sealed class Elasticsearch9Routing() : RoutingTests("elasticsearch-9");

public sealed class OpenSearch3Routing() : RoutingTests("opensearch-3");
