using Homer.Search.Journal;
using Homer.Search.Store;
using Homer.Search.Store.Elastic;
using Homer.Search.Tests.Stores;

namespace Homer.Search.Tests.Elastic;

/// <summary>A namespace of its own in a running engine.</summary>
public abstract class ElasticPlace(string engine) : StorePlace
{
    readonly string _namespace = $"t{Guid.NewGuid():N}"[..12];
    ElasticOptions? _options;

    public override async ValueTask<ICaptureStore> OpenAsync(CancellationToken cancellation)
    {
        _options ??= new ElasticOptions
        {
            Nodes = [await Engine.Named(engine).AddressAsync(cancellation)],
            Namespace = _namespace,
            RefreshOnCommit = true,
        };
        return ElasticStore.Open(_options, Archive.Open(Path.Combine(Path.GetTempPath(), "homer-no-journal")), TimeProvider.System);
    }

    public override async ValueTask DisposeAsync()
    {
        if (_options is not null)
        {
            using var client = new ElasticClient(_options, TimeProvider.System);
            string all = $"homer-*-{_namespace}-*,homer-journal-{_namespace}*,homer-lease-{_namespace}*,homer-status-{_namespace}*";
            using Answer found = await client.SendAsync(HttpMethod.Get, $"{all}/_settings?filter_path=*.settings.index.uuid", default, CancellationToken.None, mayMiss: true);
            string[] indices = [.. found.Root.EnumerateObject().Select(index => index.Name).Where(name => name.StartsWith("homer-", StringComparison.Ordinal))];
            if (indices.Length > 0)
                (await client.SendAsync(HttpMethod.Delete, string.Join(',', indices), default, CancellationToken.None)).Dispose();
        }

        await base.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}

public sealed class Elasticsearch8() : ElasticPlace("elasticsearch-8");

public sealed class Elasticsearch9() : ElasticPlace("elasticsearch-9");

public sealed class OpenSearch3() : ElasticPlace("opensearch-3");
