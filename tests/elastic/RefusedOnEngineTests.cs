using System.Text;
using Homer.Search.Journal;
using Homer.Search.Protocol;
using Homer.Search.Store;
using Homer.Search.Store.Elastic;
using Homer.Search.Tests.Stores;

namespace Homer.Search.Tests.Elastic;

/// <summary>What a real engine refuses for good, and takes when the cause is mended.</summary>
public abstract class RefusedOnEngineTests(string engine) : IAsyncLifetime
{
    const uint Journal = 9;

    static readonly Instant Noon = new(1_795_608_000_000_000_000);

    readonly string _namespace = $"t{Guid.NewGuid():N}"[..12];
    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("homer-refused-");
    ElasticOptions _options = null!;

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    string Index => new IndexNames(_namespace).Of(DocumentKind.Sip, Noon.Day);

    RefusedFile File => new(_options.RefusedFile!);

    public async ValueTask InitializeAsync() => _options = new ElasticOptions
    {
        Nodes = [await Engine.Named(engine).AddressAsync(Cancellation)],
        Namespace = _namespace,
        RefreshOnCommit = true,
        RefusedFile = Path.Combine(_folder.FullName, "refused.jsonl"),
    };

    public async ValueTask DisposeAsync()
    {
        await AskAsync(HttpMethod.Delete, $"{Index},homer-journal-{_namespace}?ignore_unavailable=true", "");
        _folder.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task A_document_is_refused_again_until_the_mapping_is_mended_and_then_stored_once()
    {
        await using ElasticStore store = ElasticStore.Open(_options, Archive.Open(Path.Combine(_folder.FullName, "no-journal")), TimeProvider.System);
        await using (ICaptureWriter writer = await store.OpenWriterAsync(Journal, Cancellation))
        {
            // Whatever the template says, in this index the number of hops is an address.
            await AskAsync(HttpMethod.Put, Index, """{"mappings":{"properties":{"sip.max_forwards":{"type":"ip"}}}}""");
            await writer.AppendAsync(Messages(), Cancellation);
            await writer.CommitAsync(32, [], Cancellation);
        }

        Assert.Equal(["good"], await CallIdsAsync(store));
        string cause = Assert.Single(File.Documents().Select(document => document!.Cause).Distinct());
        Assert.EndsWith("failed to parse field [sip.max_forwards] of type [ip]", cause, StringComparison.Ordinal);

        Assert.Equal(new RefusedReplayReport(0, 0, RefusedAgain: 2, 0), await ReplayAsync());
        RefusedDocument?[] kept = [.. File.Documents()];

        await AskAsync(HttpMethod.Put, $"{Index}/_mapping", """{"properties":{"sip.max_forwards":{"type":"ip","ignore_malformed":true}}}""");
        Assert.Equal(new RefusedReplayReport(Stored: 2, 0, 0, 0), await ReplayAsync());
        Assert.Empty(File.Documents());

        // A replay that was killed before it could write the file anew.
        File.Append([.. kept.OfType<RefusedDocument>()]);
        Assert.Equal(new RefusedReplayReport(0, ThereAlready: 2, 0, 0), await ReplayAsync());
        await AskAsync(HttpMethod.Post, $"{Index}/_refresh", "");
        Assert.Equal(["far", "good", "near"], await CallIdsAsync(store));
    }

    static DocumentBatch Messages()
    {
        var batch = new DocumentBatch(DocumentKind.Sip, Journal);
        foreach ((string callId, long? hops) in (ReadOnlySpan<(string, long?)>)[("near", 3), ("good", null), ("far", 70)])
        {
            var message = new Sample(DocumentKind.Sip) { [Fields.Timestamp] = Noon, [Fields.Sequence] = 8L * batch.Count, [Fields.CallId] = callId };
            if (hops is { } number)
                message[Fields.MaxForwards] = number;
            message.AddTo(batch);
        }

        return batch;
    }

    async Task<RefusedReplayReport> ReplayAsync()
    {
        using var replay = new RefusedReplay(File, _options, TimeProvider.System);
        return await replay.RunAsync(Cancellation);
    }

    async Task AskAsync(HttpMethod method, string path, string body)
    {
        using var client = new ElasticClient(_options, TimeProvider.System);
        (await client.SendAsync(method, path, Encoding.UTF8.GetBytes(body), CancellationToken.None)).Dispose();
    }

    static async Task<IEnumerable<string?>> CallIdsAsync(ElasticStore store) =>
        (await store.SearchAsync(new CaptureQuery(DocumentKind.Sip, TimeRange.All, new Query.Everything()) { First = 10 }, Cancellation)).Documents
            .Select(document => document.Text(Fields.CallId)).Order(StringComparer.Ordinal);
}

public sealed class Elasticsearch8Refused() : RefusedOnEngineTests("elasticsearch-8");

public sealed class Elasticsearch9Refused() : RefusedOnEngineTests("elasticsearch-9");

public sealed class OpenSearch3Refused() : RefusedOnEngineTests("opensearch-3");
